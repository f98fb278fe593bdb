//! Stories of the second factor.

use super::*;
use crate::accounts::totp;
use crate::secrets::Secret;
use model::accounts::{SecondFactor, SecondStep};
use model::text::Hidden;
use model::time::seconds;

fn typed(code: impl Into<String>) -> SecondStep {
    SecondStep { code: Hidden::new(code), next: String::new() }
}

/// What an app reads from the page.
fn secret_of(key: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String =
        key.chars().filter(|c| !c.is_whitespace()).map(|c| format!("{:05b}", ALPHABET.find(c).expect("base32"))).collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).expect("bits"), 2).expect("a byte"))
        .collect()
}

/// Grace sets up her app; answers its secret and her session of now.
async fn set_up(school: &School) -> Result<(Vec<u8>, Secret), Error> {
    let app = &school.app;
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let grace = holding(school, arrived.session.reveal()).await?;
    accounts::begin_second(app, &grace).await?;
    let SecondFactor::Begun(setup) = accounts::second_page(app, &grace).await?.factor else { panic!("not begun") };
    assert!(setup.scan.is_some());
    let secret = secret_of(&setup.key);
    assert_eq!(secret.len(), 20, "160 bits");
    assert_eq!(problem(accounts::finish_second(app, &grace, &typed("000000")).await, "code"), Problem::WrongCode);
    let session = accounts::finish_second(app, &grace, &typed(totp::code_at(&secret, app.now()))).await?;
    assert!(
        accounts::who_has(app, arrived.session.reveal()).await?.is_none(),
        "a new secret for the session, and no other session"
    );
    Ok((secret, session))
}

/// Grace shows her password.
async fn half_way(school: &School) -> Result<Secret, Error> {
    match accounts::sign_in(&school.app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await? {
        Arrival::Second(challenge) => Ok(challenge),
        other => panic!("no code was asked for: {other:?}"),
    }
}

on_both!(sec_l4_a_code_is_asked_for_after_the_password_and_works_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (secret, _) = set_up(&school).await?;
    let (app, visitor) = (&school.app, stranger("b"));
    let challenge = half_way(&school).await?;
    assert!(accounts::who_has(app, challenge.reveal()).await?.is_none(), "the challenge is no session");
    let used = typed(totp::code_at(&secret, app.now()));
    let again = accounts::second_step(app, &visitor, challenge.reveal(), &used).await;
    assert_eq!(problem(again, "code"), Problem::WrongCode, "the code that set it up is spent");
    school.after(seconds(31));
    let code = typed(totp::code_at(&secret, app.now()));
    let arrived = accounts::second_step(app, &visitor, challenge.reveal(), &code).await?;
    assert!(accounts::who_has(app, arrived.session.reveal()).await?.is_some());
    assert_eq!(refused(accounts::second_step(app, &visitor, challenge.reveal(), &code).await), Refusal::StepOver);
    let next = half_way(&school).await?;
    assert_eq!(problem(accounts::second_step(app, &visitor, next.reveal(), &code).await, "code"), Problem::WrongCode);
    Ok(())
});

on_both!(sec_l4_one_code_at_two_doors_at_once_opens_one, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (secret, _) = set_up(&school).await?;
    let mut challenges = Vec::new();
    for _ in 0..5 {
        challenges.push(half_way(&school).await?);
    }
    school.after(seconds(31));
    let code = typed(totp::code_at(&secret, school.app.now()));
    let visitor = stranger("b");
    let tries = challenges.iter().map(|challenge| accounts::second_step(&school.app, &visitor, challenge.reveal(), &code));
    let opened = futures::future::join_all(tries).await.into_iter().filter(Result::is_ok).count();
    assert_eq!(opened, 1);
    Ok(())
});

