//! What of a person others are shown: never the address they sign in with, unless they are staff who write to people.

use crate::access::{Line, table};
use crate::belongings::{everybody, with_roles};
use crate::program::Program;
use axum::body::Body;
use axum::http::Method;
use domain::Member;
use domain::testing::School;
use model::accounts::Role;
use store::{Db, on_both, sql};

/// The addresses of everybody but this person.
async fn addresses_but(school: &School, own: Option<&Member>) -> Vec<String> {
    let mut conn = school.app.db.read().await.expect("a connection");
    let all = conn
        .query(sql!("SELECT id, email FROM accounts"))
        .all(|row| Ok((row.get::<String>("id")?, row.get::<String>("email")?)))
        .await
        .expect("addresses");
    all.into_iter().filter(|(id, _)| own.is_none_or(|own| own.id.as_str() != id)).map(|(_, email)| email).collect()
}

/// What somebody with this cookie reads there; nothing where the line is no page and no reading.
async fn read(program: &Program, cookie: &str, line: &Line) -> Option<String> {
    let lesson = program.school.engines_lessons()[0].to_string();
    let path = line.at.split(' ').next().unwrap_or_default();
    let gaps = [
        ("{slug}", "analytical-engines"),
        ("{course}", "analytical-engines"),
        ("{handle}", "ada"),
        ("{lesson}", lesson.as_str()),
        ("{name}", if path.starts_with("/legal") { "privacy" } else { "buying" }),
    ];
    let path = gaps.iter().fold(path.to_owned(), |path, (gap, name)| path.replace(gap, name)).replace(['{', '}', '*'], "");
    let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    let answer = match line.what.as_str() {
        // specimens of everything that pages are made of
        "page" if path == "/dev/ui" => return None,
        "page" => program.get(format!("/en{path}").trim_end_matches('/'), &headers).await,
        "call" if path.starts_with("/fn/read_") => {
            program.ask(Method::POST, &path, &headers, Body::from(line.body.clone())).await
        }
        _ => return None,
    };
    Some(String::from_utf8_lossy(&answer.body).into_owned())
}

on_both!(asvs_8_2_3_an_address_is_shown_to_its_owner_and_to_the_staff_who_write_to_people, async |db: Db| {
    let program = Program::without_limits(db).await;
    let school = &program.school;
    // people with orders, seats, courses, payouts and the like
    everybody(school).await;
    let askers = [
        ("anonymous", None),
        ("a learner", Some(school.learner("reader").await)),
        ("an instructor", Some(with_roles(school, "writer", &[Role::Instructor]).await)),
        ("a moderator", Some(with_roles(school, "watcher", &[Role::Moderator]).await)),
    ];
    let mut told = Vec::new();
    for (name, member) in &askers {
        let cookie = match member {
            Some(member) => program.cookie(member).await,
            None => String::new(),
        };
        let others = addresses_but(school, member.as_ref()).await;
        assert!(others.len() > 5, "there are others");
        for line in table() {
            let Some(body) = read(&program, &cookie, &line).await else { continue };
            let shown = others.iter().filter(|address| body.contains(address.as_str()));
            told.extend(shown.map(|address| format!("{} {} as {name}: {address}", line.what, line.at)));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    let support = with_roles(school, "helper", &[Role::Support]).await;
    let people = program.get("/en/admin/users", &[("cookie", program.cookie(&support).await.as_str())]).await;
    assert!(String::from_utf8_lossy(&people.body).contains("grace@lectern.example"), "whoever writes to people reads where to");
});
