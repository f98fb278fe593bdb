//! Stories of roles and of being kept out.

use super::*;
use crate::accounts::Hand;
use crate::{Member, Staff, audit_trail, tokens};
use model::admin::{AskRole, DecideRole, EndSessionOf, RequestState};
use model::ids::AccountId;
use model::tokens::NewToken;

/// Somebody of staff with these roles, and with nothing else.
async fn staff(school: &School, handle: &str, roles: &[Role]) -> (Member, Staff) {
    let person = school.learner(handle).await;
    let app = &school.app;
    let given = app
        .db
        .write(async |tx| {
            for role in roles {
                accounts::add_role(app, tx, &person.id, *role).await?;
            }
            Ok::<_, Error>(())
        })
        .await;
    given.expect("roles are given");
    let staff = Staff { id: person.id.clone() };
    (person, staff)
}

fn wish(change: &str) -> AskRole {
    AskRole { change: change.into(), reason: "because the books need it".into() }
}

async fn roles(school: &School, whom: &AccountId) -> Result<Vec<Role>, Error> {
    accounts::roles_of(&mut school.app.db.read().await?, whom).await
}

/// The one request that waits.
async fn waiting(school: &School, staff: &Staff) -> Result<DecideRole, Error> {
    let open = accounts::role_requests(&school.app, staff).await?.open;
    Ok(DecideRole { request: open.first().expect("a request").id.to_string() })
}

async fn trail(school: &School, whom: &AccountId) -> Result<Vec<String>, Error> {
    let done = audit_trail::of(&mut school.app.db.read().await?, &[whom.to_string()]).await?;
    Ok(done.into_iter().map(|done| done.action).collect())
}

on_both!(a_role_is_given_by_two_people_and_everybody_is_told, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let (_, kim) = staff(&school, "kim", &[Role::Admin]).await;
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let shop = NewToken { name: "Shop".into(), scopes: vec!["orders:read".into()], days: String::new() };
    let key = tokens::issue(app, &grace, shop).await?;
    accounts::ask_role(app, &sam, &grace.id, &wish("give:finance")).await?;
    assert!(roles(&school, &grace.id).await?.is_empty(), "asking gives nothing");
    let again = accounts::ask_role(app, &kim, &grace.id, &wish("give:finance")).await;
    assert_eq!(refused(again), Refusal::AskedAlready);
    let request = waiting(&school, &sam).await?;
    assert_eq!(refused(accounts::approve_role(app, &sam, &request).await), Refusal::SecondPerson, "never who asked");
    post(&school).await?;
    let asked: Vec<_> = school.letters().into_iter().map(|letter| letter.to).collect();
    assert!(asked.contains(&"sam@lectern.example".to_owned()) && asked.contains(&"kim@lectern.example".to_owned()), "{asked:?}");

    assert_eq!(accounts::approve_role(app, &kim, &request).await?, grace.id);
    assert_eq!(roles(&school, &grace.id).await?, [Role::Finance]);
    assert!(accounts::who_has(app, arrived.session.reveal()).await?.is_none(), "they sign in anew");
    assert!(tokens::holder(app, &key.secret).await?.is_none(), "a learner's key is no key of finance");
    assert_eq!(refused(accounts::approve_role(app, &kim, &request).await), Refusal::RequestOver, "once");
    assert_eq!(trail(&school, &grace.id).await?, ["account.role_asked", "account.role_given"]);
    let before = school.letters().len();
    post(&school).await?;
    let mut told: Vec<_> = school.letters().into_iter().skip(before).map(|letter| letter.to).collect();
    told.sort();
    assert_eq!(told, ["grace@lectern.example", "kim@lectern.example", "sam@lectern.example"]);
    Ok(())
});