on_both!(sec_l3_five_codes_are_tried_and_then_the_password_is_asked_for_again, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (secret, _) = set_up(&school).await?;
    let (app, visitor) = (&school.app, stranger("b"));
    let challenge = half_way(&school).await?;
    for _ in 0..5 {
        assert_eq!(
            problem(accounts::second_step(app, &visitor, challenge.reveal(), &typed("000000")).await, "code"),
            Problem::WrongCode
        );
    }
    school.after(seconds(31));
    let right = typed(totp::code_at(&secret, app.now()));
    assert_eq!(refused(accounts::second_step(app, &visitor, challenge.reveal(), &right).await), Refusal::StepOver);
    let late = half_way(&school).await?;
    school.after(minutes(11));
    let right = typed(totp::code_at(&secret, app.now()));
    assert_eq!(refused(accounts::second_step(app, &visitor, late.reveal(), &right).await), Refusal::StepOver);
    Ok(())
});

on_both!(sec_l4_ten_recovery_codes_open_once_each_and_are_shown_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (_, session) = set_up(&school).await?;
    let (app, visitor) = (&school.app, stranger("b"));
    let grace = holding(&school, session.reveal()).await?;
    let page = accounts::second_page(app, &grace).await?;
    assert_eq!(page.codes.len(), 10);
    let challenge = half_way(&school).await?;
    let code = typed(page.codes[3].to_lowercase());
    accounts::second_step(app, &visitor, challenge.reveal(), &code).await?;
    let challenge = half_way(&school).await?;
    assert_eq!(problem(accounts::second_step(app, &visitor, challenge.reveal(), &code).await, "code"), Problem::WrongCode);
    school.after(minutes(6));
    let grace = holding(&school, session.reveal()).await?;
    let later = accounts::second_page(app, &grace).await?;
    assert!(later.codes.is_empty());
    assert!(matches!(later.factor, SecondFactor::On { codes_left: 9, .. }), "{later:?}");
    Ok(())
});

on_both!(sec_l6_a_reset_by_mail_leaves_the_second_factor_as_it_is, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    set_up(&school).await?;
    let app = &school.app;
    let begun = half_way(&school).await?;
    accounts::ask_reset(app, &stranger("a"), &model::accounts::AskReset { email: "grace@lectern.example".into() }).await?;
    post(&school).await?;
    let link = school
        .letters()
        .into_iter()
        .find_map(|letter| Some(letter.text.split_once("/en/reset/")?.1.chars().take(64).collect::<String>()));
    let form = model::accounts::NewPassword { new_password: Hidden::new(SENTENCE) };
    accounts::reset_password(app, &stranger("a"), &link.expect("a link"), &form).await?;
    let arrival = accounts::sign_in(app, &stranger("a"), &sign_in("grace@lectern.example", SENTENCE)).await?;
    assert!(matches!(arrival, Arrival::Second(_)), "{arrival:?}");
    let by_registering = accounts::sign_up(app, &stranger("a"), &sign_up("Grace", "grace@lectern.example", SENTENCE)).await?;
    assert!(matches!(by_registering, Arrival::Second(_)), "{by_registering:?}");
    assert_eq!(refused(accounts::second_step(app, &stranger("b"), begun.reveal(), &typed("000000")).await), Refusal::StepOver);
    Ok(())
});

on_both!(who_has_codes_confirms_with_password_and_code_and_turns_them_off_again, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (secret, session) = set_up(&school).await?;
    let app = &school.app;
    school.after(minutes(6));
    let grace = holding(&school, session.reveal()).await?;
    assert!(matches!(accounts::end_second(app, &grace).await, Err(Error::Fault(Fault::Confirm))));
    let alone = model::accounts::ConfirmIt { password: Hidden::new(PASSWORD), ..Default::default() };
    assert_eq!(problem(accounts::confirm(app, &grace, &alone).await, "code"), Problem::Required);
    let code = Hidden::new(totp::code_at(&secret, app.now()));
    accounts::confirm(app, &grace, &model::accounts::ConfirmIt { code, ..alone }).await?;
    let grace = holding(&school, session.reveal()).await?;
    let fresh = accounts::end_second(app, &grace).await?;
    assert!(accounts::who_has(app, session.reveal()).await?.is_none());
    assert!(accounts::who_has(app, fresh.reveal()).await?.is_some());
    enter(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    Ok(())
});

