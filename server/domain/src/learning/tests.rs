//! Stories of learning.

use super::{continue_learning, lesson_page, mark, opened, shelf, study};
use crate::entitlement::{self, Grant};
use crate::events::Happening;
use crate::testing::School;
use crate::{Error, Member, Result, Visitor};
use model::entitlement::Source;
use model::ids::{CourseId, LessonId};
use model::learning::{Content, Stage, StudyReport};
use model::text::Slug;
use model::time::{hours, minutes, seconds};
use model::{Fault, Lang};
use store::{Db, on_both};

fn engines() -> Slug {
    "analytical-engines".parse().expect("a slug")
}

fn notes() -> Slug {
    "notes".parse().expect("a slug")
}

async fn give(school: &School, member: &Member, course: &CourseId) -> Result<()> {
    let app = &school.app;
    let right = Grant { account: &member.id, course, source: Source::Staff, source_id: "a present", expires_at: None };
    app.db.write(async |tx| entitlement::grant(app, tx, right.clone()).await).await?;
    Ok(())
}

/// Watched from `from` to `to` seconds.
fn watched(event: &str, from: f64, to: f64) -> StudyReport {
    StudyReport {
        position_seconds: to,
        ranges: vec![(from, to)],
        duration_seconds: Some(300.0),
        event: event.into(),
        age_seconds: None,
    }
}

async fn completed(school: &School, who: &Member, lesson: &LessonId, report: StudyReport) -> Result<bool> {
    Ok(study(&school.app, who, &engines(), lesson, report).await?.completed)
}

fn fault<T>(outcome: Result<T>) -> Option<Fault> {
    match outcome {
        Err(Error::Fault(fault)) => Some(fault),
        _ => None,
    }
}

on_both!(a_lesson_is_shown_as_far_as_it_is_open, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let lessons = school.engines_lessons();
    let stranger = Visitor::stranger(Lang::En);
    let preview = lesson_page(app, &stranger, &engines(), &lessons[0]).await?;
    assert_eq!((preview.content, preview.kept, preview.number), (Content::Missing, false, 1));
    let locked = lesson_page(app, &school.visit(&grace), &engines(), &lessons[2]).await?;
    assert_eq!((locked.content, locked.kept, locked.body.as_str()), (Content::Locked, false, ""));
    give(&school, &grace, &school.engines()).await?;
    let open = lesson_page(app, &school.visit(&grace), &engines(), &lessons[2]).await?;
    assert_eq!((open.content, open.kept), (Content::Text, true));
    assert!(open.body.as_str().contains("slowly"));
    assert_eq!(open.previous.map(|lesson| lesson.id), Some(lessons[1].clone()));
    assert_eq!(open.next.map(|lesson| lesson.id), Some(lessons[3].clone()));
    let elsewhere = fault(lesson_page(app, &stranger, &notes(), &lessons[0]).await);
    assert_eq!(elsewhere, Some(Fault::NotFound), "a lesson of another course");
    Ok(())
});

on_both!(a_film_goes_on_where_it_was_left_and_is_done_at_nine_tenths, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    give(&school, &grace, &school.engines()).await?;
    let film = &school.engines_lessons()[0];
    assert!(!completed(&school, &grace, film, watched("one", 0.0, 200.4)).await?);
    let page = lesson_page(app, &school.visit(&grace), &engines(), film).await?;
    assert_eq!((page.resume_seconds, page.ranges.clone(), page.lesson.done), (200.4, vec![(0.0, 200.4)], false));
    school.after(seconds(80));
    assert!(completed(&school, &grace, film, watched("two", 200.4, 280.0)).await?);
    assert!(completed(&school, &grace, film, watched("two", 200.4, 280.0)).await?, "sent twice");
    assert_eq!(school.announced(Happening::LessonFinished).await.len(), 1);
    assert!(lesson_page(app, &school.visit(&grace), &engines(), film).await?.lesson.done);
    Ok(())
});

on_both!(
    a_lesson_once_done_stays_done_when_its_length_changes_until_a_hand_says_otherwise,
    async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        let (app, grace) = (&school.app, school.grace());
        give(&school, &grace, &school.engines()).await?;
        let film = &school.engines_lessons()[0];
        assert!(completed(&school, &grace, film, watched("one", 0.0, 280.0)).await?);
        app.db
            .write(async |tx| {
                tx.query(store::sql!("UPDATE lessons SET seconds = 3000 WHERE id = $1")).bind(film.as_str()).execute().await?;
                Ok::<_, Error>(())
            })
            .await?;
        assert!(completed(&school, &grace, film, watched("two", 280.0, 290.0)).await?);
        mark(app, &grace, &engines(), film, false).await?;
        assert!(!completed(&school, &grace, film, watched("three", 290.0, 295.0)).await?);
        Ok(())
    }
);

