//! What a visitor sees, and how it is kept.

use crate::program::{Answer, Program};
use axum::http::StatusCode;
use domain::{catalog, community, entitlement};
use model::community::WriteReview;
use model::entitlement::Source;
use model::time::seconds;
use store::{on_both, sql};

/// Whoever reads English already is not sent a cookie that says so.
const ENGLISH: (&str, &str) = ("accept-language", "en");

fn text(answer: &Answer) -> &str {
    std::str::from_utf8(&answer.body).expect("a text")
}

on_both!(every_public_page_answers_in_both_languages, async |db| {
    let open = Program::open(db).await;
    for lang in ["zh", "en"] {
        for path in [
            "",
            "/courses",
            "/courses?price=free&sort=newest",
            "/courses/analytical-engines",
            "/topics/programming",
            "/u/ada",
            "/search",
            "/search?q=notes",
            "/help/buying",
            "/help/refunds",
            "/help/offline",
            "/help/teaching",
            "/legal/terms",
            "/legal/privacy",
            "/legal/refunds",
        ] {
            let page = open.get(&format!("/{lang}{path}"), &[]).await;
            assert_eq!(page.status, StatusCode::OK, "/{lang}{path}");
            let html = text(&page);
            assert_eq!(html.matches("<h1").count(), 1, "/{lang}{path}");
            assert_eq!(html.matches("<title>").count(), 1, "/{lang}{path}");
            assert_eq!(html.matches("rel=\"canonical\"").count(), 1, "/{lang}{path}");
            assert!(html.contains("hreflang=\"zh-CN\"") && html.contains("name=\"description\""), "/{lang}{path}");
        }
        for path in ["/courses/nothing", "/courses/Not%20a%20slug", "/topics/nothing", "/u/grace", "/help/nothing", "/nothing"] {
            let page = open.get(&format!("/{lang}{path}"), &[]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "/{lang}{path}");
            assert!(text(&page).contains("name=\"q\"") && page.header("x-cacheable").is_empty(), "/{lang}{path}");
        }
    }
});

on_both!(a_course_s_page_says_what_it_costs_and_how_to_get_it, async |db| {
    let open = Program::open(db).await;
    let paid = open.get("/en/courses/analytical-engines", &[]).await;
    assert!(text(&paid).contains("¥199") && text(&paid).contains("value=\"buy\""));
    let data =
        text(&paid).split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("a data block");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!((data["@type"].as_str(), data["offers"]["price"].as_str()), (Some("Course"), Some("199.00")));
    let preview = format!("/en/learn/analytical-engines/{}", open.school.engines_lessons()[0]);
    assert!(text(&paid).contains(&preview));
    let closed = format!("/en/learn/analytical-engines/{}", open.school.engines_lessons()[1]);
    assert!(!text(&paid).contains(&closed));
    assert!(text(&open.get("/en/courses/notes", &[]).await).contains("value=\"enrol\""));
});

on_both!(what_somebody_typed_is_never_markup, async |db| {
    let open = Program::open(db).await;
    let school = &open.school;
    let mut course = domain::testing::edition(&school.app, &school.ada().id, "tags", "</script><b>Bold", "data", 0, &[]);
    course.promise = "</title><script>alert(1)</script>".into();
    school.app.db.write(async |tx| catalog::publish_edition(&school.app, tx, &course).await).await.expect("it is published");
    for path in ["/en/courses/tags", "/en/courses", "/en/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/en/u/ada"] {
        let page = open.get(path, &[]).await;
        assert!(!text(&page).contains("<script>alert") && !text(&page).contains("<b>Bold"), "{path}");
    }
});

