//! Stories of letters.

use super::{FOLLOWER, choose_channels, deliver, letters_off_page, notices, read_all, turn_letters_off};
use crate::events::{self, Event, Happening, Occasion};
use crate::payments::{self, Fact};
use crate::testing::School;
use crate::{Error, Result, accounts, orders, settlement};
use model::orders::{Key, NextStep, PayRequest};
use model::payments::Provider;
use model::privacy::{AnswerConsent, ChooseChannels};
use model::time::{hours, minutes};
use model::{Currency, Lang, Money};
use store::{Db, on_both};

/// Lets the worker do everything that is due now.
async fn work(school: &School) -> Result<()> {
    school.catch_up(FOLLOWER).await;
    while deliver(&school.app).await? {}
    Ok(())
}

async fn grace_joins(school: &School) -> Result<()> {
    let grace = school.grace();
    let joined = Event::new(Happening::MemberJoined, &grace.id).of(&grace.id);
    school.app.db.write(async |tx| events::announce(&school.app, tx, joined.clone()).await).await
}

on_both!(who_joins_is_welcomed_once_in_their_language, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    grace_joins(&school).await?;
    work(&school).await?;
    work(&school).await?;
    let letters = school.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "grace@lectern.example");
    assert!(letters[0].text.contains("http://lectern.test/en/feed"), "{}", letters[0].text);
    Ok(())
});

on_both!(two_workers_at_once_send_one_letter, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    grace_joins(&school).await?;
    let (one, other) = futures::future::join(work(&school), work(&school)).await;
    one.and(other)?;
    work(&school).await?;
    assert_eq!(school.letters().len(), 1);
    Ok(())
});

on_both!(a_letter_waits_for_the_mail_server_and_keeps_its_id, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.mail.out_of_order(true);
    grace_joins(&school).await?;
    work(&school).await?;
    school.mail.out_of_order(false);
    work(&school).await?;
    assert!(school.letters().is_empty(), "it is not tried again at once");
    school.after(minutes(2));
    work(&school).await?;
    assert_eq!(school.letters().len(), 1);
    Ok(())
});

on_both!(a_letter_that_never_leaves_is_given_up_and_does_not_hold_others_up, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.mail.out_of_order(true);
    grace_joins(&school).await?;
    for _ in 0..10 {
        work(&school).await?;
        school.after(hours(25));
    }
    school.mail.out_of_order(false);
    work(&school).await?;
    assert!(school.letters().is_empty(), "it was given up");
    let sam = school.sam();
    let due = Event::new(Happening::MailDue, Occasion::SomeoneTried).of(&sam.id);
    school.app.db.write(async |tx| events::announce(&school.app, tx, due.clone()).await).await?;
    work(&school).await?;
    assert_eq!(school.letters().len(), 1);
    Ok(())
});

on_both!(an_event_about_nobody_we_know_is_passed_over, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let nobody = "nobody".parse().map_err(Error::bug)?;
    let joined = Event::new(Happening::MemberJoined, &nobody).of(&nobody);
    school.app.db.write(async |tx| events::announce(&school.app, tx, joined.clone()).await).await?;
    grace_joins(&school).await?;
    work(&school).await?;
    assert_eq!(school.letters().len(), 1);
    Ok(())
});

/// Grace is about to pay; her attempt.
async fn grace_orders(school: &School) -> Result<String> {
    let (app, grace) = (&school.app, school.grace());
    let slug = "analytical-engines".parse().map_err(Error::bug)?;
    let step = orders::begin_checkout(app, &grace, &slug).await?;
    let NextStep::Checkout(checkout) = step else { panic!("no checkout: {step:?}") };
    let request = PayRequest { provider: None, shown: None, key: Key::parse("second")?, payer: Default::default() };
    let step = orders::place(app, &grace, Lang::En, &checkout, &request).await?;
    let NextStep::PayAt(page) = step else { panic!("nothing to pay: {step:?}") };
    Ok(page.rsplit('/').next().unwrap_or_default().to_owned())
}

