//! Letters that are turned off from the letter itself, by a mail program and by a person, without signing in (RFC 8058).

use crate::program::Program;
use axum::body::Body;
use axum::http::Method;
use domain::events::{self, Event, Happening};
use domain::notifications;
use store::{Db, on_both};

/// Grace's membership rests, and she gets what letters are due; the address under which the latest is turned off.
async fn letter(program: &Program) -> Option<String> {
    let school = &program.school;
    let rests = Event::new(Happening::SubscriptionPaused, "s-1").of(&school.grace().id).with(serde_json::json!({}));
    school.app.db.write(async |tx| events::announce(&school.app, tx, rests.clone()).await).await.expect("it is announced");
    school.catch_up(notifications::FOLLOWER).await;
    while notifications::deliver(&school.app).await.expect("letters are sent") {}
    let address = school.letters().last()?.unsubscribe.clone()?;
    Some(address.strip_prefix("http://lectern.test").expect("an address of ours").to_owned())
}

async fn post(program: &Program, path: &str, headers: &[(&str, &str)], body: &str) -> u16 {
    program.ask(Method::POST, path, headers, Body::from(body.to_owned())).await.status.as_u16()
}

async fn page(program: &Program, path: &str) -> String {
    let answer = program.get(path, &[]).await;
    assert_eq!(answer.status.as_u16(), 200, "{path}");
    String::from_utf8_lossy(&answer.body).into_owned()
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

on_both!(rfc_8058_one_click_in_a_mail_program_turns_letters_off, async |db: Db| {
    let program = Program::open(db).await;
    let address = letter(&program).await.expect("the letter can be turned off");
    let led = program.get(&address, &[("accept-language", "en")]).await;
    assert_eq!(led.status.as_u16(), 303);
    let asks = led.header("location").to_owned();
    assert!(asks.starts_with("/en/letters/"), "{asks}");
    assert!(page(&program, &asks).await.contains("Stop these letters"), "who opens it is asked, and nothing is done yet");

    let last = if address.ends_with('0') { '1' } else { '0' };
    let forged = format!("{}{last}", &address[..address.len() - 1]);
    for path in [forged, address.replace(".membership.", ".gifts."), "/unsubscribe/x".into()] {
        assert_eq!(post(&program, &path, &[FORM], "List-Unsubscribe=One-Click").await, 404, "{path}");
    }
    let elsewhere = [FORM, ("origin", "https://evil.example")];
    assert_eq!(post(&program, &address, &elsewhere, "List-Unsubscribe=One-Click").await, 403);
    assert!(page(&program, &asks).await.contains("Stop these letters"));

    // as RFC 8058 has it: no cookie, no origin, a form of either kind; twice is once
    let parts = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    assert_eq!(post(&program, &address, &[("content-type", "multipart/form-data; boundary=x")], parts).await, 200);
    assert_eq!(post(&program, &address, &[FORM], "List-Unsubscribe=One-Click").await, 200);
    assert!(!page(&program, &asks).await.contains("Stop these letters"));
    let sent = program.school.letters().len();
    letter(&program).await;
    assert_eq!(program.school.letters().len(), sent, "no more of them");
});

on_both!(the_page_behind_a_letter_turns_letters_off_without_signing_in, async |db: Db| {
    let program = Program::open(db).await;
    letter(&program).await.expect("the letter can be turned off");
    let text = program.school.letters().pop().expect("a letter").text;
    let (_, link) = text.split_once("http://lectern.test/en/letters/").expect("its link stands in the letter");
    let path = format!("/en/letters/{}", link.lines().next().unwrap_or_default());
    assert!(page(&program, &path).await.contains("Membership"));
    let headers = [FORM, ("sec-fetch-site", "same-origin")];
    assert_eq!(post(&program, &path, &headers, "form=off").await, 303);
    assert!(page(&program, &path).await.contains("You get no more letters about this: Membership"));
    assert_eq!(program.get("/en/letters/x", &[]).await.status.as_u16(), 404);
});