on_both!(the_secret_lies_sealed_in_the_database, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (secret, _) = set_up(&school).await?;
    let kept = accounts::queries::second::factor(&mut school.app.db.read().await?, &school.grace().id).await?.expect("a factor");
    assert!(!kept.sealed.windows(8).any(|part| secret.windows(8).any(|own| own == part)));
    assert_eq!(kept.key_id, crate::vault::key_id(&school.app));
    Ok(())
});

on_both!(a_new_password_is_no_proof_where_codes_are_asked_for, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (_, session) = set_up(&school).await?;
    let app = &school.app;
    let form = ChangePassword { current_password: Hidden::new(PASSWORD), new_password: Hidden::new(SENTENCE) };
    let fresh = accounts::change_password(app, &holding(&school, session.reveal()).await?, &form).await?;
    school.after(minutes(6));
    let stale = holding(&school, fresh.reveal()).await?;
    let form = ChangePassword { current_password: Hidden::new(SENTENCE), new_password: Hidden::new("yet another sentence") };
    assert!(matches!(accounts::change_password(app, &stale, &form).await, Err(Error::Fault(Fault::Confirm))));
    assert!(matches!(accounts::end_second(app, &stale).await, Err(Error::Fault(Fault::Confirm))));
    Ok(())
});

on_both!(a_changed_secret_leaves_the_recovery_codes_and_the_one_before_opens_the_rest, async |db: Db| -> Result<(), Error> {
    let mut school = School::open(db).await;
    let (secret, session) = set_up(&school).await?;
    let grace = holding(&school, session.reveal()).await?;
    let codes = accounts::second_page(&school.app, &grace).await?.codes;
    let here = stranger("b");
    // the one before was thrown away
    school.change_secret(b"quite another secret", false);
    let challenge = half_way(&school).await?;
    school.after(seconds(31));
    let by_app = typed(totp::code_at(&secret, school.app.now()));
    let outcome = accounts::second_step(&school.app, &here, challenge.reveal(), &by_app).await;
    assert_eq!(problem(outcome, "code"), Problem::CodeUnreadable);
    accounts::second_step(&school.app, &here, challenge.reveal(), &typed(codes[0].clone())).await?;
    let lost = accounts::census(&mut school.app.db.read().await?, &[b"quite another secret".as_slice()]).await?;
    assert_eq!((lost.present, lost.former, lost.lost), (0, 0, 1));
    // found again, and kept beside the new one
    school.change_secret(b"the media key of the test school", false);
    school.change_secret(b"a third secret", true);
    let challenge = half_way(&school).await?;
    school.after(seconds(31));
    let by_app = typed(totp::code_at(&secret, school.app.now()));
    accounts::second_step(&school.app, &here, challenge.reveal(), &by_app).await?;
    accounts::reseal(&school.app).await?;
    // sealed anew, it needs the one before no longer
    school.change_secret(b"a third secret", false);
    let challenge = half_way(&school).await?;
    school.after(seconds(31));
    let by_app = typed(totp::code_at(&secret, school.app.now()));
    accounts::second_step(&school.app, &here, challenge.reveal(), &by_app).await?;
    Ok(())
});

