//! Every answer, whatever it says, carries the headers that protect who reads it.

use crate::access::table;
use crate::harness::{Running, header};
use crate::program::Program;
use axum::body::Body;
use reqwest::{Method, Response};
use std::collections::BTreeSet;
use store::{Db, Kind, Migrations, on_both};

fn is_dressed(answer: &Response, what: &str) {
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    dressed(what, &header);
}

/// What every answer has, whoever gets it and whatever it says.
fn dressed(what: &str, header: &dyn Fn(&str) -> String) {
    let policy = header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'") || policy.contains("sandbox"), "{what}: {policy}");
    assert!(policy.contains("default-src 'none'"), "{what}: {policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        // nobody else may read it, and nothing says what it is made with
        ("access-control-allow-origin", ""),
        ("access-control-allow-credentials", ""),
        ("server", ""),
        ("x-powered-by", ""),
    ] {
        assert_eq!(header(name), value, "{what}: {name}");
    }
    assert!(!header("x-request-id").is_empty(), "{what}");
    assert!(header("permissions-policy").contains("camera=()"), "{what}");
    let kind = header("content-type");
    assert!(!kind.starts_with("text/") || kind.contains("charset=utf-8"), "{what}: {kind}");
}

/// Every address of the table, once for each language-less path, with its gaps filled by nothing in particular.
fn addresses() -> BTreeSet<String> {
    let lines = table().into_iter().map(|line| {
        let path = line.at.split(' ').next().unwrap_or_default().replace(['{', '}', '*'], "");
        match line.what.as_str() {
            "page" | "form" => format!("/en{}", path.trim_end_matches('/')),
            _ => path,
        }
    });
    lines.collect()
}

type Way = (&'static str, Method, Vec<(&'static str, &'static str)>, Body);

/// What an address is asked, in every way that ends in another status.
fn ways() -> Vec<Way> {
    let form = ("content-type", "application/x-www-form-urlencoded");
    let ours = ("sec-fetch-site", "same-origin");
    let too_much = ("content-length", "99999999");
    vec![
        ("read", Method::GET, vec![("accept", "text/html")], Body::empty()),
        ("looked at", Method::HEAD, vec![], Body::empty()),
        ("sent nothing", Method::POST, vec![ours, form], Body::empty()),
        ("sent an unknown form", Method::POST, vec![ours, form], Body::from("form=no-such-form")),
        ("sent from elsewhere", Method::POST, vec![("origin", "https://evil.example"), form], Body::empty()),
        ("sent words", Method::POST, vec![ours, ("content-type", "text/plain")], Body::from("{}")),
        ("sent far too much", Method::POST, vec![ours, form, too_much], Body::empty()),
        ("sent bytes that are no text", Method::POST, vec![ours, form], Body::from(&b"form=%FF&\xff\xfe=1"[..])),
        ("asked in a way nobody takes", Method::DELETE, vec![ours], Body::empty()),
        ("asked for what it takes", Method::OPTIONS, vec![("origin", "https://evil.example")], Body::empty()),
        ("traced", Method::TRACE, vec![ours], Body::empty()),
    ]
}

/// Every address in every way; the statuses that were met.
async fn crawl(program: &Program, cookie: &str) -> BTreeSet<u16> {
    let mut met = BTreeSet::new();
    for path in addresses() {
        for (how, method, headers, body) in ways() {
            let headers = [&headers[..], &[("cookie", cookie)]].concat();
            let answer = program.ask(method.clone(), &path, &headers, body).await;
            met.insert(answer.status.as_u16());
            dressed(&format!("{} {method} {path} {how}", answer.status), &|name| answer.header(name).to_owned());
        }
    }
    met
}

#[test]
fn asvs_3_4_every_address_is_dressed_however_it_is_asked() {
    store::testing::run(Kind::Sqlite, Migrations::of_the_school(), everything_is_dressed);
}

async fn everything_is_dressed(db: Db) {
    let program = Program::open(db).await;
    let sam = program.cookie(&program.school.sam()).await;
    let mut met = crawl(&program, &sam).await;
    met.extend(crawl(&program, "").await);
    // and while the database is away
    program.school.app.db.close().await;
    met.extend(crawl(&program, &sam).await);
    for status in [200, 303, 401, 403, 404, 405, 413, 415, 422, 503] {
        assert!(met.contains(&status), "no address answered {status}: {met:?}");
    }
}

on_both!(asvs_3_4_1_over_https_browsers_stay_there, async |db: Db| {
    let program = Program::over_https(db).await;
    for path in ["/", "/en", "/en/login", "/en/nothing-here", "/en/settings/profile", "/healthz", "/api/v1/orders"] {
        let answer = program.get(path, &[]).await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains", "{path}");
    }
});

#[tokio::test(flavor = "multi_thread")]
async fn asvs_3_4_every_answer_is_dressed() {
    let running = Running::start(Kind::Sqlite).await;
    let (anybody, grace) = (running.anybody(), running.signed_in(&running.school.grace()).await);
    let foreign = anybody.bare(Method::POST, "/en/login").header("origin", "https://evil.example").send();
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
    for n in 0..5 {
        let email = format!("nobody-{n}@lectern.example");
        anybody.post("/en/login", &[("email", &email), ("password", "wrong")]).await;
    }
    let often = anybody.post("/en/login", &[("email", "nobody@lectern.example"), ("password", "wrong")]).await;
    assert_eq!(often.status(), 429);
    is_dressed(&often, "429");
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

on_both!(asvs_3_4_7_breaches_of_the_policy_are_reported_to_us, async |db: Db| {
    let program = Program::open(db).await;
    let page = program.get("/en/login", &[]).await;
    let policy = page.header("content-security-policy").to_owned();
    assert!(policy.ends_with("report-uri /reports/csp; report-to csp"), "{policy}");
    assert_eq!(page.header("reporting-endpoints"), "csp=\"/reports/csp\"");
    let told = async |kind: &'static str, body: Vec<u8>| {
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", kind)];
        program.ask(Method::POST, "/reports/csp", &headers, Body::from(body)).await.status.as_u16()
    };
    let older = br#"{"csp-report":{"effective-directive":"img-src","blocked-uri":"https://evil.example/x"}}"#;
    assert_eq!(told("application/csp-report", older.to_vec()).await, 204);
    assert_eq!(told("application/reports+json; charset=utf-8", b"[]".to_vec()).await, 204);
    assert_eq!(told("application/reports+json", b"nothing of the kind".to_vec()).await, 400);
    assert_eq!(told("application/json", b"[]".to_vec()).await, 415);
    assert_eq!(told("application/csp-report", vec![b' '; 20_000]).await, 413);
});
