//! One table says who may open, send and call what; it is complete, and the running program keeps it.

use crate::access::{Line, table};
use crate::belongings::{STAFF, with_roles};
use crate::harness::{Browser, Running, header};
use app::routes::{OFFLINE, PAGES, WORKSHOP, forms};
use domain::Member;
use domain::testing::School;
use leptos::server_fn::axum::server_fn_paths;
use model::accounts::Role;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use std::collections::{BTreeMap, BTreeSet};
use store::Kind;
use wire::Who;

/// Where plain routes are declared.
const ROUTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/http.rs");

/// Who may, in the table's word.
fn word(who: Who) -> String {
    match who {
        Who::Anyone => "anyone".into(),
        Who::Member => "member".into(),
        Who::Roles(roles) => roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join("+"),
    }
}

/// Everything that answers, as the code has it; calls and routes do not say for whom.
fn everything() -> BTreeSet<String> {
    let address = |path: &'static str| if path.is_empty() { "/" } else { path };
    let pages = PAGES.iter().chain(WORKSHOP).map(|page| format!("page {} {}", address(page.path), word(page.who)));
    let forms = forms().into_iter().map(|form| {
        let page = PAGES.iter().find(|page| page.path == form.page);
        // a form is behind its page's door as well as its own
        let stricter = page.filter(|_| form.who == Who::Anyone).map_or(form.who, |page| page.who);
        format!("form {} {} {}", if form.page.is_empty() { "/" } else { form.page }, form.name, word(stricter))
    });
    let calls = server_fn_paths().map(|(path, method)| format!("call {path} {method}"));
    pages.chain(forms).chain(calls).chain(routes()).chain(without_language()).chain(offline()).chain(programs()).collect()
}

/// The plain routes in the router's source: `.route("/healthz", get(…))`, one line each.
fn routes() -> BTreeSet<String> {
    let source = std::fs::read_to_string(ROUTER).expect("the router");
    let declared = source.split(".route(\"").skip(1).filter_map(|rest| rest.lines().next()?.split_once('"'));
    declared
        .flat_map(|(path, answers)| methods(answers).into_iter().map(move |method| format!("route {path} {method}")))
        .collect()
}

/// Addresses without a language: every page's first part, with and without more behind it.
fn without_language() -> BTreeSet<String> {
    let first = |path: &'static str| path.split('/').nth(1).filter(|part| !part.is_empty());
    let parts: BTreeSet<_> = PAGES.iter().chain(WORKSHOP).filter_map(|page| first(page.path)).collect();
    let below = parts.into_iter().flat_map(|part| [format!("route /{part} GET"), format!("route /{part}/{{*rest}} GET")]);
    below.chain(["route / GET".to_owned()]).collect()
}

/// The page that is kept for being without a network, in every language and in the reader's own.
fn offline() -> BTreeSet<String> {
    let langs = model::Lang::ALL.iter().map(|lang| format!("/{lang}")).chain([String::new()]);
    langs.map(|lang| format!("route {lang}{} GET", OFFLINE.path)).collect()
}

/// The calls of other programs, as their own document has them.
fn programs() -> BTreeSet<String> {
    let document = serde_json::to_value(lectern::http::rest::document()).expect("a document");
    let paths = document["paths"].as_object().expect("paths").clone();
    let calls = paths.into_iter().flat_map(|(path, methods)| {
        let methods: Vec<_> = methods.as_object().expect("methods").keys().map(|method| method.to_uppercase()).collect();
        methods.into_iter().map(move |method| format!("route {}{path} {method}", lectern::http::rest::ROOT))
    });
    calls.collect()
}

/// What a route's line answers to: `get(status).patch(append)`.
fn methods(answers: &str) -> Vec<&'static str> {
    let known = [
        ("get(", "GET"),
        ("post(", "POST"),
        ("patch(", "PATCH"),
        ("delete(", "DELETE"),
        ("options(", "OPTIONS"),
        ("any(", "POST"),
    ];
    known
        .into_iter()
        .filter(|(call, _)| answers.contains(&format!(" {call}")) || answers.contains(&format!(".{call}")))
        .map(|(_, m)| m)
        .collect()
}