on_both!(an_app_that_was_begun_under_a_secret_that_is_gone_is_begun_anew, async |db: Db| -> Result<(), Error> {
    let mut school = School::open(db).await;
    let arrived = enter(&school.app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let grace = holding(&school, arrived.session.reveal()).await?;
    accounts::begin_second(&school.app, &grace).await?;
    school.change_secret(b"quite another secret", false);
    assert!(matches!(accounts::second_page(&school.app, &grace).await?.factor, SecondFactor::Off));
    accounts::begin_second(&school.app, &grace).await?;
    assert!(matches!(accounts::second_page(&school.app, &grace).await?.factor, SecondFactor::Begun(_)));
    Ok(())
});

on_both!(who_guesses_codes_locks_strangers_out_and_not_the_owner, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let home = Visitor { network: "203.0.113.7".into(), ..stranger("") };
    enter(&school.app, &home, &sign_in("grace@lectern.example", PASSWORD)).await?;
    let (secret, session) = set_up(&school).await?;
    let app = &school.app;
    let codes = accounts::second_page(app, &holding(&school, session.reveal()).await?).await?.codes;
    let thief = Visitor { network: "198.51.100.9".into(), ..stranger("") };
    for round in 0..4 {
        let challenge = half_way(&school).await?;
        for _ in 0..5 {
            let wrong = accounts::second_step(app, &thief, challenge.reveal(), &typed("000000")).await;
            assert!(wrong.is_err(), "round {round}");
        }
    }
    let challenge = half_way(&school).await?;
    let late = accounts::second_step(app, &thief, challenge.reveal(), &typed("000000")).await;
    assert!(matches!(late, Err(Error::Fault(Fault::TooOften { .. }))), "{late:?}");
    // from where she always comes, and from anywhere with a recovery code
    school.after(seconds(31));
    let challenge = half_way(&school).await?;
    let by_app = typed(totp::code_at(&secret, app.now()));
    accounts::second_step(app, &home, challenge.reveal(), &by_app).await?;
    let challenge = half_way(&school).await?;
    accounts::second_step(app, &stranger("a hotel"), challenge.reveal(), &typed(codes[0].clone())).await?;
    post(&school).await?;
    let told: Vec<String> = school.letters().into_iter().map(|letter| letter.subject).collect();
    let of = |subject: &str| told.iter().filter(|told| told.as_str() == subject).count();
    assert_eq!(of(locale::letters::wrong_codes_subject(Lang::En)), 1, "once a day: {told:?}");
    assert_eq!(of(locale::letters::recovery_code_used_subject(Lang::En)), 1, "{told:?}");
    Ok(())
});

on_both!(two_sets_of_recovery_codes_made_at_once_leave_ten, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (_, session) = set_up(&school).await?;
    let grace = holding(&school, session.reveal()).await?;
    let tries = (0..4).map(|_| accounts::renew_codes(&school.app, &grace));
    futures::future::try_join_all(tries).await?;
    let left = accounts::queries::second::codes_left(&mut school.app.db.read().await?, &school.grace().id).await?;
    assert_eq!(left, 10);
    Ok(())
});

on_both!(an_app_is_confirmed_only_for_the_secret_that_was_shown, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, id) = (&school.app, school.grace().id);
    let grace = school.visit(&school.grace());
    accounts::begin_second(app, &grace).await?;
    let shown = accounts::queries::second::factor(&mut app.db.read().await?, &id).await?.expect("begun");
    // another tab begins once more between the look at the secret and the write
    accounts::begin_second(app, &grace).await?;
    let finished = app.db.write(async |tx| accounts::queries::second::finish(tx, &id, &shown.sealed, 1, app.now()).await).await?;
    assert!(!finished, "the app has the first secret, and the second must not count");
    Ok(())
});

on_both!(the_operator_takes_codes_off_for_who_lost_them_and_everything_open_ends, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    assert_eq!(refused(accounts::take_second_off(app, &grace.id, "lost").await), Refusal::NoSecondFactor);
    let (secret, session) = set_up(&school).await?;
    let challenge = half_way(&school).await?;
    accounts::take_second_off(app, &grace.id, "showed her passport").await?;
    assert!(accounts::who_has(app, session.reveal()).await?.is_none());
    school.after(seconds(60));
    let code = typed(totp::code_at(&secret, app.now()));
    let half = accounts::second_step(app, &stranger("b"), challenge.reveal(), &code).await;
    assert_eq!(refused(half), Refusal::StepOver, "who was half way in begins anew");
    enter(app, &stranger("c"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    post(&school).await?;
    let letter = school.letters().into_iter().find(|letter| letter.text.contains("recovery codes are gone"));
    assert_eq!(letter.expect("a letter").to, "grace@lectern.example");
    Ok(())
});
