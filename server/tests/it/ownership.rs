//! What is somebody's is nobody else's: every address that takes the name of a thing is asked for the things of Grace and Ada by
//! everybody else, themselves owners of such things, and answers as if there were none. Nothing changes, and nothing is told.

use crate::access::{Line, Theirs, table, theirs};
use crate::authorisation::{changes, everything_but};
use crate::belongings::{Person, Things, everybody};
use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::Method;
use model::accounts::Role;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Db, on_both};

/// What changes with a request that is refused too: sessions were seen, tries were counted, a program's call was answered.
const ALWAYS: [&str; 3] = ["sessions", "limit_counts", "rest_calls"];

/// The gaps of addresses in which the name of a private thing stands.
const PRIVATE: [&str; 3] = ["{id}", "{draft}", "{order}"];

/// The names that stand in `<…>`.
fn gaps(text: &str) -> Vec<&str> {
    text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(name, _)| name).collect()
}

impl Theirs {
    fn names(&self) -> Vec<&str> {
        gaps(&self.path).into_iter().chain(gaps(&self.body)).collect()
    }
}

/// Whether a line of the table is about things that are somebody's.
fn is_private(line: &Line) -> bool {
    let of_members = line.who == "member" || line.who == "instructor";
    let path = line.at.split(' ').next().unwrap_or_default();
    let named = path.split('/').any(|part| PRIVATE.contains(&part)) || line.what == "call" && line.body.contains("=0");
    // both languages have the same handlers
    of_members && named && !path.starts_with("/zh/")
}

/// Whether this tries that line.
fn tries(tried: &Theirs, line: &Line) -> bool {
    let (path, second) = line.at.split_once(' ').unwrap_or((line.at.as_str(), ""));
    let fits = |(wanted, named): (&str, &str)| wanted.starts_with('{') || wanted == named;
    let same_length = path.split('/').count() == tried.path.split('/').count();
    tried.what == line.what
        && same_length
        && path.split('/').zip(tried.path.split('/')).all(fits)
        && (line.what == "page" || tried.second == second)
}

#[test]
fn whatever_takes_the_name_of_somebody_s_thing_is_tried_with_another_s() {
    let tried = theirs();
    let missing: Vec<String> = table()
        .iter()
        .filter(|line| is_private(line) && !tried.iter().any(|theirs| tries(theirs, line)))
        .map(|line| format!("{} {}", line.what, line.at))
        .collect();
    assert!(missing.is_empty(), "`theirs …` is missing in access.txt for:\n{}", missing.join("\n"));
}

/// The name of a thing that nobody has.
fn nobody_s(name: &str) -> String {
    let digits: u64 = name.bytes().map(u64::from).sum();
    match name {
        "session" => format!("{digits:016x}"),
        _ => format!("00000000-0000-7000-8000-{digits:012x}"),
    }
}

/// A text with its gaps filled: `my.…` with the asker's own, everything else by `thing`; none where they have none.
fn filled(text: &str, mine: &Things, thing: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    gaps(text).into_iter().try_fold(text.to_owned(), |text, name| {
        let value = match name.strip_prefix("my.") {
            Some(own) => mine.get(own).cloned(),
            None => thing(name),
        };
        Some(text.replace(&format!("<{name}>"), &value?))
    })
}

struct Stage {
    program: Program,
    calls: AtomicU32,
}

impl Stage {
    async fn ask(&self, cookie: &str, line: &Theirs, path: &str, body: String) -> Answer {
        let page = format!("/en{path}");
        let (method, path) = match line.what.as_str() {
            "page" => (Method::GET, page.as_str()),
            "form" => (Method::POST, page.as_str()),
            "call" => (Method::POST, path),
            _ => (line.second.parse().expect("a method"), path),
        };
        let body = if line.what == "form" { format!("form={}&{body}", line.second) } else { body };
        let kind = match method {
            Method::PATCH => "application/offset+octet-stream",
            _ if path.starts_with("/api/") => "application/json",
            _ => "application/x-www-form-urlencoded",
        };
        let nth = self.calls.fetch_add(1, Ordering::Relaxed);
        let key = format!("k-{nth}");
        let headers = [
            ("cookie", cookie),
            ("sec-fetch-site", "same-origin"),
            ("content-type", kind),
            ("accept", "text/html"),
            ("idempotency-key", key.as_str()),
            ("tus-resumable", "1.0.0"),
            ("upload-offset", "0"),
        ];
        self.program.ask(method, path, &headers, Body::from(body)).await
    }
}

/// An answer without what differs each time: these names, and the keys of forms.
fn told(answer: &Answer, names: &[String]) -> (u16, String, String) {
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    (answer.status.as_u16(), nameless(answer.header("location"), names), nameless(&body, names))
}