#[test]
fn everything_that_answers_is_in_the_table_and_the_table_names_nothing_else() {
    let known: BTreeSet<String> = table()
        .into_iter()
        .map(|line| match line.what.as_str() {
            "page" | "form" => format!("{} {} {}", line.what, line.at, line.who),
            _ => format!("{} {}", line.what, line.at),
        })
        .collect();
    let all = everything();
    let missing: Vec<_> = all.difference(&known).cloned().collect();
    let gone: Vec<_> = known.difference(&all).cloned().collect();
    assert!(missing.is_empty(), "not in access.txt:\n{}", missing.join("\n"));
    assert!(gone.is_empty(), "in access.txt but nowhere else:\n{}", gone.join("\n"));
}

#[test]
fn sec_c2_no_function_that_is_called_by_get_exists() {
    let by_get: Vec<_> = server_fn_paths().filter(|(_, method)| *method != axum::http::Method::POST).collect();
    assert!(by_get.is_empty(), "a GET needs no origin, so it may not write: {by_get:?}");
}

/// Whether somebody with these roles is among `who`; `None`: signed in as nobody.
fn admits(who: &str, roles: Option<&[Role]>) -> bool {
    match (who, roles) {
        ("anyone", _) => true,
        ("member", roles) => roles.is_some(),
        (_, None) => false,
        (wanted, Some(roles)) => wanted.split('+').any(|word| roles.iter().any(|role| role.as_str() == word)),
    }
}

/// Somebody of every kind: the word for them, who they are, and what they sign in with.
struct Asker {
    name: &'static str,
    member: Option<Member>,
    /// None: they are nobody to us, whatever they bring along.
    roles: Option<Vec<Role>>,
}

async fn askers(school: &School) -> Vec<Asker> {
    let known = |name, member: Member| Asker { name, roles: Some(member.me.roles.clone()), member: Some(member) };
    let mut all = vec![
        Asker { name: "anonymous", member: None, roles: None },
        known("a learner", school.grace()),
        known("an instructor", school.ada()),
    ];
    for (name, role) in STAFF {
        all.push(known(name, with_roles(school, name, &[role]).await));
    }
    all
}

/// What changes with every request, whatever it asks for.
const ALWAYS: [&str; 2] = ["sessions", "limit_counts"];

/// Everything there is but [`ALWAYS`].
pub async fn everything_but(school: &School, left_out: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut all = store::testing::everything(&school.app.db).await.expect("everything");
    all.retain(|table, _| !left_out.contains(&table.as_str()));
    all
}

/// The rows that are in one and not in the other.
pub fn changes(before: &BTreeMap<String, Vec<String>>, after: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let only = |a: &BTreeMap<String, Vec<String>>, b: &BTreeMap<String, Vec<String>>, sign: char| -> Vec<String> {
        let rows = a.iter().flat_map(|(table, rows)| {
            let others: BTreeSet<&String> = b.get(table).into_iter().flatten().collect();
            rows.iter().filter(|row| !others.contains(row)).map(move |row| format!("{sign} {table} {row}")).collect::<Vec<_>>()
        });
        rows.collect()
    };
    [only(before, after, '-'), only(after, before, '+')].concat()
}

/// Whether an answer is what the table promises to somebody who may, or may not.
fn keeps_to(line: &Line, allowed: bool, status: u16, next: &str) -> bool {
    let sent_to_sign_in = next.contains("/login") && !next.contains("refused=") && !line.at.starts_with("/login");
    let refused = sent_to_sign_in || status == 401 || status == 403;
    match (allowed, line.what.as_str()) {
        // a page that is open to somebody opens; behind a gap stands an object, which may not be there for them
        (true, "page") => !sent_to_sign_in && (status < 400 || (status == 404 && line.at.contains('{'))),
        // objects have owners of their own: who may come in may still be told that this one is not theirs
        (true, _) => !(sent_to_sign_in || status == 401) && status < 500,
        (false, "call") if line.body.is_empty() => (400..500).contains(&status),
        // what somebody may not know of is not there
        (false, _) => refused || status == 404,
    }
}

