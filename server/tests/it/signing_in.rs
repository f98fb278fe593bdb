//! Registering and signing in as a browser without script does it.

use crate::authorisation::{changes, everything_but};
use crate::harness::{Running, header};
use crate::program::Program;
use axum::body::Body;
use domain::testing::School;
use domain::{accounts, notifications};
use model::time::minutes;
use reqwest::Method;
use reqwest::header::HOST;
use std::convert::Infallible;
use std::time::Duration;
use store::{Db, Kind, on_both, sql};

async fn the_way_in(kind: Kind) {
    let running = Running::start(kind).await;
    let anybody = running.anybody();
    let page = anybody.get("/en/register?next=/en/courses").await.text().await.expect("a page");
    assert!(page.contains("value=\"/en/courses\""));
    let wrong =
        anybody.post("/en/register", &[("form", "register"), ("name", "Kay"), ("email", "kay"), ("password", "short")]).await;
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await.expect("a page");
    assert!(page.contains("value=\"Kay\"") && page.contains("value=\"kay\""), "what was typed is still there");
    assert!(!page.contains("short\""), "but the password is not");
    let fields = [
        ("form", "register"),
        ("name", "Kay"),
        ("email", "kay@example.com"),
        ("password", "the moon is not made of cheese"),
        ("next", "/en/courses"),
    ];
    let done = anybody.post("/en/register", &fields).await;
    assert_eq!((done.status().as_u16(), header(&done, "location")), (303, "/en/settings/interests?next=/en/courses"));
    assert!(header(&done, "set-cookie").starts_with("sid="));
    let again = anybody.post("/en/login", &[fields[2], fields[3], ("next", "https://evil.example")]).await;
    assert_eq!((again.status().as_u16(), header(&again, "location")), (303, "/en/feed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_registers_and_signs_in_without_script_on_sqlite() {
    the_way_in(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_registers_and_signs_in_without_script_on_postgres() {
    the_way_in(Kind::Postgres).await;
}

async fn every_wrong_sign_in_is_answered_with_the_same_bytes(kind: Kind) {
    let running = Running::start(kind).await;
    let school = &running.school;
    let (suspended, without) = (school.learner("suspended").await, school.learner("without").await);
    school.suspend(&suspended).await;
    let forgotten = school.app.db.write(async |tx| {
        let forget = sql!("UPDATE accounts SET password_hash = NULL WHERE id = $1");
        tx.query(forget).bind(without.id.as_str()).execute().await?;
        Ok::<_, domain::Error>(())
    });
    forgotten.await.expect("an account that comes in by another house alone");
    let mut answers = Vec::new();
    for (email, password) in [
        ("grace@lectern.example", "wrong"),
        ("nobody@lectern.example", "wrong"),
        ("suspended@lectern.example", domain::testing::PASSWORD),
        ("without@lectern.example", domain::testing::PASSWORD),
    ] {
        let before = school.app.hashing.worked();
        let answer = running.anybody().post("/en/login", &[("email", email), ("password", password)]).await;
        assert_eq!(school.app.hashing.worked() - before, 1, "{email}");
        let headers =
            answer.headers().iter().filter(|(name, _)| !["x-request-id", "date", "content-length"].contains(&name.as_str()));
        let headers: Vec<_> =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
        let status = answer.status();
        answers.push((status, headers, answer.text().await.expect("a page").replace(email, "")));
    }
    for answer in &answers[1..] {
        assert_eq!(answer, &answers[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_l1_every_wrong_sign_in_is_answered_with_the_same_bytes_on_sqlite() {
    every_wrong_sign_in_is_answered_with_the_same_bytes(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_l1_every_wrong_sign_in_is_answered_with_the_same_bytes_on_postgres() {
    every_wrong_sign_in_is_answered_with_the_same_bytes(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_l3_the_sixth_failure_of_a_minute_is_told_to_wait() {
    let running = Running::start(Kind::Sqlite).await;
    for nth in 0..6 {
        let answer =
            running.anybody().post("/zh/login", &[("email", &format!("x{nth}@example.com")), ("password", "wrong")]).await;
        assert_eq!(answer.status(), if nth < 5 { 422 } else { 429 });
        if nth == 5 {
            assert!(!header(&answer, "retry-after").is_empty());
        }
    }
}

on_both!(sec_l3_who_signs_in_while_too_many_do_is_told_when_to_come_again, async |db: Db| {
    let mut school = School::open(db).await;
    school.app.hashing = school.app.hashing.clone().overrun(Duration::from_millis(5));
    let program = Program::of(school);
    let form = "form=login&email=grace%40lectern.example&password=lectern-demo";
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    let answer = program.ask(Method::POST, "/en/login", &headers, form.into()).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "2"));
    assert_eq!(answer.header("set-cookie"), "", "nobody came in");
    let page = String::from_utf8_lossy(&answer.body);
    assert!(page.contains("value=\"grace@lectern.example\"") && !page.contains("lectern-demo"), "the form waits for another try");
    assert_eq!(program.get("/en/courses", &[]).await.status.as_u16(), 200, "whoever reads is served");
});

#[tokio::test(flavor = "multi_thread")]
async fn every_way_out_lets_the_script_send_what_waits_on_this_device_first() {
    let running = Running::start(Kind::Sqlite).await;
    let grace = running.school.grace();
    let browser = running.signed_in(&grace).await;
    for page in ["/en/me/learning", "/en/logout"] {
        let text = browser.get(page).await.text().await.expect("a page");
        let forms = text.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next());
        let forms: Vec<_> = forms.filter(|form| form.contains("Sign out")).collect();
        assert!(!forms.is_empty(), "{page}");
        for form in forms.iter().filter_map(|form| form.split_once('>')) {
            assert!(form.0.contains("data-sign-out"), "{page}: <form{}>", form.0);
        }
    }
}

/// Status, place and kinds of headers of an answer, without what differs each time.
fn shape(answer: &reqwest::Response) -> (u16, String, Vec<String>, String) {
    let mut headers: Vec<String> = answer.headers().keys().map(ToString::to_string).collect();
    headers.sort();
    let cookie: String = header(answer, "set-cookie").chars().map(|c| if c.is_ascii_hexdigit() { 'x' } else { c }).collect();
    (answer.status().as_u16(), header(answer, "location").to_owned(), headers, cookie)
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_l2_registering_and_forgetting_answer_the_same_whoever_has_the_address() {
    let running = Running::start(Kind::Sqlite).await;
    let mut registered = Vec::new();
    let mut forgotten = Vec::new();
    for email in ["grace@lectern.example", "nobody@lectern.example"] {
        let fields = [("form", "register"), ("name", "Kay"), ("email", email), ("password", "the moon is not made of cheese")];
        registered.push(shape(&running.anybody().post("/en/register", &fields).await));
        let answer = running.anybody().post("/en/reset", &[("form", "reset"), ("email", email)]).await;
        forgotten.push((shape(&answer), answer.text().await.expect("a body")));
    }
    assert_eq!(registered[0], registered[1]);
    assert_eq!(registered[0].1, "/en/settings/interests?next=/en/feed");
    assert_eq!(forgotten[0], forgotten[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_l6_a_letter_s_link_leads_to_us_whatever_host_was_asked() {
    let running = Running::start(Kind::Sqlite).await;
    let request = running.anybody().bare(Method::POST, "/en/reset").header(HOST, "evil.example");
    let answer = request.form(&[("form", "reset"), ("email", "grace@lectern.example")]).send().await.expect("an answer");
    assert_eq!(answer.status(), 303);
    let app = &running.school.app;
    while accounts::answer_request(app).await.expect("the request is answered") {}
    running.school.catch_up(notifications::FOLLOWER).await;
    while notifications::deliver(app).await.expect("the letter is sent") {}
    let letters = running.school.letters();
    assert_eq!(letters.len(), 1);
    assert!(
        letters[0].text.contains("http://lectern.test/en/reset/") && !letters[0].text.contains("evil"),
        "{}",
        letters[0].text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn money_goes_out_only_after_its_sender_has_shown_who_they_are() {
    let running = Running::start(Kind::Sqlite).await;
    let sam = running.signed_in(&running.school.sam()).await;
    let step = [("form", "step"), ("payout", "none"), ("step", "approve")];
    let fresh = sam.post("/en/admin/payouts", &step).await;
    assert_ne!(fresh.status(), 403);
    running.school.after(minutes(6));
    let stale = sam.post("/en/admin/payouts", &step).await;
    assert_eq!(stale.status(), 403);
    let page = stale.text().await.expect("a page");
    assert!(page.contains("name=\"payout\" value=\"none\"") && page.contains("name=\"confirm_password\""), "{page}");
    let wrong = sam.post("/en/admin/payouts", &[step[0], step[1], step[2], ("confirm_password", "wrong")]).await;
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await.expect("a page");
    assert!(page.contains("name=\"payout\" value=\"none\"") && page.contains("name=\"confirm_password\""), "{page}");
    let right =
        sam.post("/en/admin/payouts", &[step[0], step[1], step[2], ("confirm_password", domain::testing::PASSWORD)]).await;
    let page = right.text().await.expect("a page");
    assert!(!page.contains("confirm_password"), "the deed was tried: {page}");
    let again = sam.post("/en/admin/payouts", &step).await;
    assert_ne!(again.status(), 403);
}

on_both!(a_session_that_ends_while_a_form_is_on_its_way_sends_nothing, async |db: Db| {
    let program = Program::open(db).await;
    let grace = program.school.grace();
    for (address, form) in [
        ("/en/settings/tokens", "form=make&name=mine&scope=orders%3Aread"),
        ("/en/settings/security/codes", "form=begin"),
        ("/en/settings/security", "form=email&email=mine%40example.com"),
        ("/fn/begin_passkey", ""),
        ("/api/v1/refunds", "{}"),
    ] {
        let (cookie, app) = (program.cookie(&grace).await, program.school.app.clone());
        // the head was read and the session alive; then the owner signs out everywhere
        let body = Body::from_stream(futures::stream::once(async move {
            let ended = app.db.write(async |tx| {
                tx.query(sql!("DELETE FROM sessions")).execute().await?;
                Ok::<_, domain::Error>(())
            });
            ended.await.expect("they are signed out");
            Ok::<_, Infallible>(form)
        }));
        let before = everything_but(&program.school, &["sessions"]).await;
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers = [kind, ("sec-fetch-site", "same-origin"), ("cookie", cookie.as_str())];
        let answer = program.ask(Method::POST, address, &headers, body).await;
        let refused = answer.status.as_u16() == 401 || answer.header("location").contains("/login");
        assert!(refused, "{address}: {} {}", answer.status, answer.header("location"));
        assert_eq!(changes(&before, &everything_but(&program.school, &["sessions"]).await), Vec::<String>::new(), "{address}");
    }
});