on_both!(a_visitor_s_page_is_kept_until_what_it_shows_changes, async |db| {
    let open = Program::open(db).await;
    let school = &open.school;
    let first = open.get("/en/courses/notes", &[ENGLISH]).await;
    assert_eq!(first.header("x-cacheable"), "public");
    assert_eq!(first.header("cache-control"), "public, max-age=0, must-revalidate");
    let tag = first.header("etag").to_owned();
    let again = open.get("/en/courses/notes", &[ENGLISH, ("if-none-match", tag.as_str())]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let packed = open.get("/en/courses/notes", &[ENGLISH, ("accept-encoding", "gzip, br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.body.len() * 2 < first.body.len());

    let grace = school.grace();
    let right = entitlement::Grant {
        account: &grace.id,
        course: &school.notes(),
        source: Source::Staff,
        source_id: "a test",
        expires_at: None,
    };
    school.app.db.write(async |tx| entitlement::grant(&school.app, tx, right.clone()).await).await.expect("a right");
    let review = WriteReview { stars: "4".into(), body: "It taught me to look twice.".into() };
    community::write_review(&school.app, &grace, &"notes".parse().expect("a slug"), review).await.expect("a review");
    let changed = open.get("/en/courses/notes", &[ENGLISH, ("if-none-match", tag.as_str())]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(text(&changed).contains("It taught me to look twice."));

    school.app.db.write(async |tx| catalog::unlist(&school.app, tx, &school.notes()).await).await.expect("unlisted");
    assert_eq!(open.get("/en/courses/notes", &[]).await.status, StatusCode::NOT_FOUND);
    assert!(!text(&open.get("/en/courses", &[]).await).contains("/en/courses/notes"));
});

on_both!(what_a_page_does_not_know_in_its_address_makes_no_other_page, async |db| {
    let open = Program::open(db).await;
    for (page, marked) in [
        ("/en", "/en?utm_source=letter"),
        ("/en/courses?price=free", "/en/courses?fbclid=1&price=free"),
        ("/en/courses/notes", "/en/courses/notes?x=1&stars=none"),
    ] {
        let plain = open.get(page, &[ENGLISH]).await;
        let marked = open.get(marked, &[ENGLISH]).await;
        assert_eq!((marked.status, marked.header("etag")), (StatusCode::OK, plain.header("etag")), "{page}");
        assert!(marked.body == plain.body, "{page}");
    }
});

on_both!(each_page_of_a_list_has_an_address_of_its_own_for_search_engines, async |db| {
    let open = Program::open(db).await;
    let host = open.school.app.settings.public_url.clone();
    for (asked, named) in [
        ("/en/courses?page=2&sort=newest", "/en/courses?page=2"),
        ("/en/topics/programming?page=3", "/en/topics/programming?page=3"),
        ("/en/courses?sort=newest", "/en/courses"),
    ] {
        let page = open.get(asked, &[ENGLISH]).await;
        let canonical = text(&page).split("<link").find(|link| link.contains("rel=\"canonical\"")).expect("an address");
        assert!(canonical.contains(&format!("href=\"{host}{named}\"")), "{asked}: {canonical}");
    }
});

on_both!(nothing_that_is_somebody_s_is_kept, async |db| {
    let open = Program::open(db).await;
    let grace = open.school.grace();
    let cookie = open.cookie(&grace).await;
    let switched = open.get("/en", &[("accept-language", "zh-CN")]).await;
    assert!(switched.header("set-cookie").starts_with("lang=en"));
    assert!(switched.header("cache-control").starts_with("private"));
    let own = open.get("/en", &[("cookie", cookie.as_str())]).await;
    assert_eq!((own.header("cache-control"), own.header("x-cacheable")), ("private, no-store", ""));
    assert!(text(&own).contains("Grace Hopper"));
    assert!(!text(&open.get("/en", &[]).await).contains("Grace Hopper"));
    let dark = open.get("/en", &[("cookie", "theme=dark")]).await;
    assert!(text(&dark).contains("data-theme=\"dark\""));
    assert!(!text(&open.get("/en", &[]).await).contains("data-theme=\"dark\""));
    let packed = open.get("/en", &[("cookie", cookie.as_str()), ("accept-encoding", "br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(open.get("/en/login", &[]).await.header("cache-control").starts_with("private"));
});

/// Whether Ada's page shows what was changed without a word to the log.
async fn is_behind_the_log(open: &Program) -> bool {
    let page = open.get("/en/u/ada", &[ENGLISH]).await;
    assert_eq!((page.status, page.header("x-cacheable")), (StatusCode::OK, "public"));
    text(&page).contains("Behind the log")
}

on_both!(a_kept_page_is_never_older_than_a_minute, async |db| {
    let open = Program::open(db).await;
    assert!(!is_behind_the_log(&open).await);
    // nothing is announced: only the page's age can tell
    let changed = open.school.app.db.write(async |tx| {
        tx.query(sql!("UPDATE accounts SET headline = 'Behind the log' WHERE handle = 'ada'")).execute().await?;
        Ok::<(), domain::Error>(())
    });
    changed.await.expect("a change");
    open.school.after(seconds(59));
    assert!(!is_behind_the_log(&open).await, "the kept page");
    open.school.after(seconds(2));
    assert!(is_behind_the_log(&open).await, "a new page");
});

on_both!(an_address_without_a_language_leads_to_the_one_preferred, async |db| {
    let open = Program::open(db).await;
    for (path, headers, target) in [
        ("/", vec![("accept-language", "en-GB")], "/en"),
        ("/courses?price=free", vec![("accept-language", "en")], "/en/courses?price=free"),
        ("/courses/notes", vec![("accept-language", "en"), ("cookie", "lang=zh")], "/zh/courses/notes"),
        ("/u/ada", vec![], "/zh/u/ada"),
        ("/legal/terms", vec![], "/zh/legal/terms"),
    ] {
        let answer = open.get(path, &headers).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, target), "{path}");
    }
});

on_both!(search_engines_find_every_public_page, async |db| {
    let open = Program::open(db).await;
    let map = open.get("/sitemap.xml", &[]).await;
    for path in ["/zh/courses/notes<", "/en/courses/notes<", "/en/topics/music<", "/zh/u/ada<", "/en/legal/terms<"] {
        assert!(text(&map).contains(path), "{path}");
    }
    let robots = open.get("/robots.txt", &[]).await;
    assert!(text(&robots).contains("/sitemap.xml"));
    for closed in ["/en/studio", "/zh/studio/earnings", "/en/me/learning", "/zh/search?q=a", "/fn/read_home"] {
        assert!(is_closed(text(&robots), closed), "{closed}");
    }
});

on_both!(the_site_map_is_written_every_ten_minutes_at_most, async |db| {
    let open = Program::open(db).await;
    let first = open.get("/sitemap.xml", &[]).await;
    open.school.another_course("more-of-it", 0).await;
    assert_eq!(open.get("/sitemap.xml", &[]).await.body, first.body);
    open.school.after(seconds(601));
    assert!(text(&open.get("/sitemap.xml", &[]).await).contains("/en/courses/more-of-it<"));
    assert_eq!(open.get("/sitemap.xml?part=1", &[]).await.status, StatusCode::OK);
    assert_eq!(open.get("/sitemap.xml?part=2", &[]).await.status, StatusCode::NOT_FOUND);
});

/// Whether the rules close a path (RFC 9309 §2.2.3): `*` is anything, `$` the end, and everything else a beginning.
fn is_closed(robots: &str, path: &str) -> bool {
    fn fits(rule: &str, path: &str) -> bool {
        match rule.split_once('*') {
            Some((before, after)) => path
                .strip_prefix(before)
                .is_some_and(|rest| (0..=rest.len()).any(|skip| rest.get(skip..).is_some_and(|rest| fits(after, rest)))),
            None => rule.strip_suffix('$').map_or_else(|| path.starts_with(rule), |whole| path == whole),
        }
    }
    robots.lines().filter_map(|line| line.strip_prefix("Disallow: ")).any(|rule| fits(rule, path))
}

on_both!(nothing_that_the_site_map_names_is_closed_to_robots, async |db| {
    let open = Program::open(db).await;
    for slug in ["measuring-honestly", "learn-rust", "paying-attention", "searching"] {
        open.school.another_course(slug, 0).await;
    }
    let map = open.get("/sitemap.xml", &[]).await;
    let robots = open.get("/robots.txt", &[]).await;
    let host = open.school.app.settings.public_url.as_str();
    let named: Vec<&str> = text(&map).split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    assert!(named.iter().any(|address| address.ends_with("/en/courses/learn-rust")));
    for address in named {
        let path = address.strip_prefix(host).expect("an address of ours");
        assert!(!is_closed(text(&robots), path), "{path}");
    }
});
