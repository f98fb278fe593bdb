//! Stories of people.

use crate::testing::School;
use crate::{Error, accounts};
use store::{Db, on_both};

on_both!(a_session_lives_until_it_has_been_idle_too_long, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let secret = app.db.write(async |tx| accounts::open_session(app, tx, &grace.id, "a browser").await).await?;
    let found = accounts::who_has(app, secret.reveal()).await?.expect("Grace is signed in");
    assert_eq!(found.me, grace.me);
    school.after(model::time::days(13));
    assert!(accounts::who_has(app, secret.reveal()).await?.is_some());
    school.after(model::time::days(15));
    assert!(accounts::who_has(app, secret.reveal()).await?.is_none());
    Ok(())
});