async fn the_running_program_keeps_the_table(kind: Kind) {
    let running = Running::start(kind).await;
    let mut broken = Vec::new();
    for Asker { name, member, roles } in askers(&running.school).await {
        let member = member.as_ref();
        let (may, may_not): (Vec<Line>, Vec<Line>) = table().into_iter().partition(|line| admits(&line.who, roles.as_deref()));
        let before = everything_but(&running.school, &ALWAYS).await;
        let browser = browser(&running, member).await;
        for line in may_not {
            let (status, next) = ask(&running, &browser, &line).await;
            if !keeps_to(&line, false, status, &next) {
                broken.push(format!("{line:?} as {name}: {status} {next}"));
            }
        }
        for change in changes(&before, &everything_but(&running.school, &ALWAYS).await) {
            broken.push(format!("refused, and yet something happened as {name}: {change}"));
        }
        for line in may {
            // what is open to all is asked for by nobody, and what is to members by a learner: a role more takes nothing away
            if line.who == "anyone" && member.is_some() || line.who == "member" && name != "a learner" {
                continue;
            }
            let browser = self::browser(&running, member).await;
            let (status, next) = ask(&running, &browser, &line).await;
            if !keeps_to(&line, true, status, &next) {
                broken.push(format!("{line:?} as {name}: {status} {next}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_running_program_keeps_the_table_on_sqlite() {
    the_running_program_keeps_the_table(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_running_program_keeps_the_table_on_postgres() {
    the_running_program_keeps_the_table(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_suspended_forgotten_or_signed_out_is_nobody() {
    let running = Running::start(Kind::Sqlite).await;
    let sam = running.school.sam();
    let gone = with_roles(&running.school, "gone", &[Role::Admin]).await;
    let (suspended, ended) = (running.signed_in(&gone).await, running.signed_in(&sam).await);
    assert_eq!(suspended.get("/en/admin/orders").await.status(), 200);
    running.school.suspend(&gone).await;
    let leaver = running.school.learner("leaver").await;
    let forgotten = running.signed_in(&leaver).await;
    assert_eq!(forgotten.get("/en/settings/profile").await.status(), 200);
    let app = &running.school.app;
    let erasure = domain::privacy::Erasure { account: leaver.id, at: app.now(), keeps_reviews: false };
    domain::privacy::reapply(app, &[erasure]).await.expect("they are forgotten");
    assert_eq!(ended.post("/en/logout", &[("form", "logout")]).await.status(), 303);
    let mut broken = Vec::new();
    for line in table() {
        for (name, browser) in [("suspended", &suspended), ("forgotten", &forgotten), ("signed out", &ended)] {
            let (status, next) = ask(&running, browser, &line).await;
            if !keeps_to(&line, admits(&line.who, None), status, &next) {
                broken.push(format!("{line:?} as {name}: {status} {next}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

async fn browser<'r>(running: &'r Running, member: Option<&Member>) -> Browser<'r> {
    match member {
        Some(member) => running.signed_in(member).await,
        None => running.anybody(),
    }
}

async fn ask(running: &Running, browser: &Browser<'_>, line: &Line) -> (u16, String) {
    let (path, second) = line.at.split_once(' ').unwrap_or((line.at.as_str(), ""));
    let path = filled(running, path);
    let page = if path == "/" { "/en".to_owned() } else { format!("/en{path}") };
    let answer = match line.what.as_str() {
        "page" => browser.get(&page).await,
        "form" => browser.post(&page, &[("form", second)]).await,
        "call" => {
            let request = browser.bare(Method::POST, &path).header(ORIGIN, &running.url);
            request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(line.body.clone())
                .send()
                .await
                .expect("an answer")
        }
        _ => {
            let method = Method::from_bytes(second.as_bytes()).expect("a method");
            // uploads speak tus and want to hear it first
            let request = browser.bare(method, &path).header(ORIGIN, &running.url).header("tus-resumable", "1.0.0");
            request.header("upload-length", "1").header("upload-offset", "0").send().await.expect("an answer")
        }
    };
    let next = header(&answer, "location").to_owned();
    (answer.status().as_u16(), next)
}

/// The path with something that exists in every gap.
pub fn filled(running: &Running, path: &str) -> String {
    let lesson = running.school.engines_lessons()[0].to_string();
    let named =
        [("slug", "analytical-engines"), ("course", "analytical-engines"), ("handle", "ada"), ("lesson", lesson.as_str())];
    let parts = path.split('/').map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(gap) => named.iter().find(|(name, _)| *name == gap).map_or("0", |(_, value)| value),
        None => part,
    });
    parts.collect::<Vec<_>>().join("/")
}
