//! Every answer, whatever it says, carries the headers that protect who reads it.

use crate::harness::{Running, header};
use reqwest::{Method, Response};
use store::Kind;

fn is_dressed(answer: &Response, what: &str) {
    let policy = header(answer, "content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'") || policy.contains("sandbox"), "{what}: {policy}");
    assert!(policy.contains("default-src 'none'"), "{what}: {policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(header(answer, name), value, "{what}");
    }
    assert!(!header(answer, "x-request-id").is_empty(), "{what}");
    assert_eq!(header(answer, "access-control-allow-origin"), "", "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn asvs_3_4_every_answer_is_dressed() {
    let running = Running::start(Kind::Sqlite).await;
    let (anybody, grace) = (running.anybody(), running.signed_in(&running.school.grace()).await);
    let huge = "x".repeat(2 * 1024 * 1024);
    let foreign = anybody.bare(Method::POST, "/en/login").header("origin", "https://evil.example").send();
    let large = anybody.bare(Method::POST, "/en/login").header("origin", &running.url).body(huge).send();
    let strange = anybody.bare(Method::POST, "/fn/login").header("content-type", "text/plain").body("{}").send();
    let answers = [
        (200, anybody.get("/en").await),
        (200, anybody.get("/healthz").await),
        (303, anybody.get("/").await),
        (303, anybody.get("/en/settings/profile").await),
        (401, anybody.post("/fn/read_profile", &[]).await),
        (403, grace.get("/en/dev-forbidden").await),
        (403, foreign.await.expect("an answer")),
        (404, anybody.get("/en/nothing-here").await),
        (404, anybody.get("/pkg/nothing.css").await),
        (404, anybody.get("/media/nothing/nothing").await),
        (405, anybody.bare(Method::DELETE, "/en/login").send().await.expect("an answer")),
        (413, large.await.expect("an answer")),
        (415, strange.await.expect("an answer")),
        (422, anybody.post("/en/login", &[]).await),
    ];
    for (status, answer) in &answers {
        let what = format!("{status} {}", answer.url());
        is_dressed(answer, &what);
        if answer.url().path() != "/en/dev-forbidden" {
            assert_eq!(answer.status().as_u16(), *status, "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_one_person_is_not_kept_by_a_browser() {
    let running = Running::start(Kind::Sqlite).await;
    let grace = running.signed_in(&running.school.grace()).await;
    for page in ["/en", "/en/settings/profile", "/en/settings/security"] {
        assert_eq!(header(&grace.get(page).await, "cache-control"), "private, no-store", "{page}");
    }
    let out = grace.post("/en/logout", &[]).await;
    assert_eq!(header(&out, "clear-site-data"), "\"cache\", \"storage\"");
    assert!(header(&out, "set-cookie").contains("Max-Age=0"));
    assert_eq!(grace.get("/en/settings/profile").await.status(), 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_cookie_is_ours_alone() {
    let running = Running::start(Kind::Sqlite).await;
    let anybody = running.anybody();
    let fields = [("email", "grace@lectern.example"), ("password", domain::testing::PASSWORD)];
    let answers = [
        anybody.post("/en/login", &fields).await,
        anybody.post("/en/settings/appearance", &[("theme", "dark"), ("back", "/en")]).await,
        anybody.bare(Method::GET, "/zh").header("accept-language", "en").send().await.expect("an answer"),
    ];
    for answer in &answers {
        let cookie = header(answer, "set-cookie");
        for part in ["Path=/", "HttpOnly", "SameSite=Lax"] {
            assert!(cookie.contains(part), "{}: {cookie}", answer.url());
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}