/// So much comes by an attempt, in fen.
async fn comes(school: &School, attempt: &str, minor: i64) -> Result<()> {
    let told = school.till.tell(attempt, Fact::Succeeded, Money::new(minor, Currency::Cny));
    payments::keep(&school.app, Provider::Sandbox, &["good"], told.as_bytes()).await?;
    while settlement::work(&school.app).await? {}
    Ok(())
}

async fn grace_buys(school: &School) -> Result<String> {
    let attempt = grace_orders(school).await?;
    comes(school, &attempt, 19_900).await?;
    Ok(school.announced(Happening::OrderPaid).await[0].subject.clone())
}

on_both!(a_paid_order_gets_its_receipt_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let grace = school.grace();
    let order = grace_buys(&school).await?;
    work(&school).await?;
    let paid = Event::new(Happening::OrderPaid, &order).of(&grace.id);
    school.app.db.write(async |tx| events::announce(&school.app, tx, paid.clone()).await).await?;
    work(&school).await?;
    let letters = school.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].subject.contains("R-000001"), "{}", letters[0].subject);
    for part in ["Analytical Engines", "199.00", &format!("http://lectern.test/en/orders/{order}")] {
        assert!(letters[0].text.contains(part), "{part}: {}", letters[0].text);
    }
    Ok(())
});

on_both!(sm_1_money_that_has_no_place_is_told_of_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let attempt = grace_orders(&school).await?;
    for _ in 0..2 {
        comes(&school, &attempt, 12_345).await?;
        work(&school).await?;
    }
    let letters = school.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    for part in ["123.45", "not the amount asked for", "http://lectern.test/en/orders/"] {
        assert!(letters[0].text.contains(part), "{part}: {}", letters[0].text);
    }
    Ok(())
});

on_both!(a_refund_into_the_wallet_is_told_as_one, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let order = crate::testing::buying::bought(&school, &school.grace()).await?;
    let ask = model::refunds::AskRefund {
        reason: "Not for me".into(),
        destination: "wallet".into(),
        idem: "a1".into(),
        ..Default::default()
    };
    orders::ask_refund(&school.app, &school.grace(), &order, ask).await?;
    work(&school).await?;
    let letters = school.letters();
    let told = letters.iter().find(|letter| letter.subject.contains("wallet")).map(|letter| letter.text.as_str());
    assert!(told.is_some_and(|text| text.contains("199.00") && !text.contains("working days")), "{letters:?}");
    Ok(())
});

on_both!(who_wants_no_letters_about_refunds_gets_receipts_and_warnings_all_the_same, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    choose_channels(app, &grace, &ChooseChannels { mail: vec![], inside: vec!["purchases".into()] }).await?;
    let order = crate::testing::buying::bought(&school, &grace).await?;
    crate::testing::buying::refunded(&school, &order, "").await?;
    let warning = Event::new(Happening::MailDue, Occasion::PasswordChanged).of(&grace.id);
    app.db.write(async |tx| events::announce(app, tx, warning.clone()).await).await?;
    work(&school).await?;
    let subjects: Vec<String> = school.letters().into_iter().map(|letter| letter.subject).collect();
    assert!(subjects.iter().any(|subject| subject.contains("R-000001")), "{subjects:?}");
    assert!(subjects.iter().any(|subject| subject.contains("password")), "{subjects:?}");
    assert!(!subjects.iter().any(|subject| subject.contains("refund")), "{subjects:?}");
    let inside = notices(app, &grace, 1).await?.items;
    assert!(inside.iter().any(|notice| notice.page == format!("/orders/{order}") && notice.fresh), "{inside:?}");
    read_all(app, &grace).await?;
    assert!(notices(app, &grace, 1).await?.items.iter().all(|notice| !notice.fresh));
    Ok(())
});

on_both!(gd_3_letters_about_new_courses_are_for_who_agreed_and_as_long_as_they_do, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let topics =
        model::accounts::ChooseInterests { topic: vec!["data".into(), "music".into(), "humanities".into()], next: String::new() };
    accounts::choose_interests(app, &grace, &topics).await?;
    let answer = |answer: &str| AnswerConsent { purpose: "letters".into(), answer: answer.into() };
    school.another_course("before", 0).await;
    work(&school).await?;
    assert!(school.letters().is_empty(), "nobody agreed");
    accounts::answer(app, &grace, Lang::En, &answer("yes")).await?;
    school.another_course("meanwhile", 0).await;
    work(&school).await?;
    let told: Vec<String> = school.letters().into_iter().map(|letter| letter.subject).collect();
    assert_eq!(told, ["A new course: meanwhile"]);
    accounts::answer(app, &grace, Lang::En, &answer("no")).await?;
    school.another_course("after", 0).await;
    work(&school).await?;
    assert_eq!(school.letters().len(), 1, "it was taken back");
    Ok(())
});

