//! What somebody writes into a request leads nowhere: addresses to go on to, hosts, line breaks.

use crate::access::table;
use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::Method;
use domain::testing::PASSWORD;
use std::collections::BTreeSet;
use store::{Db, on_both};

/// Places that are not ours, however they are written.
const ELSEWHERE: [&str; 39] = [
    "https://evil.example",
    "http://evil.example/en",
    "//evil.example",
    "///evil.example",
    "////evil.example/en",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HtTpS://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "/en//evil.example",
    "/en/\\evil.example",
    "/en/%2f%2fevil.example",
    "/en/%2F%2Fevil.example",
    "/en/..//evil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "/.evil.example",
    "/@evil.example",
    "@evil.example",
    ".evil.example",
    "evil.example",
    "/evil.example",
    "/enevil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/en/\r\nlocation: https://evil.example",
    "/en/\nset-cookie: sid=evil",
    "/en/\u{2028}//evil.example",
    "／／evil.example",
];

/// A form as a browser sends it.
async fn send(program: &Program, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    program.ask(Method::POST, path, &headers, Body::from(written(fields))).await
}

fn written(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

/// The place is one of ours, and the header is one line.
fn stays_here(answer: &Answer, what: &str) {
    for name in ["location", "refresh", "content-location", "link"] {
        let place = answer.header(name);
        // what is carried along for later stands behind `next=` and is judged again when it is used
        let first = place.split(['?', '#']).next().unwrap_or_default();
        let ours = place.is_empty() || (first.starts_with('/') && !first.contains("//") && !first.contains('\\'));
        assert!(ours && !first.contains("evil"), "{what}: {name}: {place}");
    }
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    assert!(!cookies.into_iter().any(|line| line.contains("evil")), "{what}");
}

/// A page, a session's cookie, and the fields of a form.
type Sent<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str)>);

on_both!(asvs_3_7_2_nobody_is_led_elsewhere, async |db: Db| {
    let program = Program::without_limits(db).await;
    let grace = program.cookie(&program.school.grace()).await;
    for (n, place) in ELSEWHERE.into_iter().enumerate() {
        let email = format!("kay-{n}@lectern.example");
        let topics = [("form", "interests"), ("topic", "data"), ("topic", "music"), ("topic", "programming"), ("next", place)];
        let sent: [Sent; 6] = [
            ("/en/login", "", vec![("form", "login"), ("email", "ada@lectern.example"), ("password", PASSWORD), ("next", place)]),
            (
                "/en/register",
                "",
                vec![
                    ("form", "register"),
                    ("name", "Kay"),
                    ("email", email.as_str()),
                    ("password", "the moon is not made of cheese"),
                    ("next", place),
                ],
            ),
            ("/en/settings/appearance", "", vec![("form", "appearance"), ("theme", "dark"), ("back", place)]),
            ("/en/settings/interests", grace.as_str(), topics.to_vec()),
            ("/en/confirm", grace.as_str(), vec![("form", "confirm"), ("password", PASSWORD), ("next", place)]),
            ("/en/logout", "", vec![("form", "logout"), ("next", place), ("back", place), ("return_to", place)]),
        ];
        for (path, cookie, fields) in sent {
            let answer = send(&program, path, cookie, &fields).await;
            stays_here(&answer, &format!("{path} {place:?}"));
            if answer.status.is_redirection() {
                continue;
            }
            assert!(matches!(answer.status.as_u16(), 422 | 429), "{path} {place:?}: {}", answer.status);
        }
        // and where it stands in an address, the page offers no link that leads there
        for path in ["/en/login", "/en/register", "/en/settings/interests", "/en/login/second", "/en/redeem", "/login", "/"] {
            let fields = [("next", place), ("back", place), ("return_to", place), ("code", place), ("refused", place)];
            let answer = program.get(&format!("{path}?{}", written(&fields)), &[("cookie", &grace)]).await;
            let first = answer.header("location").split('?').next().unwrap_or_default().to_owned();
            assert!(first.is_empty() || first.starts_with('/') && !first.starts_with("//"), "{path} {place:?}: {first}");
            let page = String::from_utf8_lossy(&answer.body);
            for (_, link) in page.match_indices("href=\"").map(|(at, mark)| page.split_at(at + mark.len())) {
                let link = link.split('"').next().unwrap_or_default();
                let bare = link.split(['?', '#']).next().unwrap_or_default();
                assert!(!bare.contains("evil") && !bare.to_ascii_lowercase().contains("script:"), "{path} {place:?}: {link}");
            }
        }
    }
});

/// Every path of the table once, each part as `part` writes it.
fn paths(part: &dyn Fn(&str) -> String) -> BTreeSet<String> {
    let lines = table().into_iter().map(|line| {
        let path = line.at.split(' ').next().unwrap_or_default();
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    });
    lines.collect()
}

on_both!(no_header_is_made_of_what_somebody_sent, async |db: Db| {
    let program = Program::without_limits(db).await;
    let ada = program.cookie(&program.school.ada()).await;
    let evil = "%0d%0aset-cookie:%20sid=evil%0d%0a%0d%0a%3Cscript%3Ealert(1)%3C/script%3E";
    for path in paths(&|part| if part.starts_with('{') { evil.to_owned() } else { part.to_owned() }) {
        for address in [format!("{path}?{evil}={evil}"), format!("/en{path}?q={evil}"), format!("/en{path}/{evil}/")] {
            let answer = program.get(&address, &[("cookie", &ada), ("accept-language", "en")]).await;
            assert!(answer.status.as_u16() < 500, "{address}: {}", answer.status);
            for (name, value) in &answer.headers {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                assert!(!value.contains(['\r', '\n']), "{address}: {name}: {value}");
                assert!(name != "set-cookie" || !value.contains("evil"), "{address}: {value}");
            }
            let page = String::from_utf8_lossy(&answer.body);
            assert!(!page.contains("<script>alert"), "{address}");
        }
    }
});

on_both!(a_host_that_somebody_names_stands_nowhere, async |db: Db| {
    let program = Program::without_limits(db).await;
    let grace = program.cookie(&program.school.grace()).await;
    let lies = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-host", "evil.example"),
        ("x-forwarded-server", "evil.example"),
        ("x-original-url", "/evil.example"),
        ("x-rewrite-url", "/evil.example"),
        ("forwarded", "host=evil.example;proto=https"),
        ("x-forwarded-proto", "gopher"),
        ("accept-language", "en"),
    ];
    for path in paths(&|part| part.replace("{slug}", "notes").replace(['{', '}', '*'], "")) {
        let path = if path.starts_with("/zh/") || path.starts_with("/en/") { path } else { format!("/en{path}") };
        for cookie in ["", &grace] {
            let answer = program.get(&path, &[&lies[..], &[("cookie", cookie)]].concat()).await;
            for (name, value) in &answer.headers {
                assert!(!String::from_utf8_lossy(value.as_bytes()).contains("evil"), "{path}: {name}");
            }
            assert!(!String::from_utf8_lossy(&answer.body).contains("evil.example"), "{path}");
        }
    }
});
