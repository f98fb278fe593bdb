//! Registering and signing in as a browser without script does it.

use crate::harness::{Running, header};
use store::Kind;

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

#[tokio::test(flavor = "multi_thread")]
async fn sec_l1_every_wrong_sign_in_is_answered_with_the_same_bytes() {
    let running = Running::start(Kind::Sqlite).await;
    let mut answers = Vec::new();
    for (email, password) in [("grace@lectern.example", "wrong"), ("nobody@lectern.example", "wrong")] {
        let before = running.school.app.hashing.worked();
        let answer = running.anybody().post("/en/login", &[("email", email), ("password", password)]).await;
        assert_eq!(running.school.app.hashing.worked() - before, 1);
        let mut headers: Vec<String> = answer.headers().keys().map(ToString::to_string).collect();
        headers.sort();
        let status = answer.status();
        answers.push((status, headers, answer.text().await.expect("a page").replace(email, "")));
    }
    assert_eq!(answers[0], answers[1]);
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
