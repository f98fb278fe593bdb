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
    accounts::reset_password(&school.app, &stranger("home"), &link, &new(SENTENCE)).await
});