on_both!(a_report_is_taken_only_from_who_may_open_the_lesson, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (grace, lessons) = (school.grace(), school.engines_lessons());
    let locked = completed(&school, &grace, &lessons[1], watched("one", 0.0, 5.0)).await;
    assert_eq!(fault(locked), Some(Fault::Forbidden));
    assert!(!completed(&school, &grace, &lessons[0], watched("one", 0.0, 5.0)).await?, "a free preview is kept too");
    let impossible = completed(&school, &grace, &lessons[0], watched("two", 5.0, 1.0)).await;
    assert!(matches!(fault(impossible), Some(Fault::Invalid(_))));
    Ok(())
});

on_both!(the_latest_position_wins_though_it_was_sent_first, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let film = &school.engines_lessons()[0];
    completed(&school, &grace, film, watched("laptop", 0.0, 60.0)).await?;
    let waited = StudyReport { age_seconds: Some(3600.0), ..watched("phone", 100.0, 120.0) };
    completed(&school, &grace, film, waited).await?;
    let page = lesson_page(app, &school.visit(&grace), &engines(), film).await?;
    assert_eq!((page.resume_seconds, page.ranges), (60.0, vec![(0.0, 60.0), (100.0, 120.0)]));
    Ok(())
});

on_both!(two_devices_at_once_lose_nothing, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let grace = school.grace();
    let film = &school.engines_lessons()[0];
    let reports = (0..10).map(|n| {
        let (school, grace) = (&school, &grace);
        let from = f64::from(n) * 30.0;
        async move { completed(school, grace, film, watched(&format!("e-{n}"), from, from + 30.0)).await }
    });
    for outcome in futures::future::join_all(reports).await {
        outcome?;
    }
    let page = lesson_page(&school.app, &school.visit(&grace), &engines(), film).await?;
    assert_eq!((page.ranges, page.lesson.done), (vec![(0.0, 300.0)], true));
    assert_eq!(school.announced(Happening::LessonFinished).await.len(), 1);
    Ok(())
});

on_both!(the_log_hears_of_studying_in_summary, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let grace = school.grace();
    let film = &school.engines_lessons()[0];
    for n in 0..12 {
        let from = f64::from(n) * 5.0;
        completed(&school, &grace, film, watched(&format!("e-{n}"), from, from + 5.0)).await?;
        school.after(seconds(5));
    }
    assert_eq!(school.announced(Happening::LessonStudied).await.len(), 1, "a minute of watching");
    school.after(minutes(3));
    completed(&school, &grace, film, watched("later", 60.0, 65.0)).await?;
    let told = school.announced(Happening::LessonStudied).await;
    let seconds: i64 =
        told.iter().filter_map(|event| serde_json::from_str::<serde_json::Value>(&event.detail).ok()?["seconds"].as_i64()).sum();
    assert_eq!((told.len(), seconds), (2, 65));
    Ok(())
});

on_both!(a_course_is_finished_once_when_its_last_lesson_is, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    give(&school, &grace, &school.notes()).await?;
    let lessons = school.notes_lessons();
    mark(app, &grace, &notes(), &lessons[0], true).await?;
    assert!(school.announced(Happening::CourseFinished).await.is_empty());
    mark(app, &grace, &notes(), &lessons[1], true).await?;
    mark(app, &grace, &notes(), &lessons[1], true).await?;
    assert_eq!(school.announced(Happening::CourseFinished).await.len(), 1);
    assert_eq!(shelf(app, &grace, Stage::Finished).await?.finished, 1);
    school.after(minutes(1));
    mark(app, &grace, &notes(), &lessons[1], false).await?;
    let again = shelf(app, &grace, Stage::Active).await?;
    assert_eq!((again.active, again.finished, again.courses[0].percent()), (1, 0, 50), "a tick can be taken back");
    assert_eq!(again.courses[0].next.as_ref().map(|next| &next.id), Some(&lessons[1]));
    Ok(())
});

on_both!(learning_goes_on_in_the_course_and_lesson_where_it_was_left, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    assert!(continue_learning(app, &grace).await?.is_none());
    give(&school, &grace, &school.notes()).await?;
    let fresh = continue_learning(app, &grace).await?.expect("something to begin");
    assert_eq!((fresh.stage, fresh.card.id), (Stage::New, school.notes()));
    give(&school, &grace, &school.engines()).await?;
    school.after(hours(1));
    completed(&school, &grace, &school.engines_lessons()[1], watched("one", 0.0, 42.0)).await?;
    let going = continue_learning(app, &grace).await?.expect("something to go on with");
    assert_eq!(going.card.id, school.engines());
    assert_eq!(going.next.as_ref().map(|next| &next.id), Some(&school.engines_lessons()[1]));
    school.after(hours(1));
    opened(app, &grace, &notes(), &school.notes_lessons()[1]).await?;
    let text = continue_learning(app, &grace).await?.expect("something to go on with");
    assert_eq!(text.next.map(|next| next.id), Some(school.notes_lessons()[1].clone()));
    assert_eq!(fault(opened(app, &school.lin(), &notes(), &school.notes_lessons()[1]).await), Some(Fault::Forbidden));
    Ok(())
});
