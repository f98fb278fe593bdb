//! Stories of addresses: shown to be theirs, and changed.

use super::*;
use model::accounts::{ChangeEmail, LinkPage};
use model::text::Hidden;
use model::tokens::NewToken;

fn change(email: &str) -> ChangeEmail {
    ChangeEmail { new_email: email.into() }
}

on_both!(who_registers_confirms_the_address_by_the_welcome_s_link, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let arrived = join(app, &stranger("a"), &sign_up("Kay", "kay@example.com", SENTENCE)).await?;
    let kay = holding(&school, arrived.session.reveal()).await?;
    assert!(!accounts::address(app, &kay.member()?).await?.verified);
    let token = NewToken { name: "A program".into(), scopes: vec!["orders:read".into()], ..Default::default() };
    let early = crate::tokens::issue(app, &kay.member()?, token).await;
    assert_eq!(refused(early), Refusal::AddressUnproven);
    post(&school).await?;
    assert_eq!(school.letters().len(), 1, "one letter welcomes and asks");
    let link = secret_in_letter(&school, "verify");
    assert!(matches!(accounts::link_page(app, &kay, &link).await?, LinkPage::Verify { mine: true, .. }));
    accounts::follow_link(app, &kay, &link).await?;
    assert!(accounts::address(app, &kay.member()?).await?.verified);
    assert_eq!(refused(accounts::follow_link(app, &kay, &link).await), Refusal::LinkOver);
    assert_eq!(accounts::link_page(app, &kay, &link).await?, LinkPage::Over);
    Ok(())
});

on_both!(
    a_link_that_confirms_sets_no_password_and_one_that_sets_a_password_confirms_nothing_by_itself,
    async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        let app = &school.app;
        join(app, &stranger("a"), &sign_up("Kay", "kay@example.com", SENTENCE)).await?;
        post(&school).await?;
        let verify = secret_in_letter(&school, "verify");
        let form = model::accounts::NewPassword { new_password: Hidden::new("quite another sentence") };
        assert_eq!(refused(accounts::reset_password(app, &stranger("a"), &verify, &form).await), Refusal::LinkOver);
        accounts::ask_reset(app, &stranger("a"), &model::accounts::AskReset { email: "kay@example.com".into() }).await?;
        post(&school).await?;
        let reset = secret_in_letter(&school, "reset");
        assert_eq!(refused(accounts::follow_link(app, &stranger("a"), &reset).await), Refusal::LinkOver);
        accounts::reset_password(app, &stranger("a"), &reset, &form).await?;
        let arrived = enter(app, &stranger("a"), &sign_in("kay@example.com", "quite another sentence")).await?;
        let kay = holding(&school, arrived.session.reveal()).await?.member()?;
        assert!(accounts::address(app, &kay).await?.verified, "who read the letter has the address");
        Ok(())
    }
);

on_both!(the_letter_that_asks_is_sent_again_three_times_an_hour_at_most, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let arrived = join(app, &stranger("a"), &sign_up("Kay", "kay@example.com", SENTENCE)).await?;
    let kay = holding(&school, arrived.session.reveal()).await?.member()?;
    for _ in 0..3 {
        accounts::send_again(app, &kay).await?;
    }
    assert!(matches!(accounts::send_again(app, &kay).await, Err(Error::Fault(Fault::TooOften { .. }))));
    accounts::send_again(app, &school.grace()).await?;
    post(&school).await?;
    assert_eq!(school.letters().len(), 4, "nothing is asked of somebody whose address is known to be theirs");
    Ok(())
});

on_both!(a_new_address_counts_when_it_is_confirmed_and_both_are_told, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let grace = holding(&school, arrived.session.reveal()).await?;
    assert_eq!(
        problem(accounts::ask_change(app, &grace, &change("grace@lectern.example")).await, "new_email"),
        Problem::SameAddress
    );
    accounts::ask_change(app, &grace, &change("hopper@example.com")).await?;
    post(&school).await?;
    let to: Vec<String> = school.letters().into_iter().map(|letter| letter.to).collect();
    assert!(to.contains(&"hopper@example.com".into()) && to.contains(&"grace@lectern.example".into()), "{to:?}");
    let letter = school.letters().into_iter().find(|letter| letter.to == "hopper@example.com").expect("the link");
    let link: String = letter.text.split_once("/verify/").expect("a link").1.chars().take(64).collect();
    enter(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    accounts::follow_link(app, &grace, &link).await?;
    assert_eq!(accounts::address(app, &grace.member()?).await?.email.as_str(), "hopper@example.com");
    assert!(enter(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await.is_err());
    enter(app, &stranger("b"), &sign_in("hopper@example.com", PASSWORD)).await?;
    post(&school).await?;
    let mut told: Vec<String> = school.letters().split_off(2).into_iter().map(|letter| letter.to).collect();
    told.sort();
    assert_eq!(told, ["grace@lectern.example", "hopper@example.com"]);
    Ok(())
});

on_both!(sec_l2_an_address_that_somebody_has_is_asked_for_with_the_same_answer, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let grace = school.visit(&school.grace());
    accounts::ask_change(app, &grace, &change("ada@lectern.example")).await?;
    post(&school).await?;
    let mut to: Vec<String> = school.letters().into_iter().map(|letter| letter.to).collect();
    to.sort();
    assert_eq!(to, ["ada@lectern.example", "grace@lectern.example"]);
    assert!(school.letters().iter().all(|letter| !letter.text.contains("/verify/")));
    Ok(())
});

