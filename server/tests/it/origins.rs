//! Nothing that changes anything can be sent from another site's page.

use crate::access::table;
use crate::authorisation::{changes, everything_but};
use crate::belongings::with_roles;
use crate::harness::Running;
use app::routes::forms;
use leptos::server_fn::axum::server_fn_paths;
use model::accounts::Role;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use std::collections::BTreeSet;
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

/// Every method and address of the table that is more than reading, but for what has a proof of its own (a provider's signature)
/// and the test clock, which is not there.
fn unsafe_ones() -> BTreeSet<(Method, String)> {
    let lines = table().into_iter().filter_map(|line| {
        let (path, second) = line.at.split_once(' ').unwrap_or((line.at.as_str(), "GET"));
        let path = path.replace(['{', '}', '*'], "");
        match (line.what.as_str(), second) {
            ("page", _) | ("route", "GET" | "OPTIONS") => None,
            ("form", _) => Some((Method::POST, format!("/en{path}").trim_end_matches('/').to_owned())),
            (_, _) if path.starts_with("/webhooks/") || path.starts_with("/test/") => None,
            (_, method) => Some((method.parse().expect("a method"), path)),
        }
    });
    lines.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_c1_a_request_from_elsewhere_changes_nothing() {
    let running = Running::start(Kind::Sqlite).await;
    // somebody who may do all of it, so that nothing but the place it comes from can be why it is refused
    let everybody = with_roles(&running.school, "everybody", Role::ALL).await;
    let browser = running.signed_in(&everybody).await;
    let (port, url) = (running.url.rsplit(':').next().unwrap_or_default(), running.url.as_str());
    let sibling = url.replace("127.0.0.1", "evil.127.0.0.1");
    let (longer, parent, named) = (format!("{url}.evil.example"), format!("http://0.0.1:{port}"), format!("{url}@evil.example"));
    let (other_port, no_port) = (url.replace(port, "1"), "http://127.0.0.1".to_owned());
    let ways: Vec<Vec<(&str, &str)>> = vec![
        vec![],
        vec![("referer", "https://evil.example/")],
        vec![("referer", url)],
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
        vec![("origin", "")],
        vec![("origin", "file://")],
        vec![("origin", sibling.as_str())],
        vec![("origin", longer.as_str())],
        vec![("origin", parent.as_str())],
        vec![("origin", named.as_str())],
        vec![("origin", other_port.as_str())],
        vec![("origin", no_port.as_str())],
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("sec-fetch-site", "SAME-ORIGIN")],
        vec![("sec-fetch-site", "")],
        vec![("sec-fetch-site", "cross-site"), ("origin", url)],
        vec![("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")],
        vec![("origin", "https://evil.example"), ("forwarded", "host=evil.example")],
        vec![("sec-fetch-site", "cross-site"), ("x-http-method-override", "GET")],
    ];
    let before = everything_but(&running.school, &[]).await;
    let mut broken = Vec::new();
    for (method, path) in unsafe_ones() {
        for way in &ways {
            let mut request =
                browser.bare(method.clone(), &path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body("");
            for (name, value) in way {
                request = request.header(*name, *value);
            }
            let status = request.send().await.expect("an answer").status().as_u16();
            if status != 403 {
                broken.push(format!("{method} {path} {way:?}: {status}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert_eq!(changes(&before, &everything_but(&running.school, &[]).await), Vec::<String>::new());
    assert_eq!(browser.get("/en/settings/profile").await.status(), 200, "they are still signed in");
    for (method, path) in unsafe_ones() {
        // some of it ends the session it comes with
        let browser = running.signed_in(&everybody).await;
        let own = browser.bare(method.clone(), &path).header("origin", url);
        let status =
            own.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body("").send().await.expect("an answer").status();
        assert_ne!(status, 403, "{method} {path}, from a page of ours");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_c1_nothing_is_changed_by_asking_for_a_page() {
    let running = Running::start(Kind::Sqlite).await;
    let browser = running.signed_in(&running.school.grace()).await;
    let before = everything_but(&running.school, &[]).await;
    for line in table().iter().filter(|line| line.what == "form") {
        let (path, name) = line.at.split_once(' ').unwrap_or_default();
        let path = path.replace(['{', '}'], "");
        for method in [Method::GET, Method::HEAD] {
            let deed = format!("/en{}?form={name}&_method=POST&theme=dark&course=notes", path.trim_end_matches('/'));
            let answer = browser.bare(method, &deed).header("x-http-method-override", "POST").send().await.expect("an answer");
            assert!(answer.headers().get("set-cookie").is_none(), "{deed}");
        }
    }
    assert_eq!(changes(&before, &everything_but(&running.school, &[]).await), Vec::<String>::new());
    assert_eq!(browser.get("/en/settings/profile").await.status(), 200, "Grace is still signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_c3_a_body_of_a_kind_a_page_of_another_site_can_send_unasked_is_refused() {
    let running = Running::start(Kind::Sqlite).await;
    let browser = running.signed_in(&with_roles(&running.school, "everybody", Role::ALL).await).await;
    for path in changing() {
        for kind in ["text/plain", "multipart/form-data; boundary=x", ""] {
            let request = browser.bare(Method::POST, &path).header("origin", &running.url).header(CONTENT_TYPE, kind).body("{}");
            let status = request.send().await.expect("an answer").status().as_u16();
            // forms that bring a file along are of this kind, and this is none
            let brings_a_file =
                kind.starts_with("multipart") && (path.starts_with("/en/studio/") || path.starts_with("/en/admin/invoices/"));
            assert_eq!(status, if brings_a_file { 400 } else { 415 }, "{path} {kind}");
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
