//! Stories of the feed.

use super::{collect, dismiss, feed, fitted, restore, viewed};
use crate::entitlement::{self, Grant};
use crate::events::{self, Event, Happening};
use crate::testing::{School, edition};
use crate::{Error, Member, Result, catalog};
use model::catalog::LessonKind;
use model::entitlement::Source;
use model::feed::Why;
use model::ids::CourseId;
use model::lang::ContentLang;
use model::time::{hours, minutes};
use model::{Fault, Lang};
use store::{Db, on_both};

/// More to choose from: free, in English unless `chinese`.
async fn publish(school: &School, slug: &str, topic: &str, chinese: bool) -> Result<CourseId> {
    let app = &school.app;
    let mut new = edition(app, &school.ada().id, slug, slug, topic, 0, &[("One", LessonKind::Text), ("Two", LessonKind::Text)]);
    if chinese {
        new.language = ContentLang::Chinese;
    }
    app.db.write(async |tx| catalog::publish_edition(app, tx, &new).await).await?;
    Ok(new.id)
}

/// Follows the log until so many interactions are known. Postgres shows an event only when no older transaction is under way,
/// and other stories play on the same server.
async fn take_in_until(school: &School, interactions: usize) -> Result<()> {
    for _ in 0..500 {
        collect(&school.app).await?;
        if fitted::fit(&school.app).await?.interactions == interactions {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    Err(Error::bug("the log was not followed"))
}

async fn slugs(school: &School, who: &Member) -> Result<Vec<String>> {
    let shown = feed(&school.app, who, Lang::En, None).await?;
    Ok(shown.items.iter().map(|item| item.card.slug.to_string()).collect())
}

on_both!(a_stranger_to_the_school_is_offered_what_there_is_with_a_reason, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let shown = feed(&school.app, &school.grace(), Lang::En, None).await?;
    assert!(shown.fresh && shown.going_on.is_none());
    assert_eq!(shown.items.len(), 2);
    assert!(shown.items.iter().all(|item| !item.reasons.is_empty()));
    assert!(slugs(&school, &school.ada()).await?.is_empty(), "nobody is offered what they teach");
    Ok(())
});

on_both!(what_cannot_be_taken_in_holds_up_nothing_behind_it, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let nowhere: CourseId = app.new_id();
    for course in [nowhere, school.notes()] {
        let seen = Event::new(Happening::CourseViewed, &course).of(&grace.id);
        app.db.write(async |tx| events::announce(app, tx, seen.clone()).await).await?;
    }
    take_in_until(&school, 1).await
});

on_both!(what_one_owns_is_not_offered_and_speaks_for_what_is_like_it, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    publish(&school, "more-notes", "humanities", false).await?;
    publish(&school, "scales", "music", false).await?;
    let right =
        Grant { account: &grace.id, course: &school.notes(), source: Source::Staff, source_id: "a present", expires_at: None };
    app.db.write(async |tx| entitlement::grant(app, tx, right.clone()).await).await?;
    let shown = feed(app, &grace, Lang::En, None).await?;
    assert!(!shown.fresh);
    assert_eq!(shown.going_on.as_ref().map(|owned| owned.card.id.clone()), Some(school.notes()));
    assert!(shown.items.iter().all(|item| item.card.id != school.notes()));
    let first = &shown.items[0];
    assert_eq!(first.card.slug.as_str(), "more-notes");
    let because = |why: &Why| matches!(why, Why::Studied { title } if title == "Notes");
    assert!(first.reasons.iter().any(|reason| because(&reason.why)), "{:?}", first.reasons);
    Ok(())
});

on_both!(what_was_dismissed_is_gone_at_once_and_can_be_taken_back, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    dismiss(app, &grace, &school.notes()).await?;
    dismiss(app, &grace, &school.notes()).await?;
    assert_eq!(slugs(&school, &grace).await?, ["analytical-engines"]);
    assert_eq!(school.announced(Happening::ItemDismissed).await.len(), 1);
    let shown = feed(app, &grace, Lang::En, Some(school.notes())).await?;
    assert_eq!(shown.put_away.map(|card| card.id), Some(school.notes()));
    assert!(
        feed(app, &grace, Lang::En, Some(school.engines())).await?.put_away.is_none(),
        "only what was dismissed is offered back"
    );
    restore(app, &grace, &school.notes()).await?;
    restore(app, &grace, &school.notes()).await?;
    assert_eq!(slugs(&school, &grace).await?.len(), 2);
    let nowhere = "no-such-course".parse().expect("an id");
    assert!(matches!(dismiss(app, &grace, &nowhere).await, Err(Error::Fault(Fault::NotFound))));
    Ok(())
});

on_both!(a_look_moves_the_next_feed_and_is_told_once_in_half_an_hour, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    publish(&school, "scales", "music", false).await?;
    let songs = publish(&school, "songs", "music", false).await?;
    viewed(app, &grace, &songs).await?;
    viewed(app, &grace, &songs).await?;
    assert_eq!(school.announced(Happening::CourseViewed).await.len(), 1);
    let shown = feed(app, &grace, Lang::En, None).await?;
    let scales = shown.items.iter().find(|item| item.card.slug.as_str() == "scales").expect("it is offered");
    assert!(scales.reasons.iter().any(|reason| matches!(&reason.why, Why::LookedAt { title } if title == "songs")));
    school.after(minutes(31));
    viewed(app, &grace, &songs).await?;
    assert_eq!(school.announced(Happening::CourseViewed).await.len(), 2);
    Ok(())
});

on_both!(courses_in_the_reader_s_language_come_first, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    for (slug, chinese) in [("zh-a", true), ("en-a", false), ("zh-b", true), ("en-b", false)] {
        publish(&school, slug, "music", chinese).await?;
    }
    let first = |lang| {
        let school = &school;
        async move {
            let shown = feed(&school.app, &school.lin(), lang, None).await?;
            Ok::<_, Error>(shown.items[0].card.language)
        }
    };
    assert_eq!(first(Lang::Zh).await?, ContentLang::Chinese);
    assert_eq!(first(Lang::En).await?, ContentLang::English);
    Ok(())
});

on_both!(the_follower_takes_every_event_once_and_forgets_what_was_given_back, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let right =
        Grant { account: &grace.id, course: &school.notes(), source: Source::Staff, source_id: "a present", expires_at: None };
    app.db.write(async |tx| entitlement::grant(app, tx, right.clone()).await).await?;
    viewed(app, &grace, &school.engines()).await?;
    take_in_until(&school, 2).await?;
    assert_eq!(collect(app).await?, 0, "nothing is taken twice");
    school.after(hours(1));
    app.db.write(async |tx| entitlement::revoke(app, tx, Source::Staff, "a present").await).await?;
    take_in_until(&school, 1).await?;
    Ok(())
});

on_both!(a_course_that_is_not_offered_any_more_leaves_the_feed_at_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    assert_eq!(slugs(&school, &school.grace()).await?.len(), 2);
    app.db.write(async |tx| catalog::unlist(app, tx, &school.notes()).await).await?;
    assert_eq!(slugs(&school, &school.grace()).await?, ["analytical-engines"]);
    Ok(())
});
