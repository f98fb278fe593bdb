//! Stories of looking as somebody else.

use super::*;
use crate::{Staff, audit_trail};
use model::admin::SeeAs;

/// Sam at a browser.
async fn sam_at(school: &School) -> Result<(Staff, Visitor), Error> {
    let arrived = enter(&school.app, &stranger("office"), &sign_in("sam@lectern.example", PASSWORD)).await?;
    let visitor = holding(school, arrived.session.reveal()).await?;
    Ok((school.sam_at_work(), visitor))
}

fn why() -> SeeAs {
    SeeAs { reason: "she cannot find her course".into() }
}

async fn eyes(school: &School, visitor: &Visitor) -> Result<Option<accounts::Eyes>, Error> {
    let (Some(me), Some(session)) = (&visitor.me, &visitor.session) else { panic!("nobody is there") };
    accounts::eyes(&school.app, me, session).await
}

on_both!(staff_look_as_somebody_for_a_while_and_it_is_written_down, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (sam, at_work) = sam_at(&school).await?;
    assert!(eyes(&school, &at_work).await?.is_none());
    accounts::see_as(app, &sam, &at_work, &grace.id, &why()).await?;
    let looking = eyes(&school, &at_work).await?.expect("other eyes");
    assert_eq!((looking.me.id, looking.me.roles), (grace.id.clone(), Vec::new()));
    let elsewhere = sam_at(&school).await?.1;
    assert!(eyes(&school, &elsewhere).await?.is_none(), "in that session alone");
    assert_eq!(accounts::end_seeing(app, &at_work).await?, Some(grace.id.clone()));
    assert!(eyes(&school, &at_work).await?.is_none());
    assert_eq!(accounts::end_seeing(app, &at_work).await?, None);

    accounts::see_as(app, &sam, &at_work, &school.ada().id, &why()).await?;
    school.after(minutes(15));
    assert!(eyes(&school, &at_work).await?.is_none(), "its time is over");
    accounts::tidy_seeing(app).await?;
    let subjects = [grace.id.to_string(), school.ada().id.to_string()];
    let done = audit_trail::of(&mut app.db.read().await?, &subjects).await?;
    let done: Vec<_> = done.into_iter().map(|done| (done.action, done.actor.expect("an actor"))).collect();
    let deed = |action: &str| (action.to_owned(), "Sam".to_owned());
    assert_eq!(
        done,
        [deed("account.seen_as"), deed("account.seen_as_ended"), deed("account.seen_as"), deed("account.seen_as_ended")]
    );
    Ok(())
});

on_both!(nobody_looks_as_themselves_as_an_administrator_or_without_a_reason, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let (sam, at_work) = sam_at(&school).await?;
    let other = school.learner("kim").await;
    app.db.write(async |tx| accounts::add_role(app, tx, &other.id, Role::Admin).await).await?;
    for whom in [&school.sam().id, &other.id] {
        assert_eq!(refused(accounts::see_as(app, &sam, &at_work, whom, &why()).await), Refusal::Above);
    }
    let silent = accounts::see_as(app, &sam, &at_work, &school.grace().id, &SeeAs::default()).await;
    assert_eq!(problem(silent, "reason"), Problem::Required);
    Ok(())
});

on_both!(a_look_ends_where_a_role_on_either_side_forbids_it, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (sam, at_work) = sam_at(&school).await?;
    accounts::see_as(app, &sam, &at_work, &grace.id, &why()).await?;
    let nobody_special =
        Visitor { me: at_work.me.clone().map(|me| model::accounts::Me { roles: vec![Role::Finance], ..me }), ..at_work.clone() };
    assert!(eyes(&school, &nobody_special).await?.is_none());
    app.db.write(async |tx| accounts::add_role(app, tx, &grace.id, Role::Admin).await).await?;
    assert!(eyes(&school, &at_work).await?.is_none());
    Ok(())
});
