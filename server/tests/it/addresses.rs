//! Odd addresses and odd bodies: every one has an answer that a person can read.

use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::{Method, StatusCode};
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

on_both!(figures_are_not_for_whoever_comes_through_a_proxy, async |db| {
    let open = Program::open(db).await;
    let answer = open.get("/metrics", &[("x-forwarded-for", "127.0.0.1")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
});
