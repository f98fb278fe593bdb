//! Fields that nobody asked for, and texts that no reader of ours takes: they change nothing and break nothing.

use crate::access::table;
use crate::authorisation::{changes, everything_but};
use crate::program::Program;
use axum::body::Body;
use axum::http::Method;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::{Db, on_both};

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

/// The names of the components that a part of the document leads to, and of those that they lead to.
fn led_to(document: &Value, part: &Value, found: &mut BTreeSet<String>) {
    match part {
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
            if let Some(name) = name.filter(|name| found.insert((*name).to_owned())) {
                led_to(document, &document["components"]["schemas"][name], found);
            }
            fields.values().for_each(|field| led_to(document, field, found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| led_to(document, part, found)),
        _ => (),
    }
}

#[test]
fn asvs_1_5_no_body_of_a_program_holds_a_field_that_nobody_reads() {
    let document = serde_json::to_value(lectern::http::rest::document()).expect("a document");
    let mut read = BTreeSet::new();
    for calls in document["paths"].as_object().expect("paths").values() {
        for call in calls.as_object().expect("calls").values() {
            led_to(&document, &call["requestBody"], &mut read);
        }
    }
    assert!(read.len() >= 7, "{read:?}");
    let schema = |name: &str| document["components"]["schemas"][name].clone();
    read.retain(|name| schema(name)["properties"].is_object() && schema(name)["additionalProperties"] != false);
    assert!(read.is_empty(), "these take fields that nobody reads: {read:?}");
}

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
