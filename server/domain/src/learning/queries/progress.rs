//! Statements about where somebody is.

use crate::Result;
use crate::learning::state::{Deed, Happened, Latest, Ranges, State};
use model::Moment;
use model::ids::{AccountId, CourseId, LessonId};
use store::{Conn, Row, Tx, sql};

/// Somebody in a lesson.
#[derive(Clone, Copy)]
pub struct Who<'a> {
    pub account: &'a AccountId,
    pub course: &'a CourseId,
    pub lesson: &'a LessonId,
}

/// Keeps an event; false: it was here before.
pub async fn add_event(tx: &mut Tx, who: Who<'_>, happened: &Happened, now: Moment) -> Result<bool> {
    let (kind, position, ranges) = match &happened.deed {
        Deed::Watched { position, ranges } => {
            ("watched", *position, serde_json::to_string(ranges).unwrap_or_else(|_| "[]".into()))
        }
        Deed::Ticked(true) => ("ticked", 0, "[]".to_owned()),
        Deed::Ticked(false) => ("unticked", 0, "[]".to_owned()),
    };
    let added = tx
        .query(sql!(
            "INSERT INTO study_events (account_id, id, lesson_id, kind, position, ranges, happened_at, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
        ))
        .bind(who.account.as_str())
        .bind(happened.id.as_str())
        .bind(who.lesson.as_str())
        .bind(kind)
        .bind(position)
        .bind(ranges)
        .bind(happened.at.millis())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

/// A lesson's progress as it is stored.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    pub state: State,
    pub done: bool,
    pub finished_at: Option<Moment>,
    /// Watched milliseconds that the log knows of.
    pub announced: i64,
    pub announced_at: Option<Moment>,
}

fn stored(row: &Row) -> Result<Stored, store::Error> {
    Ok(Stored {
        state: State {
            ranges: Ranges::read(&row.get::<String>("ranges")?),
            position: Latest {
                value: row.get("position")?,
                at: Moment::from_millis(row.get("position_at")?),
                event: row.get("position_event")?,
            },
            tick: Latest {
                value: row.get("ticked")?,
                at: Moment::from_millis(row.get("ticked_at")?),
                event: row.get("ticked_event")?,
            },
        },
        done: row.get("done")?,
        finished_at: row.get::<Option<i64>>("finished_at")?.map(Moment::from_millis),
        announced: row.get("announced")?,
        announced_at: row.get::<Option<i64>>("announced_at")?.map(Moment::from_millis),
    })
}

pub async fn progress(conn: &mut Conn, account: &AccountId, lesson: &LessonId) -> Result<Option<Stored>> {
    let found = conn
        .query(sql!(
            "SELECT ranges, position, position_at, position_event, ticked, ticked_at, ticked_event, done, finished_at, announced, announced_at
               FROM lesson_progress WHERE account_id = $1 AND lesson_id = $2"
        ))
        .bind(account.as_str())
        .bind(lesson.as_str())
        .optional(stored)
        .await?;
    Ok(found)
}

/// The progress, held until the transaction ends, so that two devices do not overwrite each other.
pub async fn hold_progress(tx: &mut Tx, who: Who<'_>) -> Result<Stored> {
    tx.query(sql!("INSERT INTO lesson_progress (account_id, lesson_id, course_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"))
        .bind(who.account.as_str())
        .bind(who.lesson.as_str())
        .bind(who.course.as_str())
        .execute()
        .await?;
    let held = tx
        .query(sql!(
            "UPDATE lesson_progress SET course_id = $3 WHERE account_id = $1 AND lesson_id = $2
             RETURNING ranges, position, position_at, position_event, ticked, ticked_at, ticked_event, done, finished_at, announced, announced_at"
        ))
        .bind(who.account.as_str())
        .bind(who.lesson.as_str())
        .bind(who.course.as_str())
        .one(stored)
        .await?;
    Ok(held)
}

pub async fn save_progress(tx: &mut Tx, who: Who<'_>, stored: &Stored) -> Result<()> {
    let state = &stored.state;
    tx.query(sql!(
        "UPDATE lesson_progress SET ranges = $3, watched = $4, position = $5, position_at = $6, position_event = $7,
                ticked = $8, ticked_at = $9, ticked_event = $10, done = $11, finished_at = $12, announced = $13, announced_at = $14
          WHERE account_id = $1 AND lesson_id = $2"
    ))
    .bind(who.account.as_str())
    .bind(who.lesson.as_str())
    .bind(state.ranges.text())
    .bind(state.ranges.total())
    .bind(state.position.value)
    .bind(state.position.at.millis())
    .bind(state.position.event.as_str())
    .bind(state.tick.value)
    .bind(state.tick.at.millis())
    .bind(state.tick.event.as_str())
    .bind(stored.done)
    .bind(stored.finished_at.map(Moment::millis))
    .bind(stored.announced)
    .bind(stored.announced_at.map(Moment::millis))
    .execute()
    .await?;
    Ok(())
}

/// The person was in the course at `at`; an earlier moment changes nothing. The row is held until the transaction ends.
pub async fn touch_course(tx: &mut Tx, who: Who<'_>, at: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO course_progress (account_id, course_id, last_lesson_id, last_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, course_id) DO UPDATE SET
             last_lesson_id = CASE WHEN excluded.last_at >= course_progress.last_at THEN excluded.last_lesson_id ELSE course_progress.last_lesson_id END,
             last_at = CASE WHEN excluded.last_at >= course_progress.last_at THEN excluded.last_at ELSE course_progress.last_at END"
    ))
    .bind(who.account.as_str())
    .bind(who.course.as_str())
    .bind(who.lesson.as_str())
    .bind(at.millis())
    .execute()
    .await?;
    Ok(())
}

/// Notes that the course is finished, if every lesson of it is done and it was not noted before. Says whether it was noted now.
pub async fn finish_course(tx: &mut Tx, who: Who<'_>, now: Moment) -> Result<bool> {
    let finished = tx
        .query(sql!(
            "UPDATE course_progress SET finished_at = $3
              WHERE account_id = $1 AND course_id = $2 AND finished_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM lessons l LEFT JOIN lesson_progress p ON p.lesson_id = l.id AND p.account_id = $1
                     WHERE l.course_id = $2 AND l.chapter_id IS NOT NULL AND COALESCE(p.done, FALSE) = FALSE)"
        ))
        .bind(who.account.as_str())
        .bind(who.course.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(finished == 1)
}
