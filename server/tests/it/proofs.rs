//! "Is it you?": what asks it stands in the table, and nothing else asks.

use crate::access::{Line, proven, table};
use crate::authorisation::{changes, everything_but, filled};
use crate::harness::{Browser, Running, header};
use domain::testing::School;
use domain::{Member, accounts};
use model::accounts::Role;
use model::time::minutes;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use reqwest::{Method, Response};
use std::collections::{BTreeMap, BTreeSet};
use store::Kind;

/// Changes with every request, whatever it asks for.
const ALWAYS: [&str; 2] = ["sessions", "limit_counts"];

/// Somebody with every role, and a password to show who they are with.
async fn everybody(school: &School) -> Member {
    let (app, sam) = (&school.app, school.sam());
    for role in Role::ALL {
        app.db.write(async |tx| accounts::add_role(app, tx, &sam.id, *role).await).await.expect("a role");
    }
    sam
}

async fn sent(running: &Running, browser: &Browser<'_>, line: &Line, body: &str) -> Response {
    let (path, second) = line.at.split_once(' ').unwrap_or((line.at.as_str(), "GET"));
    let path = filled(running, path);
    let (method, path, body) = match line.what.as_str() {
        "form" => (Method::POST, format!("/en{}", path.trim_end_matches('/')), format!("form={second}&{body}")),
        _ => (second.parse().expect("a method"), path, body.to_owned()),
    };
    let request = browser.bare(method, &path).header(ORIGIN, &running.url);
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").header("idempotency-key", "a-key");
    request.body(body).send().await.expect("an answer")
}

/// Whether it asks who it is: a page does so in place, a file's address leads to the page that does, a program is told.
async fn asks(answer: Response) -> bool {
    let (status, next) = (answer.status().as_u16(), header(&answer, "location").to_owned());
    if status == 303 {
        return next.starts_with("/en/confirm?next=") || next.starts_with("/zh/confirm?next=");
    }
    let text = answer.text().await.unwrap_or_default();
    status == 403
        && (text.contains("name=\"confirm_password\"") || text.contains("\"code\":\"confirm\"") || text.contains("\"Confirm\""))
}

async fn what_asks_who_it_is_is_what_the_table_says(kind: Kind) {
    let running = Running::start(kind).await;
    let all_of_them = everybody(&running.school).await;
    let bodies: BTreeMap<String, String> = proven().into_iter().map(|line| (line.what, line.body)).collect();
    let lines: Vec<Line> = table().into_iter().filter(|line| line.what != "page" && !line.at.starts_with("/test/")).collect();
    let mut asked = BTreeSet::new();
    for line in &lines {
        // each with a session of its own: some of these deeds end the one they come with, or all others
        let browser = &running.signed_in(&all_of_them).await;
        running.school.after(minutes(6));
        let what = format!("{} {}", line.what, line.at);
        let wanted = bodies.get(&what);
        let Some(wanted) = wanted else {
            if asks(sent(&running, browser, line, &line.body).await).await {
                asked.insert(what);
            }
            continue;
        };
        let before = everything_but(&running.school, &ALWAYS).await;
        if asks(sent(&running, browser, line, wanted).await).await {
            assert_eq!(changes(&before, &everything_but(&running.school, &ALWAYS).await), Vec::<String>::new(), "{what}");
            asked.insert(what);
        }
    }
    let expected: BTreeSet<String> = bodies.into_keys().collect();
    let silent: Vec<_> = expected.difference(&asked).collect();
    let beside: Vec<_> = asked.difference(&expected).collect();
    assert!(
        silent.is_empty() && beside.is_empty(),
        "should ask and does not: {silent:#?}\nasks and is not in the table: {beside:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_who_it_is_is_what_the_table_says_on_sqlite() {
    what_asks_who_it_is_is_what_the_table_says(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_who_it_is_is_what_the_table_says_on_postgres() {
    what_asks_who_it_is_is_what_the_table_says(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_just_shown_it_is_not_asked() {
    let running = Running::start(Kind::Sqlite).await;
    let all_of_them = everybody(&running.school).await;
    for line in table().into_iter().filter(|line| line.what != "page") {
        let what = format!("{} {}", line.what, line.at);
        let Some(known) = proven().into_iter().find(|known| known.what == what) else { continue };
        let browser = running.signed_in(&all_of_them).await;
        assert!(!asks(sent(&running, &browser, &line, &known.body).await).await, "{what}");
    }
}
