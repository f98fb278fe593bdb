//! The log after its database was restored from a dump.

use super::*;
use crate::testing::School;
use std::time::Duration;
use store::{Db, on_both};

async fn announced(school: &School, subject: &str) -> Result<()> {
    let event = Event::new(Happening::CourseViewed, subject);
    school.app.db.write(async |tx| announce(&school.app, tx, event.clone()).await).await
}

/// What the follower reads next, once it has come to `last`: an event shows when every transaction beside it is over, those of
/// other stories included.
async fn reads(db: &Db, follower: &str, last: &str) -> Result<Vec<String>> {
    for _ in 0..6_000 {
        let found = next(&mut db.read().await?, follower, 1_000).await?;
        let subjects: Vec<String> = found.into_iter().map(|logged| logged.event.subject).collect();
        if subjects.iter().any(|subject| subject == last) {
            return Ok(subjects);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{follower} never comes to {last}")
}

/// The follower has dealt with everything up to this event.
async fn at(school: &School, follower: &str, subject: &str) -> Result<()> {
    let all = written_after(&mut school.app.db.read().await?, Position::default(), 1_000).await?;
    let there = all.iter().find(|logged| logged.event.subject == subject).expect("the event").position;
    school.app.db.write(async |tx| advance(tx, follower, there).await).await
}

on_both!(a_restored_log_is_followed_on_from_where_it_was_left, async |db| -> Result<()> {
    let school = School::open(db).await;
    let db = &school.app.db;
    for subject in ["one", "two", "three"] {
        announced(&school, subject).await?;
    }
    at(&school, "slow", "one").await?;
    at(&school, "quick", "two").await?;
    at(&school, "as quick", "two").await?;
    at(&school, "done", "three").await?;
    db.write(async |tx| queries::pretend_from_elsewhere(tx).await).await?;
    assert_eq!(take_over(db).await?, db.kind() == store::Kind::Postgres);
    assert!(!take_over(db).await?, "once");
    announced(&school, "four").await?;
    assert_eq!(reads(db, "slow", "four").await?, ["two", "three", "four"]);
    assert_eq!(reads(db, "quick", "four").await?, ["three", "four"]);
    assert_eq!(reads(db, "as quick", "four").await?, ["three", "four"]);
    assert_eq!(reads(db, "done", "four").await?, ["four"]);
    let whole = reads(db, "new", "four").await?;
    assert!(whole.ends_with(&["one", "two", "three", "four"].map(str::to_owned)), "{whole:?}");
    at(&school, "quick", "four").await?;
    announced(&school, "five").await?;
    assert_eq!(reads(db, "quick", "five").await?, ["five"]);
    Ok(())
});

on_both!(a_log_of_this_database_is_left_as_it_is, async |db| -> Result<()> {
    let school = School::open(db).await;
    announced(&school, "one").await?;
    let before = end(&mut school.app.db.read().await?).await?;
    assert!(!take_over(&school.app.db).await?);
    assert_eq!(end(&mut school.app.db.read().await?).await?, before);
    Ok(())
});

on_both!(what_a_later_version_announced_holds_up_no_follower, async |db| -> Result<()> {
    let school = School::open(db).await;
    let db = &school.app.db;
    for subject in ["one", "two", "three"] {
        announced(&school, subject).await?;
    }
    at(&school, "slow", "one").await?;
    db.write(async |tx| queries::pretend_from_later(tx, "two").await).await?;
    assert_eq!(reads(db, "slow", "three").await?, ["two", "three"]);
    let all = written_after(&mut db.read().await?, Position::default(), 1_000).await?;
    let kinds: Vec<Happening> = all.iter().rev().take(2).map(|logged| logged.event.kind).collect();
    assert_eq!(kinds, [Happening::CourseViewed, Happening::Unknown]);
    Ok(())
});
