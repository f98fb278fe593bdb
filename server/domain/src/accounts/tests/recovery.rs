//! Stories of forgotten passwords.

use super::*;
use model::accounts::{AskReset, NewPassword};
use model::text::Hidden;

fn ask(email: &str) -> AskReset {
    AskReset { email: email.into() }
}

fn new(password: &str) -> NewPassword {
    NewPassword { new_password: Hidden::new(password) }
}

/// Grace asks, and reads her letter.
async fn grace_s_link(school: &School) -> Result<String, Error> {
    accounts::ask_reset(&school.app, &stranger("home"), &ask("grace@lectern.example")).await?;
    post(school).await?;
    Ok(secret_in_letter(school, "reset"))
}

on_both!(sec_l6_a_link_sets_a_password_once_ends_every_session_and_signs_nobody_in, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let before = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let link = grace_s_link(&school).await?;
    assert_eq!(link.len(), 64, "256 bits");
    assert_eq!(
        accounts::reset_page(app, &link).await?.email.map(|email| email.to_string()),
        Some("grace@lectern.example".into())
    );
    let visitor = stranger("home");
    assert_eq!(
        problem(accounts::reset_password(app, &visitor, &link, &new("grace1906")).await, "new_password"),
        Problem::TooPersonal
    );
    assert_eq!(
        problem(accounts::reset_password(app, &visitor, &link, &new("password1")).await, "new_password"),
        Problem::TooCommon
    );
    accounts::reset_password(app, &visitor, &link, &new(SENTENCE)).await?;
    assert_eq!(refused(accounts::reset_password(app, &visitor, &link, &new("another long sentence")).await), Refusal::LinkOver);
    assert!(accounts::reset_page(app, &link).await?.email.is_none());
    assert!(accounts::who_has(app, before.session.reveal()).await?.is_none());
    assert!(enter(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await.is_err());
    enter(app, &stranger("b"), &sign_in("grace@lectern.example", SENTENCE)).await?;
    post(&school).await?;
    assert_eq!(school.letters().len(), 2, "the link, and the word that it was used");
    Ok(())
});

on_both!(sec_l6_a_link_used_twice_at_the_same_moment_sets_one_password, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let link = grace_s_link(&school).await?;
    let passwords: Vec<_> = (0..6).map(|nth| new(&format!("sentence number {nth} of six"))).collect();
    let visitor = stranger("home");
    let tries = passwords.iter().map(|form| accounts::reset_password(&school.app, &visitor, &link, form));
    let done = futures::future::join_all(tries).await.into_iter().filter(Result::is_ok).count();
    assert_eq!(done, 1);
    Ok(())
});

on_both!(sec_l6_a_link_lives_for_half_an_hour_and_a_second_one_ends_with_the_first, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, visitor) = (&school.app, stranger("home"));
    let old = grace_s_link(&school).await?;
    school.after(minutes(31));
    assert_eq!(refused(accounts::reset_password(app, &visitor, &old, &new(SENTENCE)).await), Refusal::LinkOver);
    let one = grace_s_link(&school).await?;
    let other = grace_s_link(&school).await?;
    accounts::reset_password(app, &visitor, &other, &new(SENTENCE)).await?;
    assert_eq!(refused(accounts::reset_password(app, &visitor, &one, &new("another long sentence")).await), Refusal::LinkOver);
    Ok(())
});

on_both!(sec_l2_asking_is_the_same_for_an_address_nobody_has, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.suspend(&school.lin()).await;
    for email in ["grace@lectern.example", "nobody@lectern.example", "lin@lectern.example"] {
        accounts::ask_reset(&school.app, &stranger("a"), &ask(email)).await?;
    }
    assert!(school.announced(Happening::MailDue).await.is_empty(), "nothing is looked up before the answer");
    post(&school).await?;
    let letters = school.letters();
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["grace@lectern.example"]);
    Ok(())
});

on_both!(sec_l3_three_requests_an_hour_are_enough_for_one_address, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    for email in ["grace@lectern.example", "nobody@lectern.example"] {
        for nth in 0..3 {
            accounts::ask_reset(&school.app, &stranger(&format!("{nth}")), &ask(email)).await?;
        }
        let fourth = accounts::ask_reset(&school.app, &stranger("4"), &ask(email)).await;
        assert!(matches!(fourth, Err(Error::Fault(Fault::TooOften { .. }))), "{email}: {fourth:?}");
    }
    Ok(())
});

on_both!(the_database_holds_no_secret_that_opens_a_link, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    accounts::ask_reset(&school.app, &stranger("home"), &ask("grace@lectern.example")).await?;
    school.mail.out_of_order(true);
    post(&school).await?;
    let bodies = accounts::queries::links::bodies(&mut school.app.db.read().await?).await?;
    assert_eq!(bodies.len(), 1);
    school.mail.out_of_order(false);
    school.after(minutes(2));
    post(&school).await?;
    let link = secret_in_letter(&school, "reset");
    assert!(!bodies[0].contains(&link), "{}", bodies[0]);
    accounts::reset_password(&school.app, &stranger("home"), &link, &new(SENTENCE)).await?;
    Ok(())
});