on_both!(two_who_want_one_address_get_it_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    for who in [school.grace(), school.lin()] {
        accounts::ask_change(app, &school.visit(&who), &change("shared@example.com")).await?;
    }
    post(&school).await?;
    let letters = school.letters().into_iter().filter(|letter| letter.to == "shared@example.com");
    let links: Vec<String> =
        letters.map(|letter| letter.text.split_once("/verify/").expect("a link").1.chars().take(64).collect()).collect();
    let mut done = 0;
    for link in &links {
        for who in [school.grace(), school.lin()] {
            done += usize::from(accounts::follow_link(app, &school.visit(&who), link).await.is_ok());
        }
    }
    assert_eq!(done, 1);
    Ok(())
});

on_both!(an_address_is_changed_only_by_who_has_just_shown_who_they_are, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    school.after(minutes(6));
    let grace = holding(&school, arrived.session.reveal()).await?;
    let asked = accounts::ask_change(app, &grace, &change("hopper@example.com")).await;
    assert!(matches!(asked, Err(Error::Fault(Fault::Confirm))), "{asked:?}");
    let wrong = model::accounts::ConfirmIt { password: Hidden::new("wrong"), ..Default::default() };
    assert_eq!(problem(accounts::confirm(app, &grace, &wrong).await, "password"), Problem::WrongPassword);
    let right = model::accounts::ConfirmIt { password: Hidden::new(PASSWORD), ..Default::default() };
    accounts::confirm(app, &grace, &right).await?;
    let grace = holding(&school, arrived.session.reveal()).await?;
    accounts::ask_change(app, &grace, &change("hopper@example.com")).await?;
    let elsewhere = Visitor { proven_at: None, ..grace };
    assert!(matches!(accounts::require_proof(app, &elsewhere), Err(Error::Fault(Fault::Confirm))));
    Ok(())
});

on_both!(
    a_change_that_was_asked_for_ends_with_a_new_password_and_with_every_other_session,
    async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        let app = &school.app;
        let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
        let mut grace = holding(&school, arrived.session.reveal()).await?;
        for (nth, way) in ["password", "others"].into_iter().enumerate() {
            let thief = format!("thief{nth}@example.com");
            accounts::ask_change(app, &grace, &change(&thief)).await?;
            post(&school).await?;
            let letter = school.letters().into_iter().find(|letter| letter.to == thief).expect("the link");
            let link: String = letter.text.split_once("/verify/").expect("a link").1.chars().take(64).collect();
            if way == "password" {
                let form = ChangePassword { current_password: Hidden::new(PASSWORD), new_password: Hidden::new(SENTENCE) };
                let session = accounts::change_password(app, &grace, &form).await?;
                grace = holding(&school, session.reveal()).await?;
            } else {
                accounts::revoke_other_sessions(app, &grace).await?;
            }
            assert_eq!(refused(accounts::follow_link(app, &grace, &link).await), Refusal::LinkOver, "{way}");
        }
        Ok(())
    }
);

on_both!(a_link_confirms_for_whoever_asked_and_not_for_whoever_clicks, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    // a thief registers with somebody's address, under a name that says what they want said
    let arrived = join(app, &stranger("a"), &sign_up("You won, see evil.example", "victim@example.com", SENTENCE)).await?;
    let thief = holding(&school, arrived.session.reveal()).await?;
    post(&school).await?;
    let letter = school.letters().pop().expect("the welcome");
    assert!(!letter.text.contains("evil"), "a stranger's words are not in it: {}", letter.text);
    let link = secret_in_letter(&school, "verify");
    for reader in [stranger("the victim"), school.visit(&school.grace())] {
        assert!(matches!(accounts::link_page(app, &reader, &link).await?, LinkPage::Verify { mine: false, .. }));
        assert!(matches!(accounts::follow_link(app, &reader, &link).await, Err(Error::Fault(Fault::SignIn))));
    }
    assert!(!accounts::address(app, &thief.member()?).await?.verified);
    // "it wasn't me": the link is over, and so is whoever registered
    accounts::refuse_link(app, &stranger("the victim"), &link).await?;
    assert_eq!(refused(accounts::follow_link(app, &thief, &link).await), Refusal::LinkOver);
    assert!(accounts::who_has(app, arrived.session.reveal()).await?.is_none());
    Ok(())
});

