//! Nothing that changes anything can be sent from another site's page.

use crate::harness::Running;
use app::routes::forms;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use store::Kind;

/// Every address that changes something, with the path's gaps filled by nothing in particular.
fn changing() -> Vec<String> {
    let pages = forms().into_iter().map(|form| format!("/en{}", form.page));
    let calls = server_fn_paths().map(|(path, _)| path.to_owned());
    let mut all: Vec<String> = pages.chain(calls).map(|path| path.replace(['{', '}'], "")).collect();
    all.sort();
    all.dedup();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_c1_a_request_from_elsewhere_changes_nothing() {
    let running = Running::start(Kind::Sqlite).await;
    let browser = running.signed_in(&running.school.grace()).await;
    let before = running.mark().await;
    let sibling = running.url.replace("127.0.0.1", "evil.127.0.0.1");
    let ways: [&[(&str, &str)]; 8] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", &sibling)],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")],
        &[("sec-fetch-site", "cross-site"), ("x-http-method-override", "GET")],
    ];
    for path in changing() {
        for way in ways {
            let mut request =
                browser.bare(Method::POST, &path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body("");
            for (name, value) in way {
                request = request.header(*name, *value);
            }
            let status = request.send().await.expect("an answer").status().as_u16();
            assert_eq!(status, 403, "{path} {way:?}");
        }
    }
    assert_eq!(running.mark().await, before);
    assert_eq!(browser.get("/en/settings/profile").await.status(), 200, "Grace is still signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_c3_a_body_of_a_kind_a_page_of_another_site_can_send_unasked_is_refused() {
    let running = Running::start(Kind::Sqlite).await;
    let browser = running.signed_in(&running.school.grace()).await;
    for path in changing() {
        for kind in ["text/plain", "multipart/form-data; boundary=x", ""] {
            let request = browser.bare(Method::POST, &path).header("origin", &running.url).header(CONTENT_TYPE, kind).body("{}");
            let status = request.send().await.expect("an answer").status().as_u16();
            // where Grace may not come in at all, the door is shut before anybody looks at the body
            assert!(matches!(status, 403 | 415), "{path} {kind}: {status}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_is_not_asked_for() {
    let running = Running::start(Kind::Sqlite).await;
    let browser = running.signed_in(&running.school.grace()).await;
    for (path, _) in server_fn_paths() {
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::TRACE] {
            let request =
                browser.bare(method.clone(), path).header("origin", &running.url).header("x-http-method-override", "POST");
            assert_eq!(request.send().await.expect("an answer").status(), 405, "{method} {path}");
        }
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        let request = browser.bare(method.clone(), "/en/login").header("origin", &running.url);
        assert_eq!(request.send().await.expect("an answer").status(), 405, "{method}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_pages_and_programs_without_a_cookie_may_send() {
    let running = Running::start(Kind::Sqlite).await;
    let fields = [("email", "grace@lectern.example"), ("password", domain::testing::PASSWORD)];
    let own = running.anybody().post("/en/login", &fields).await;
    assert_eq!(own.status(), 303);
    let program = running.anybody().bare(Method::POST, "/en/login").form(&fields).send().await.expect("an answer");
    assert_eq!(program.status(), 303);
}
