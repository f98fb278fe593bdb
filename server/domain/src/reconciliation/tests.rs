//! Stories of comparing books.

use super::*;
use crate::Error;
use crate::payments::latest;
use crate::testing::{School, buying};
use model::books::MovementKind;
use model::{Currency, Money};
use store::on_both;

/// Grace has bought a course: the attempt.
async fn bought(school: &School) -> Result<String> {
    let order = buying::bought(school, &school.grace()).await?;
    let attempt = latest(&mut school.app.db.read().await?, order.as_str()).await?.expect("an attempt");
    Ok(attempt.id.to_string())
}

on_both!(inv_19_a_day_is_compared_once_and_what_only_the_provider_knows_is_told, async |db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let attempt = bought(&school).await?;
    school.till.moved(&attempt, MovementKind::Capture, Money::new(19_900, Currency::Cny), app.now());
    school.after(days(1));
    assert!(work(app).await?);
    assert!(!work(app).await?, "once a day");
    let first = list(app, &sam, 1).await?.items.remove(0);
    assert_eq!((first.outcome, first.theirs, first.ours, first.differences.len()), (Outcome::Same, 1, 1, 0));
    let yesterday = day_of(app.now()) - 1;
    school.till.moved("nobody-knows", MovementKind::Capture, Money::new(500, Currency::Cny), app.now() - hours(24));
    compare_now(app, &sam, yesterday).await?;
    let second = list(app, &sam, 1).await?.items.remove(0);
    assert_eq!((second.outcome, second.asked_by.as_deref()), (Outcome::Different, Some("Sam")));
    let difference = &second.differences[0];
    assert_eq!((difference.reference.as_str(), difference.theirs, difference.ours), ("nobody-knows", 500, 0));
    school.till.is(crate::testing::Mood::Deaf);
    compare_now(app, &sam, yesterday).await?;
    assert_eq!(list(app, &sam, 1).await?.items[0].outcome, Outcome::NoAnswer);
    Ok(())
});

on_both!(inv_19_days_without_an_answer_or_without_a_worker_are_compared_later, async |db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    school.after(days(1));
    assert!(work(app).await?);
    let first = list(app, &sam, 1).await?.items.remove(0).day;
    school.till.is(crate::testing::Mood::Deaf);
    school.after(days(1));
    assert!(work(app).await?);
    assert_eq!(list(app, &sam, 1).await?.items[0].outcome, Outcome::NoAnswer);
    // nobody works for three days
    school.after(days(3));
    school.till.is(crate::testing::Mood::Fine);
    while work(app).await? {}
    let runs = list(app, &sam, 1).await?.items;
    let compared: std::collections::BTreeSet<i64> =
        runs.iter().filter(|run| run.outcome == Outcome::Same).map(|run| run.day.millis()).collect();
    let wanted: std::collections::BTreeSet<i64> = (0..5).map(|more| (first + days(more)).millis()).collect();
    assert_eq!(compared, wanted);
    Ok(())
});

on_both!(a_new_school_has_no_yesterday_and_an_answer_takes_the_place_of_silence, async |db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    assert!(!work(app).await?, "nothing could move before the school was there");
    assert!(list(app, &sam, 1).await?.items.is_empty());
    school.after(days(1));
    school.till.is(crate::testing::Mood::Deaf);
    assert!(work(app).await?);
    assert!(!work(app).await?, "it is not asked again at once");
    assert_eq!(list(app, &sam, 1).await?.items[0].outcome, Outcome::NoAnswer);
    school.till.is(crate::testing::Mood::Fine);
    school.after(AGAIN);
    assert!(work(app).await?);
    let all = list(app, &sam, 1).await?.items;
    assert_eq!((all.len(), all[0].outcome), (1, Outcome::Same));
    Ok(())
});