on_both!(a_reset_ends_the_keys_of_programs, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let key = model::tokens::NewToken { name: "A program".into(), scopes: vec!["orders:read".into()], ..Default::default() };
    let issued = crate::tokens::issue(app, &grace, key).await?;
    assert!(crate::tokens::holder(app, &issued.secret).await?.is_some());
    let link = grace_s_link(&school).await?;
    accounts::reset_password(app, &stranger("home"), &link, &new(SENTENCE)).await?;
    assert!(crate::tokens::holder(app, &issued.secret).await?.is_none());
    Ok(())
});

on_both!(a_sign_in_that_was_under_way_ends_at_a_new_password, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let was = accounts::queries::password_of(&mut app.db.read().await?, &grace.id).await?;
    let link = grace_s_link(&school).await?;
    accounts::reset_password(app, &stranger("home"), &link, &new(SENTENCE)).await?;
    let late = accounts::step::admit(app, &stranger("thief"), &grace.id, was.as_deref()).await;
    assert_eq!(problem(late, "password"), Problem::WrongCredentials);
    Ok(())
});

on_both!(who_has_no_password_sets_one_after_showing_who_they_are, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let ida = school.learner("ida").await;
    let form = ChangePassword { current_password: Hidden::default(), new_password: Hidden::new(SENTENCE) };
    let session = app.db.write(async |tx| accounts::open_session(app, tx, &ida.id, "home").await).await?;
    let here = holding(&school, session.reveal()).await?;
    let stale = Visitor { proven_at: None, ..here.clone() };
    assert!(matches!(accounts::change_password(app, &stale, &form).await, Err(Error::Fault(Fault::Confirm))));
    accounts::change_password(app, &here, &form).await?;
    enter(app, &stranger("a"), &sign_in("ida@lectern.example", SENTENCE)).await?;
    Ok(())
});

on_both!(a_link_to_an_address_that_was_just_changed_sets_no_password, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let link = grace_s_link(&school).await?;
    // the link was made while the change was on its way, and so did not end with it
    let other = Email::parse("hopper@example.com").expect("an address");
    app.db.write(async |tx| accounts::queries::set_email(tx, &grace.id, &other, app.now()).await).await?;
    assert_eq!(refused(accounts::reset_password(app, &stranger("former"), &link, &new(SENTENCE)).await), Refusal::LinkOver);
    enter(app, &stranger("home"), &sign_in("hopper@example.com", PASSWORD)).await?;
    Ok(())
});

on_both!(two_workers_answer_two_requests_and_what_waited_too_long_is_given_up, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    accounts::ask_reset(app, &stranger("a"), &ask("grace@lectern.example")).await?;
    school.after(minutes(31));
    assert!(!accounts::answer_request(app).await?, "a link that comes after a day serves nobody");
    for email in ["grace@lectern.example", "lin@lectern.example"] {
        accounts::ask_reset(app, &stranger("a"), &ask(email)).await?;
    }
    let (one, other) = futures::join!(accounts::answer_request(app), accounts::answer_request(app));
    assert!(one? && other?, "neither finds nobody waiting");
    assert!(!accounts::answer_request(app).await?);
    assert_eq!(school.announced(Happening::MailDue).await.len(), 2);
    Ok(())
});

on_both!(a_reset_ends_the_session_of_the_browser_it_is_done_in_whosever_it_is, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let lin = enter(app, &stranger("shared"), &sign_in("lin@lectern.example", PASSWORD)).await?;
    let shared = holding(&school, lin.session.reveal()).await?;
    let link = grace_s_link(&school).await?;
    accounts::reset_password(app, &shared, &link, &new(SENTENCE)).await?;
    assert!(accounts::who_has(app, lin.session.reveal()).await?.is_none(), "the browser forgets it, and so do we");
    Ok(())
});

on_both!(a_reset_tells_of_the_ways_in_that_stay_open, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let link = grace_s_link(&school).await?;
    assert!(!accounts::reset_password(app, &stranger("home"), &link, &new(SENTENCE)).await?, "there are none");
    school.campus.vouches_for("thief", "thief@campus.test", true);
    let arrived = enter(app, &stranger("t"), &sign_in("grace@lectern.example", SENTENCE)).await?;
    let there = holding(&school, arrived.session.reveal()).await?;
    let link = model::identity::Link { provider: "campus".into() };
    let begun = accounts::identity::begin_link(app, &there, "", &link).await?;
    let answer = accounts::identity::Answer { state: begun.state.reveal().into(), code: "a code".into(), ..Default::default() };
    accounts::identity::finish(app, &there, Some(begun.browser.reveal()), "campus", &answer).await?;
    post(&school).await?;
    let link = grace_s_link(&school).await?;
    assert!(accounts::reset_password(app, &stranger("home"), &link, &new("quite another sentence")).await?);
    post(&school).await?;
    let letter = school.letters().pop().expect("the word that it was used");
    assert!(letter.text.contains("Linked sign-ins: 1"), "{}", letter.text);
    Ok(())
});

on_both!(a_letter_that_waits_while_the_secret_is_changed_still_opens, async |db: Db| -> Result<(), Error> {
    let mut school = School::open(db).await;
    accounts::ask_reset(&school.app, &stranger("home"), &ask("grace@lectern.example")).await?;
    school.mail.out_of_order(true);
    post(&school).await?;
    school.change_secret(b"quite another secret", true);
    school.mail.out_of_order(false);
    school.after(minutes(2));
    post(&school).await?;
    let link = secret_in_letter(&school, "reset");
    accounts::reset_password(&school.app, &stranger("home"), &link, &new(SENTENCE)).await?;
    Ok(())
});