/// The text with these names and every UUID as dots.
fn nameless(text: &str, names: &[String]) -> String {
    // as they stand in `next=`
    let text = text.replace("%2D", "-").replace("%2F", "/");
    let text = names.iter().fold(text, |text, name| text.replace(name.as_str(), "…"));
    let is_one = |part: &str| {
        part.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(first) = rest.chars().next() {
        let found = rest.get(..36).is_some_and(is_one);
        let (skipped, sign) = if found { (36, '…') } else { (first.len_utf8(), first) };
        kept.push(sign);
        rest = &rest[skipped..];
    }
    kept
}

/// Whether this was opened to them: neither sent away nor told that there is nothing.
fn is_let_in(answer: &Answer) -> bool {
    let status = answer.status.as_u16();
    !matches!(status, 401 | 403 | 404 | 405 | 500..) && !answer.header("location").contains("/login")
}

/// Whether somebody may see everybody's, by the line's last words.
fn may_anyway(line: &Theirs, asker: &Person) -> bool {
    let roles = asker.member.as_ref().map(|member| member.me.roles.clone()).unwrap_or_default();
    line.but.split('+').any(|word| roles.iter().any(|role: &Role| role.as_str() == word))
}

async fn open(db: Db) -> (Stage, Vec<Person>) {
    let program = Program::without_limits(db).await;
    let people = everybody(&program.school).await;
    (Stage { program, calls: AtomicU32::default() }, people)
}

async fn cookie(stage: &Stage, person: &Person) -> String {
    match &person.member {
        Some(member) => stage.program.cookie(member).await,
        None => String::new(),
    }
}

/// Whose thing a line is after: Grace's or Ada's.
fn owner<'p>(people: &'p [Person], line: &Theirs) -> &'p Person {
    let names = line.names();
    let has_all = |person: &&Person| names.iter().all(|name| name.starts_with("my.") || person.things.contains_key(*name));
    people[..2].iter().find(has_all).unwrap_or_else(|| panic!("nobody has {names:?}"))
}

/// The names in a line that are not UUIDs, of its owner's things and of nobody's.
fn secret(line: &Theirs, owner: &Person) -> Vec<String> {
    let names = line.names().into_iter().filter(|name| !name.starts_with("my."));
    names.flat_map(|name| [owner.things[name].clone(), nobody_s(name)]).collect()
}

on_both!(nobody_comes_by_what_is_another_s, async |db: Db| {
    let (stage, people) = open(db).await;
    let lines = theirs();
    let mut broken = Vec::new();
    for asker in &people {
        let before = everything_but(&stage.program.school, &ALWAYS).await;
        let cookie = cookie(&stage, asker).await;
        for line in &lines {
            let owner = owner(&people, line);
            if owner.name == asker.name || may_anyway(line, asker) {
                continue;
            }
            let fill = |thing: &dyn Fn(&str) -> Option<String>| {
                filled(&line.path, &asker.things, thing).zip(filled(&line.body, &asker.things, thing))
            };
            let theirs = fill(&|name| owner.things.get(name).cloned());
            let (Some(theirs), Some(nothing)) = (theirs, fill(&|name| Some(nobody_s(name)))) else { continue };
            let theirs = told(&stage.ask(&cookie, line, &theirs.0, theirs.1).await, &secret(line, owner));
            let nothing = told(&stage.ask(&cookie, line, &nothing.0, nothing.1).await, &secret(line, owner));
            if theirs != nothing || theirs.0 >= 500 {
                broken.push(format!("{line:?} as {}: {theirs:?}\n  and for what is not there: {nothing:?}", asker.name));
            }
        }
        for change in changes(&before, &everything_but(&stage.program.school, &ALWAYS).await) {
            broken.push(format!("{} changed what is not theirs: {change}", asker.name));
        }
    }
    // and their owners do come by them: the names were good
    for line in &lines {
        let owner = owner(&people, line);
        let fill = |text: &str| filled(&text.replace("<my.", "<"), &owner.things, &|name| owner.things.get(name).cloned());
        let (Some(path), Some(body)) = (fill(&line.path), fill(&line.body)) else { panic!("{line:?} has a gap") };
        let cookie = cookie(&stage, owner).await;
        let answer = stage.ask(&cookie, line, &path, body).await;
        if !is_let_in(&answer) {
            broken.push(format!("{line:?}: its owner {} is not let in: {:?}", owner.name, told(&answer, &[])));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
});

#[test]
fn a_name_is_left_out_of_what_is_compared() {
    let name = "0190a3c4-0000-7000-8000-0000000000ff";
    assert_eq!(nameless(&format!("/orders/{name}?x=讲-{name}-y abc"), &["abc".into()]), "/orders/…?x=讲-…-y …");
    assert_eq!(nameless("a face of steel", &[]), "a face of steel");
}