/// What stands behind the last slash of the address under which the latest letter is turned off.
fn stop_of(school: &School) -> Option<String> {
    let address = school.letters().last()?.unsubscribe.clone()?;
    Some(address.strip_prefix("http://lectern.test/unsubscribe/").unwrap_or_default().to_owned())
}

async fn grace_rests(school: &School) -> Result<()> {
    let rests = Event::new(Happening::SubscriptionPaused, "s-1").of(&school.grace().id).with(serde_json::json!({}));
    school.app.db.write(async |tx| events::announce(&school.app, tx, rests.clone()).await).await?;
    work(school).await
}

on_both!(rfc_8058_letters_one_may_do_without_are_turned_off_by_their_link, async |db: Db| -> Result<(), Error> {
    let mut school = School::open(db).await;
    let grace = school.grace();
    grace_rests(&school).await?;
    let token = stop_of(&school).expect("it can be turned off");
    assert!(school.letters()[0].text.contains(&format!("http://lectern.test/en/letters/{token}")));
    school.change_secret(b"the secret after that one", true);
    let app = &school.app;
    assert!(letters_off_page(app, &token).await?.sent);
    for forged in
        [token.replace("membership", "gifts"), token.replace(grace.id.as_str(), school.lin().id.as_str()), String::new()]
    {
        assert!(matches!(turn_letters_off(app, Lang::En, &forged).await, Err(Error::Fault(model::Fault::NotFound))), "{forged}");
    }
    turn_letters_off(app, Lang::En, &token).await?;
    turn_letters_off(app, Lang::En, &token).await?;
    assert!(!letters_off_page(app, &token).await?.sent);
    grace_rests(&school).await?;
    assert_eq!(school.letters().len(), 1, "no more of them");
    assert_eq!(notices(&school.app, &grace, 1).await?.items.len(), 2, "and told inside as before");
    school.change_secret(b"a secret that knows no other", false);
    assert!(letters_off_page(&school.app, &token).await.is_err());
    Ok(())
});

on_both!(rfc_8058_the_link_of_a_letter_about_a_new_course_takes_the_consent_back, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let topics =
        model::accounts::ChooseInterests { topic: vec!["data".into(), "music".into(), "humanities".into()], next: String::new() };
    accounts::choose_interests(app, &grace, &topics).await?;
    accounts::answer(app, &grace, Lang::En, &AnswerConsent { purpose: "letters".into(), answer: "yes".into() }).await?;
    school.another_course("meanwhile", 0).await;
    work(&school).await?;
    let token = stop_of(&school).expect("it can be turned off");
    turn_letters_off(app, Lang::En, &token).await?;
    turn_letters_off(app, Lang::En, &token).await?;
    let history = accounts::privacy(app, &grace).await?.history;
    let answers: Vec<bool> =
        history.iter().filter(|answer| answer.purpose == model::privacy::Purpose::Letters).map(|answer| answer.given).collect();
    assert_eq!(answers, [false, true], "taken back once");
    Ok(())
});

on_both!(letters_about_money_and_safety_are_not_turned_off_by_a_link, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let order = crate::testing::buying::bought(&school, &grace).await?;
    crate::testing::buying::refunded(&school, &order, "").await?;
    let warning = Event::new(Happening::MailDue, Occasion::PasswordChanged).of(&grace.id);
    app.db.write(async |tx| events::announce(app, tx, warning.clone()).await).await?;
    grace_joins(&school).await?;
    work(&school).await?;
    let letters = school.letters();
    assert!(letters.len() >= 4, "{letters:?}");
    assert!(letters.iter().all(|letter| letter.unsubscribe.is_none() && !letter.text.contains("/letters/")), "{letters:?}");
    Ok(())
});
