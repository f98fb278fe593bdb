//! What a visitor sees, and how it is kept.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::testing::School;
use domain::{accounts, catalog, community, entitlement};
use lectern::config::Config;
use model::community::WriteReview;
use model::entitlement::Source;
use model::time::{days, seconds};
use store::{Db, on_both};
use tower::ServiceExt;

struct Open {
    school: School,
    router: Router,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a text")
    }
}

impl Open {
    async fn on(db: Db) -> Self {
        let school = School::open(db).await;
        let flags = [("env", "test"), ("gateway", "off")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let config = Config::load(flags.into()).expect("settings");
        let router = lectern::http::router(school.app.clone(), &config, None);
        Self { school, router }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(path, &[]).await
    }

    async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
        let answer = self.router.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, 8 * 1024 * 1024).await.expect("a body");
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

on_both!(every_public_page_answers_in_both_languages, async |db| {
    let open = Open::on(db).await;
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
            let page = open.get(&format!("/{lang}{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "/{lang}{path}");
            let html = page.text();
            assert_eq!(html.matches("<h1").count(), 1, "/{lang}{path}");
            assert_eq!(html.matches("<title>").count(), 1, "/{lang}{path}");
            assert_eq!(html.matches("rel=\"canonical\"").count(), 1, "/{lang}{path}");
            assert!(html.contains("hreflang=\"zh-CN\"") && html.contains("name=\"description\""), "/{lang}{path}");
        }
        for path in ["/courses/nothing", "/courses/Not%20a%20slug", "/topics/nothing", "/u/grace", "/help/nothing", "/nothing"] {
            let page = open.get(&format!("/{lang}{path}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "/{lang}{path}");
            assert!(page.text().contains("name=\"q\"") && page.header("x-cacheable").is_empty(), "/{lang}{path}");
        }
    }
});

on_both!(a_course_s_page_says_what_it_costs_and_how_to_get_it, async |db| {
    let open = Open::on(db).await;
    let paid = open.get("/en/courses/analytical-engines").await;
    assert!(paid.text().contains("¥199") && paid.text().contains("value=\"buy\""));
    let data =
        paid.text().split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("a data block");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!((data["@type"].as_str(), data["offers"]["price"].as_str()), (Some("Course"), Some("199.00")));
    let preview = format!("/en/learn/analytical-engines/{}", open.school.engines_lessons()[0]);
    assert!(paid.text().contains(&preview));
    let closed = format!("/en/learn/analytical-engines/{}", open.school.engines_lessons()[1]);
    assert!(!paid.text().contains(&closed));
    assert!(open.get("/en/courses/notes").await.text().contains("value=\"enrol\""));
});

on_both!(what_somebody_typed_is_never_markup, async |db| {
    let open = Open::on(db).await;
    let school = &open.school;
    let mut course = domain::testing::edition(&school.app, &school.ada().id, "tags", "</script><b>Bold", "data", 0, &[]);
    course.promise = "</title><script>alert(1)</script>".into();
    school.app.db.write(async |tx| catalog::publish_edition(&school.app, tx, &course).await).await.expect("it is published");
    for path in ["/en/courses/tags", "/en/courses", "/en/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/en/u/ada"] {
        let page = open.get(path).await;
        assert!(!page.text().contains("<script>alert") && !page.text().contains("<b>Bold"), "{path}");
    }
});

on_both!(a_visitor_s_page_is_kept_until_what_it_shows_changes, async |db| {
    let open = Open::on(db).await;
    let school = &open.school;
    let first = open.get("/en/courses/notes").await;
    assert_eq!(first.header("x-cacheable"), "public");
    assert_eq!(first.header("cache-control"), "public, max-age=0, must-revalidate");
    let tag = first.header("etag").to_owned();
    let again = open.ask("/en/courses/notes", &[("if-none-match", tag.as_str())]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let packed = open.ask("/en/courses/notes", &[("accept-encoding", "gzip, br")]).await;
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
    let changed = open.ask("/en/courses/notes", &[("if-none-match", tag.as_str())]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.text().contains("It taught me to look twice."));

    school.app.db.write(async |tx| catalog::unlist(&school.app, tx, &school.notes()).await).await.expect("unlisted");
    assert_eq!(open.get("/en/courses/notes").await.status, StatusCode::NOT_FOUND);
    assert!(!open.get("/en/courses").await.text().contains("/en/courses/notes"));
});

on_both!(nothing_that_is_somebody_s_is_kept, async |db| {
    let open = Open::on(db).await;
    let app = &open.school.app;
    let grace = open.school.grace();
    let secret = app.db.write(async |tx| accounts::open_session(app, tx, &grace.id, "a test").await).await.expect("a session");
    let cookie = format!("sid={}", secret.reveal());
    let own = open.ask("/en", &[("cookie", cookie.as_str())]).await;
    assert_eq!((own.header("cache-control"), own.header("x-cacheable")), ("private, no-store", ""));
    assert!(own.text().contains("Grace Hopper"));
    assert!(!open.get("/en").await.text().contains("Grace Hopper"));
    let dark = open.ask("/en", &[("cookie", "theme=dark")]).await;
    assert!(dark.text().contains("data-theme=\"dark\""));
    assert!(!open.get("/en").await.text().contains("data-theme=\"dark\""));
    let packed = open.ask("/en", &[("cookie", cookie.as_str()), ("accept-encoding", "br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert_eq!(open.get("/en/login").await.header("cache-control"), "private, no-store");
});

on_both!(a_kept_page_is_never_older_than_a_minute, async |db| {
    let open = Open::on(db).await;
    let week = |page: Answer| page.header("etag").to_owned();
    let first = week(open.get("/en").await);
    open.school.after(seconds(59));
    assert_eq!(week(open.get("/en").await), first);
    open.school.after(days(7));
    assert_eq!(open.get("/en").await.status, StatusCode::OK);
});

on_both!(an_address_without_a_language_leads_to_the_one_preferred, async |db| {
    let open = Open::on(db).await;
    for (path, headers, target) in [
        ("/", vec![("accept-language", "en-GB")], "/en"),
        ("/courses?price=free", vec![("accept-language", "en")], "/en/courses?price=free"),
        ("/courses/notes", vec![("accept-language", "en"), ("cookie", "lang=zh")], "/zh/courses/notes"),
        ("/u/ada", vec![], "/zh/u/ada"),
        ("/legal/terms", vec![], "/zh/legal/terms"),
    ] {
        let answer = open.ask(path, &headers).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, target), "{path}");
    }
});

on_both!(search_engines_find_every_public_page, async |db| {
    let open = Open::on(db).await;
    let map = open.get("/sitemap.xml").await;
    for path in ["/zh/courses/notes<", "/en/courses/notes<", "/en/topics/music<", "/zh/u/ada<", "/en/legal/terms<"] {
        assert!(map.text().contains(path), "{path}");
    }
    let robots = open.get("/robots.txt").await;
    assert!(robots.text().contains("/sitemap.xml") && robots.text().contains("Disallow: /*/studio"));
});
