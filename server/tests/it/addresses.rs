//! Odd addresses and odd bodies: every one has an answer that a person can read.

use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::testing::School;
use store::on_both;

/// What a browser that follows a link asks for.
const READS_PAGES: (&str, &str) = ("accept", "text/html,application/xhtml+xml");

fn text(answer: &Answer) -> &str {
    std::str::from_utf8(&answer.body).expect("a text")
}

on_both!(a_slash_too_many_leads_to_the_page, async |db| {
    let open = Program::open(db).await;
    for (asked, meant) in [
        ("/zh/", "/zh"),
        ("/en/courses/?q=a%2Fb", "/en/courses?q=a%2Fb"),
        ("/en/courses//", "/en/courses"),
        ("/en/courses/analytical-engines/", "/en/courses/analytical-engines"),
    ] {
        let answer = open.get(asked, &[]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::PERMANENT_REDIRECT, meant), "{asked}");
    }
    for nowhere in ["/en/nothing/at/all", "//evil.example/"] {
        assert_eq!(open.get(nowhere, &[READS_PAGES]).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
});

on_both!(an_address_that_cannot_be_read_is_a_page_that_is_not_there, async |db| {
    let open = Program::open(db).await;
    let answer = open.get("/zh/courses/%FF", &[READS_PAGES]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(text(&answer).contains("lang=\"zh-CN\""), "{}", text(&answer));
});

on_both!(refusals_are_pages_in_the_reader_s_language, async |db| {
    let open = Program::open(db).await;
    let form = [READS_PAGES, ("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let nothing_takes_it = open.ask(Method::POST, "/zh/help/buying", &form, Body::from("a=1")).await;
    assert_eq!((nothing_takes_it.status, nothing_takes_it.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"));
    let elsewhere = [READS_PAGES, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let foreign = open.ask(Method::POST, "/zh/login", &elsewhere, Body::empty()).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    for page in [&nothing_takes_it, &foreign] {
        assert!(text(page).contains("lang=\"zh-CN\"") && text(page).contains("<h1>"), "{}", text(page));
    }
});

on_both!(a_sign_that_no_keyboard_types_harms_nobody, async |db| {
    let open = Program::open(db).await;
    let sam = open.cookie(&open.school.sam()).await;
    for path in ["/en/search?q=%00", "/en/courses?q=a%00b", "/en/admin/orders?q=%00", "/en/admin/users?q=%00x"] {
        let answer = open.get(path, &[("cookie", &sam)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
});

on_both!(figures_are_for_whoever_is_near_or_has_the_token_and_not_for_whoever_comes_through_a_proxy, async |db| {
    let token = "a-token-of-at-least-sixteen-signs";
    let settings = [("metrics_token", token), ("trusted_proxies", "10.0.0.1")];
    let open = Program::configured(School::open(db).await, &settings);
    let bearer = format!("Bearer {token}");
    let status = async |peer: &str, headers: &[(&str, &str)]| open.get_from(peer, "/metrics", headers).await.status.as_u16();
    for near in ["127.0.0.1", "::1", "10.0.0.7", "192.168.1.2", "fd00::1", "::ffff:127.0.0.1"] {
        assert_eq!(status(near, &[]).await, 200, "{near}");
        for said in ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via"] {
            assert_eq!(status(near, &[(said, "127.0.0.1")]).await, 404, "{near} {said}");
        }
    }
    for far in ["203.0.113.9", "2001:db8::1", "::ffff:203.0.113.9", "10.0.0.1"] {
        assert_eq!(status(far, &[]).await, 404, "{far}: a stranger, or our proxy for one");
        assert_eq!(status(far, &[("authorization", &bearer), ("x-forwarded-for", "203.0.113.9")]).await, 200, "{far}");
        assert_eq!(status(far, &[("authorization", "Bearer another")]).await, 404, "{far}");
    }
});

on_both!(an_address_that_would_lead_elsewhere_stands_in_no_link, async |db| {
    let open = Program::open(db).await;
    for path in ["//evil.example/x", "///evil.example", "//evil.example//courses?q=1"] {
        let answer = open.get(path, &[READS_PAGES]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        for link in text(&answer).split("href=\"").skip(1) {
            assert!(!link.starts_with("//"), "{path}: {}", &link[..link.len().min(60)]);
        }
    }
});

on_both!(a_form_of_more_fields_than_any_has_is_too_large, async |db| {
    let open = Program::open(db).await;
    let form = [READS_PAGES, ("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let many = |fields: usize| Body::from(vec!["a"; fields].join("&"));
    assert_eq!(open.ask(Method::POST, "/en/login", &form, many(200_000)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(open.ask(Method::POST, "/en/login", &form, many(900)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
});