on_both!(nobody_decides_about_themselves_and_only_an_administrator_decides, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let (kim_too, kim) = staff(&school, "kim", &[Role::Admin]).await;
    let (_, sue) = staff(&school, "sue", &[Role::Support]).await;
    let (_, fin) = staff(&school, "fin", &[Role::Finance]).await;
    assert_eq!(refused(accounts::ask_role(app, &kim, &kim_too.id, &wish("take:admin")).await), Refusal::SecondPerson);
    let not_theirs = accounts::ask_role(app, &fin, &grace.id, &wish("give:support")).await;
    assert!(matches!(not_theirs, Err(Error::Fault(Fault::Forbidden))), "{not_theirs:?}");
    accounts::ask_role(app, &sue, &kim_too.id, &wish("give:finance")).await?;
    let request = waiting(&school, &sam).await?;
    let support = accounts::approve_role(app, &sue, &request).await;
    assert!(matches!(support, Err(Error::Fault(Fault::Forbidden))), "{support:?}");
    assert_eq!(refused(accounts::approve_role(app, &kim, &request).await), Refusal::SecondPerson, "nor whom it is about");
    assert_eq!(refused(accounts::reject_role(app, &kim, &request).await), Refusal::SecondPerson);
    accounts::reject_role(app, &sam, &request).await?;
    assert_eq!(refused(accounts::approve_role(app, &sam, &request).await), Refusal::RequestOver);
    assert_eq!(roles(&school, &kim_too.id).await?, [Role::Admin]);
    assert_eq!(refused(accounts::ask_role(app, &sue, &kim_too.id, &wish("give:admin")).await), Refusal::NothingToChange);
    Ok(())
});

on_both!(a_request_that_nobody_decides_is_over_after_three_days, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let (_, kim) = staff(&school, "kim", &[Role::Admin]).await;
    accounts::ask_role(app, &kim, &grace.id, &wish("give:moderator")).await?;
    let request = waiting(&school, &sam).await?;
    school.after(days(3));
    school.after(minutes(1));
    assert_eq!(refused(accounts::approve_role(app, &sam, &request).await), Refusal::RequestOver);
    let all = accounts::role_requests(app, &sam).await?;
    assert!(all.open.is_empty());
    assert_eq!(all.past[0].state, RequestState::Expired);
    accounts::ask_role(app, &kim, &grace.id, &wish("give:moderator")).await?;
    let request = waiting(&school, &kim).await?;
    let other = accounts::withdraw_role(app, &sam, &request).await;
    assert!(matches!(other, Err(Error::Fault(Fault::Forbidden))), "{other:?}");
    accounts::withdraw_role(app, &kim, &request).await?;
    assert!(accounts::role_requests(app, &sam).await?.open.is_empty());
    Ok(())
});

on_both!(two_administrators_who_take_each_other_away_at_the_same_moment_leave_one, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let (_, kim) = staff(&school, "kim", &[Role::Admin]).await;
    let (_, sue) = staff(&school, "sue", &[Role::Support]).await;
    accounts::ask_role(app, &sue, &sam.id, &wish("take:admin")).await?;
    accounts::ask_role(app, &sue, &kim.id, &wish("take:admin")).await?;
    let open = accounts::role_requests(app, &sue).await?.open;
    let about = |whom: &AccountId| {
        let found = open.iter().find(|request| request.account == *whom).expect("a request");
        DecideRole { request: found.id.to_string() }
    };
    let (of_sam, of_kim) = (about(&sam.id), about(&kim.id));
    let both = futures::join!(accounts::approve_role(app, &kim, &of_sam), accounts::approve_role(app, &sam, &of_kim));
    assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|done| **done).count(), 1, "{both:?}");
    let left = [roles(&school, &sam.id).await?, roles(&school, &kim.id).await?];
    assert_eq!(left.iter().filter(|roles| roles.contains(&Role::Admin)).count(), 1, "{left:?}");
    Ok(())
});

on_both!(the_last_administrator_stays_also_for_the_operator, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam());
    let email = Email::parse("sam@lectern.example").expect("an address");
    assert_eq!(refused(accounts::set_role(app, &email, Some(Role::Support)).await), Refusal::LastAdmin);
    assert_eq!(refused(accounts::suspend(app, Hand::Operator, &sam.id, "away").await), Refusal::LastAdmin);
    assert!(roles(&school, &sam.id).await?.contains(&Role::Admin));
    staff(&school, "kim", &[Role::Admin]).await;
    accounts::suspend(app, Hand::Operator, &sam.id, "away").await?;
    let kim = Email::parse("kim@lectern.example").expect("an address");
    assert_eq!(refused(accounts::set_role(app, &kim, None).await), Refusal::LastAdmin, "who is kept out administers nothing");
    Ok(())
});

