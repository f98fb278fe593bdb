//! Stories of reviews.

use super::*;
use crate::testing::School;
use crate::{Error, Member, Result, catalog, entitlement};
use model::Fault;
use model::community::{Refusal, WriteReview};
use model::entitlement::Source;
use store::on_both;

async fn own(school: &School, who: &Member) -> Result<()> {
    let grant = entitlement::Grant {
        account: &who.id,
        course: &school.engines(),
        source: Source::Staff,
        source_id: who.id.as_str(),
        expires_at: None,
    };
    school.app.db.write(async |tx| entitlement::grant(&school.app, tx, grant.clone()).await).await.map(|_| ())
}

async fn say(school: &School, who: &Member, stars: &str, body: &str) -> Result<()> {
    let form = WriteReview { stars: stars.into(), body: body.into() };
    write_review(&school.app, who, &"analytical-engines".parse().expect("a slug"), form).await
}

on_both!(a_learner_s_review_counts_once_however_often_it_is_said_anew, async |db| -> Result<()> {
    let school = School::open(db).await;
    own(&school, &school.grace()).await?;
    say(&school, &school.grace(), "2", "Too many gears.").await?;
    say(&school, &school.grace(), "5", "I understood the gears in the end.").await?;
    let mut conn = school.app.db.read().await?;
    let all = reviews(&mut conn, &school.engines(), None, 1).await?;
    assert_eq!((all.spread, all.shown.len(), all.shown[0].stars), ([1, 0, 0, 0, 0], 1, 5));
    let course = catalog::course(&mut conn, &"analytical-engines".parse().expect("a slug")).await?.expect("the course");
    assert_eq!(course.card.rating, all.rating);
    assert!(reviews(&mut conn, &school.engines(), Some(3), 1).await?.shown.is_empty());
    Ok(())
});

on_both!(a_review_sent_twice_at_the_same_moment_is_one_review, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    own(&school, &grace).await?;
    futures::future::try_join_all((0..4).map(|_| say(&school, &grace, "4", "Gears, clearly told."))).await?;
    let mut conn = school.app.db.read().await?;
    let all = reviews(&mut conn, &school.engines(), None, 1).await?;
    assert_eq!((all.spread, all.rating.stars, all.rating.reviews), ([0, 1, 0, 0, 0], 4, 1));
    let course = catalog::course(&mut conn, &"analytical-engines".parse().expect("a slug")).await?.expect("the course");
    assert_eq!(course.card.rating, all.rating);
    Ok(())
});

on_both!(only_who_has_the_course_reviews_it_and_never_its_teacher, async |db| -> Result<()> {
    let school = School::open(db).await;
    let refused = say(&school, &school.grace(), "5", "I have not seen it.").await;
    assert!(matches!(refused, Err(Error::Fault(Fault::Conflict(model::Refusal::Community(Refusal::NotALearner))))));
    let refused = say(&school, &school.ada(), "5", "My best work.").await;
    assert!(matches!(refused, Err(Error::Fault(Fault::Conflict(model::Refusal::Community(Refusal::OwnCourse))))));
    let empty = say(&school, &school.grace(), "", "").await;
    assert!(matches!(empty, Err(Error::Fault(Fault::Invalid(errors))) if errors.len() == 2));
    Ok(())
});

on_both!(every_review_can_be_read_page_by_page, async |db| -> Result<()> {
    let school = School::open(db).await;
    for n in 0..30 {
        let who = school.learner(&format!("reader{n}")).await;
        own(&school, &who).await?;
        say(&school, &who, if n % 2 == 0 { "5" } else { "4" }, &format!("Gears, told for the time {n}.")).await?;
    }
    let mut conn = school.app.db.read().await?;
    let mut read = std::collections::BTreeSet::new();
    for page in 1..=3 {
        let some = reviews(&mut conn, &school.engines(), None, page).await?;
        assert_eq!((some.page, some.pages), (page, 3));
        read.extend(some.shown.into_iter().map(|review| review.body.to_string()));
    }
    assert_eq!(read.len(), 30);
    let fives = reviews(&mut conn, &school.engines(), Some(5), 9).await?;
    assert_eq!((fives.page, fives.pages, fives.shown.len()), (2, 2, 3), "behind the end is the last page");
    Ok(())
});
