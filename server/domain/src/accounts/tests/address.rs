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
    assert!(matches!(accounts::link_page(app, &link).await?, LinkPage::Verify { .. }));
    accounts::follow_link(app, &stranger("the telephone"), &link).await?;
    assert!(accounts::address(app, &kay.member()?).await?.verified);
    assert_eq!(refused(accounts::follow_link(app, &kay, &link).await), Refusal::LinkOver);
    assert_eq!(accounts::link_page(app, &link).await?, LinkPage::Over);
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
    accounts::follow_link(app, &stranger("elsewhere"), &link).await?;
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
    accounts::follow_link(app, &stranger("a"), &links[0]).await?;
    assert_eq!(refused(accounts::follow_link(app, &stranger("a"), &links[1]).await), Refusal::LinkOver);
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