on_both!(who_is_suspended_is_out_at_once_and_is_answered_like_anybody_who_mistypes, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let key = NewToken { name: "a program".into(), scopes: vec!["orders:read".into()], days: String::new() };
    let issued = tokens::issue(app, &grace, key).await?;
    assert!(tokens::holder(app, &issued.secret).await?.is_some());
    accounts::suspend(app, Hand::Staff(&sam), &grace.id, "cards that are not hers").await?;
    assert!(accounts::who_has(app, arrived.session.reveal()).await?.is_none());
    assert!(tokens::holder(app, &issued.secret).await?.is_none());
    let kept_out = accounts::sign_in(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await;
    let mistyped = accounts::sign_in(app, &stranger("b"), &sign_in("ada@lectern.example", "wrong")).await;
    assert_eq!(format!("{:?}", kept_out.err()), format!("{:?}", mistyped.err()));
    let again = accounts::suspend(app, Hand::Staff(&sam), &grace.id, "once more").await;
    assert_eq!(refused(again), Refusal::SuspendedNow);
    post(&school).await?;
    let letters = school.letters().into_iter().filter(|letter| letter.to == "grace@lectern.example");
    let told: Vec<_> = letters.filter(|letter| letter.text.contains("cards that are not hers")).collect();
    assert_eq!(told.len(), 1, "they are told why: {:?}", school.letters());

    school.after(minutes(2));
    accounts::restore(app, Hand::Staff(&sam), &grace.id, "her own after all").await?;
    assert!(accounts::who_has(app, arrived.session.reveal()).await?.is_none(), "what ended stays ended");
    assert!(tokens::holder(app, &issued.secret).await?.is_none());
    enter(app, &stranger("c"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let deeds = trail(&school, &grace.id).await?;
    assert!(deeds.ends_with(&["account.suspended".to_owned(), "account.restored".to_owned()]), "{deeds:?}");
    assert_eq!(refused(accounts::restore(app, Hand::Staff(&sam), &grace.id, "again").await), Refusal::NothingToChange);
    Ok(())
});

on_both!(a_sign_in_at_the_moment_of_a_suspension_leaves_no_session, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    for (who, email) in [(school.grace(), "grace@lectern.example"), (school.lin(), "lin@lectern.example")] {
        let (here, form) = (stranger(email), sign_in(email, PASSWORD));
        let tries = (0..3).map(|_| accounts::sign_in(app, &here, &form));
        let (suspended, _) = futures::join!(
            accounts::suspend(app, Hand::Staff(&sam), &who.id, "at this very moment"),
            futures::future::join_all(tries),
        );
        suspended?;
        let facts = accounts::facts(&mut app.db.read().await?, &who.id, app.now()).await?.expect("a person");
        assert!(facts.sessions.is_empty(), "{email}: {:?}", facts.sessions);
    }
    Ok(())
});

on_both!(staff_reach_no_one_above_them, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam());
    let (kim_too, kim) = staff(&school, "kim", &[Role::Admin]).await;
    let (sue_too, sue) = staff(&school, "sue", &[Role::Support]).await;
    let everywhere = EndSessionOf::default();
    for (hand, whom) in [(&sue, &sam.id), (&sue, &sue_too.id), (&kim, &sam.id), (&kim, &kim_too.id)] {
        let outcome = accounts::suspend(app, Hand::Staff(hand), whom, "no reason").await;
        assert_eq!(refused(outcome), Refusal::Above);
    }
    assert_eq!(refused(accounts::end_sessions_of(app, &sue, &sam.id, &everywhere).await), Refusal::Above);
    accounts::suspend(app, Hand::Staff(&kim), &sue_too.id, "left the house").await?;
    let out = accounts::end_sessions_of(app, &sue, &school.grace().id, &everywhere).await;
    assert!(matches!(out, Err(Error::Fault(Fault::Forbidden))), "who is kept out does nothing: {out:?}");
    Ok(())
});

on_both!(staff_end_one_session_or_all_of_somebody, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let first = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let second = enter(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let name: String = first.session.hash().chars().take(16).collect();
    accounts::end_sessions_of(app, &sam, &grace.id, &EndSessionOf { session: name }).await?;
    assert!(accounts::who_has(app, first.session.reveal()).await?.is_none());
    assert!(accounts::who_has(app, second.session.reveal()).await?.is_some());
    accounts::end_sessions_of(app, &sam, &grace.id, &EndSessionOf::default()).await?;
    assert!(accounts::who_has(app, second.session.reveal()).await?.is_none());
    assert_eq!(trail(&school, &grace.id).await?, ["account.session_ended", "account.sessions_ended"]);
    Ok(())
});