on_both!(a_change_that_its_reader_refuses_is_over_and_its_owner_stays_signed_in, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let grace = holding(&school, arrived.session.reveal()).await?;
    let link = link_to(&school, &grace, "somebody@example.com").await?;
    assert!(matches!(accounts::link_page(app, &stranger("b"), &link).await?, LinkPage::Change { mine: false, .. }));
    accounts::refuse_link(app, &stranger("b"), &link).await?;
    assert_eq!(refused(accounts::follow_link(app, &grace, &link).await), Refusal::LinkOver);
    assert!(accounts::who_has(app, arrived.session.reveal()).await?.is_some());
    assert_eq!(accounts::address(app, &grace.member()?).await?.email.as_str(), "grace@lectern.example");
    Ok(())
});

/// Asks for another address, and reads the letter there.
async fn link_to(school: &School, who: &Visitor, email: &str) -> Result<String, Error> {
    accounts::ask_change(&school.app, who, &change(email)).await?;
    post(school).await?;
    let letter = school.letters().into_iter().rfind(|letter| letter.to == email).expect("the link");
    Ok(letter.text.split_once("/verify/").expect("a link").1.chars().take(64).collect())
}

/// The link by which a change is taken back, in the letter to the former address.
fn undo_link(school: &School, former: &str) -> String {
    let mut letters = school.letters().into_iter();
    let letter = letters.rfind(|letter| letter.to == former && letter.text.contains("/verify/")).expect("the letter");
    letter.text.split_once("/verify/").expect("a link").1.chars().take(64).collect()
}

on_both!(a_changed_address_is_taken_back_from_the_former_one_with_all_that_came_with_it, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let grace = holding(&school, arrived.session.reveal()).await?;
    let link = link_to(&school, &grace, "thief@example.com").await?;
    accounts::follow_link(app, &grace, &link).await?;
    post(&school).await?;
    let undo = undo_link(&school, "grace@lectern.example");
    let form = ChangePassword { current_password: Hidden::new(PASSWORD), new_password: Hidden::new(SENTENCE) };
    let session = accounts::change_password(app, &grace, &form).await?;
    let thief = holding(&school, session.reveal()).await?;
    accounts::begin_second(app, &thief).await?;
    // the thief moves on, and would take it back from there
    let link = link_to(&school, &thief, "thief2@example.com").await?;
    accounts::follow_link(app, &thief, &link).await?;
    post(&school).await?;
    let thief_s = undo_link(&school, "thief@example.com");
    // meanwhile nobody gets the former address
    let squatter = accounts::sign_up(app, &stranger("c"), &sign_up("Eve", "grace@lectern.example", SENTENCE)).await?;
    assert!(matches!(squatter, Arrival::Outside(_)), "{squatter:?}");
    let asked = school.letters().len();
    accounts::ask_change(app, &school.visit(&school.lin()), &change("grace@lectern.example")).await?;
    post(&school).await?;
    assert!(school.letters().split_off(asked).iter().all(|letter| letter.to != "grace@lectern.example"));

    school.after(hours(71));
    assert!(matches!(accounts::link_page(app, &stranger("home"), &undo).await?, LinkPage::Restore { .. }));
    let accounts::Followed::Restored(reset) = accounts::follow_link(app, &stranger("home"), &undo).await? else {
        panic!("not restored")
    };
    let grace = school.grace();
    assert_eq!(accounts::address(app, &grace).await?.email.as_str(), "grace@lectern.example");
    assert!(accounts::who_has(app, session.reveal()).await?.is_none(), "the thief is out");
    assert!(enter(app, &stranger("t"), &sign_in("grace@lectern.example", SENTENCE)).await.is_err(), "and their password");
    assert!(accounts::queries::second::factor(&mut app.db.read().await?, &grace.id).await?.is_none(), "and their app");
    assert_eq!(refused(accounts::follow_link(app, &stranger("t"), &thief_s).await), Refusal::LinkOver);
    assert_eq!(refused(accounts::follow_link(app, &stranger("home"), &undo).await), Refusal::LinkOver, "once");
    let form = model::accounts::NewPassword { new_password: Hidden::new("quite another sentence") };
    accounts::reset_password(app, &stranger("home"), reset.reveal(), &form).await?;
    enter(app, &stranger("home"), &sign_in("grace@lectern.example", "quite another sentence")).await?;
    Ok(())
});

on_both!(a_changed_address_is_taken_back_for_three_days_and_not_after, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let grace = holding(&school, arrived.session.reveal()).await?;
    let link = link_to(&school, &grace, "hopper@example.com").await?;
    accounts::follow_link(app, &grace, &link).await?;
    post(&school).await?;
    let undo = undo_link(&school, "grace@lectern.example");
    school.after(hours(73));
    assert_eq!(accounts::link_page(app, &stranger("a"), &undo).await?, LinkPage::Over);
    assert_eq!(refused(accounts::follow_link(app, &stranger("a"), &undo).await), Refusal::LinkOver);
    assert_eq!(accounts::address(app, &school.grace()).await?.email.as_str(), "hopper@example.com");
    join(app, &stranger("b"), &sign_up("Kay", "grace@lectern.example", SENTENCE)).await?;
    Ok(())
});
