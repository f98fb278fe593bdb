//! What an attacker adds to a request leads nowhere: addresses to go on to, hosts, headers, fields nobody asked for.

use crate::access::table;
use crate::authorisation::{changes, everything_but};
use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::Method;
use domain::testing::PASSWORD;
use std::collections::{BTreeMap, BTreeSet};
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

on_both!(asvs_3_7_2_nobody_is_led_elsewhere, async |db: Db| {
    let program = Program::without_limits(db).await;
    let grace = program.cookie(&program.school.grace()).await;
    for (n, place) in ELSEWHERE.into_iter().enumerate() {
        let email = format!("kay-{n}@lectern.example");
        let topics = [("form", "interests"), ("topic", "data"), ("topic", "music"), ("topic", "programming"), ("next", place)];
        let sent: [(&str, &str, Vec<(&str, &str)>); 6] = [
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

/// What nobody may set by naming it: rights, prices, owners, standings.
fn more(owner: &str) -> String {
    let names = [
        ("role", "admin"),
        ("roles", "admin"),
        ("is_admin", "true"),
        ("admin", "1"),
        ("verified", "true"),
        ("email_verified", "1"),
        ("verified_at", "1"),
        ("suspended_at", "0"),
        ("account", owner),
        ("account_id", owner),
        ("user_id", owner),
        ("owner", owner),
        ("instructor", owner),
        ("id", owner),
        ("state", "paid"),
        ("status", "paid"),
        ("paid", "true"),
        ("total", "1"),
        ("due", "0"),
        ("balance", "100000"),
        ("share_bp", "10000"),
        ("expires_at", "9999999999999"),
        ("created_at", "0"),
        ("password_hash", "x"),
    ];
    let flat = names.iter().map(|(name, value)| format!("&{name}={value}"));
    let nested = names.iter().map(|(name, value)| format!("&form[{name}]={value}&visitor[{name}]={value}"));
    flat.chain(nested).collect()
}

/// Where rights, prices, money and ownership stand.
const GUARDED: [&str; 14] = [
    "account_roles",
    "courses",
    "prices",
    "grants",
    "transfers",
    "balances",
    "orders",
    "payouts",
    "course_shares",
    "membership_courses",
    "promotions",
    "vouchers",
    "plans",
    "plan_prices",
];

on_both!(asvs_15_3_3_fields_that_nobody_asked_for_change_nothing, async |db: Db| {
    let program = Program::without_limits(db).await;
    let school = &program.school;
    let more = more(school.ada().id.as_str());
    let guarded = async || -> BTreeMap<String, Vec<String>> {
        let mut all = everything_but(school, &[]).await;
        all.retain(|table, _| GUARDED.contains(&table.as_str()));
        all
    };
    let before = guarded().await;
    assert_eq!(before.len(), GUARDED.len(), "every one of them is a table");
    for line in table() {
        let (path, second) = line.at.split_once(' ').unwrap_or_default();
        // opening a free course and the like is what those are for
        if second == "enrol" || second == "logout" || path.ends_with("logout") {
            continue;
        }
        let path = path.replace("{slug}", "notes").replace(['{', '}', '*'], "");
        let cookie = program.cookie(&school.grace()).await;
        let (path, body) = match line.what.as_str() {
            "form" => (format!("/en{}", path.trim_end_matches('/')), format!("form={second}{more}")),
            "call" => (path, format!("{}{more}", line.body)),
            _ => continue,
        };
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let answer = program.ask(Method::POST, &path, &headers, Body::from(body)).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
    }
    assert_eq!(changes(&before, &guarded().await), Vec::<String>::new());
    // somebody new who asks for everything gets an account like any other's
    let all = format!("form=register&name=Eve&email=eve%40lectern.example&password=the+moon+is+not+made+of+cheese{more}");
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(program.ask(Method::POST, "/en/register", &headers, Body::from(all)).await.status.as_u16(), 303);
    assert_eq!(changes(&before, &guarded().await), Vec::<String>::new());
    let cookie = program.cookie(&school.grace()).await;
    let edit = format!("form=profile&name=Grace+Hopper&lang=en&email=evil%40lectern.example&handle=evil{more}");
    let headers = [&headers[..], &[("cookie", cookie.as_str())]].concat();
    assert_eq!(program.ask(Method::POST, "/en/settings/profile", &headers, Body::from(edit)).await.status.as_u16(), 303);
    let accounts = store::testing::everything(&school.app.db).await.expect("everything").remove("accounts").expect("accounts");
    assert!(!accounts.iter().any(|row| row.contains("evil")), "{accounts:?}");
    assert_eq!(changes(&before, &guarded().await), Vec::<String>::new());
});

on_both!(asvs_1_5_json_that_says_more_than_it_may_is_refused, async |db: Db| {
    let program = Program::without_limits(db).await;
    let cookie = program.cookie(&program.school.grace()).await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in [
        r#"{"items":[{"kind":"course","id":"x"}],"account":"ada"}"#,
        r#"{"items":[{"kind":"course","id":"x","price":1}]}"#,
        r#"{"items":[{"kind":"course","id":"x"}],"items":[]}"#,
        r#"{"items":[{"kind":"course","id":"\u0000"}]}"#,
        r#"{"items":{"__proto__":{"admin":true}}}"#,
        r#"[]"#,
        r#""text""#,
        "{",
        "",
        deep.as_str(),
    ] {
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "k-1")];
        let answer = program.post_json("/api/v1/quotes", &headers, body).await;
        let status = answer.status.as_u16();
        assert!(matches!(status, 400 | 422), "{}: {status}", &body[..body.len().min(80)]);
    }
});

on_both!(a_sign_that_no_database_takes_is_no_mistake_of_ours, async |db: Db| {
    let program = Program::without_limits(db).await;
    let sam = program.cookie(&program.school.sam()).await;
    let headers =
        [("cookie", sam.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    for line in table().iter().filter(|line| line.what == "call") {
        let path = line.at.split(' ').next().unwrap_or_default();
        let body = format!("{}%00", line.body);
        let answer = program.ask(Method::POST, path, &headers, Body::from(body)).await;
        assert!(answer.status.as_u16() < 500, "{path} {}: {}", line.body, answer.status);
    }
});
