//! Statements about everything somebody learns.

use super::count;
use crate::Result;
use model::Moment;
use model::ids::{AccountId, CourseId};
use model::learning::LessonLink;
use store::{Conn, sql};

/// When somebody was last in a course, and in which lesson.
pub struct LastIn {
    pub course: CourseId,
    pub position: i64,
    pub at: Moment,
}

pub async fn last_in(conn: &mut Conn, account: &AccountId) -> Result<Vec<LastIn>> {
    let all = conn
        .query(sql!(
            "SELECT p.course_id, p.last_at, l.position FROM course_progress p JOIN lessons l ON l.id = p.last_lesson_id
              WHERE p.account_id = $1"
        ))
        .bind(account.as_str())
        .all(|row| {
            Ok(LastIn {
                course: row.parse("course_id")?,
                position: row.get("position")?,
                at: Moment::from_millis(row.get("last_at")?),
            })
        })
        .await?;
    Ok(all)
}

/// The courses of the membership that somebody was in.
pub async fn begun_in_membership(conn: &mut Conn, account: &AccountId) -> Result<Vec<CourseId>> {
    let all = conn
        .query(sql!(
            "SELECT p.course_id FROM course_progress p JOIN membership_courses m ON m.course_id = p.course_id
              WHERE p.account_id = $1 ORDER BY p.last_at DESC, p.course_id"
        ))
        .bind(account.as_str())
        .all(|row| row.parse("course_id"))
        .await?;
    Ok(all)
}

/// A lesson that is not done yet.
pub struct Open {
    pub course: CourseId,
    pub lesson: LessonLink,
    pub position: i64,
    pub seconds: u32,
}

/// What is left to do in these courses, in the order of their outlines.
pub async fn open_lessons(conn: &mut Conn, account: &AccountId, courses: &[CourseId]) -> Result<Vec<Open>> {
    let open = conn
        .query(sql!(
            "SELECT l.course_id, l.id, l.title, l.position, l.seconds
               FROM lessons l LEFT JOIN lesson_progress p ON p.lesson_id = l.id AND p.account_id = $1
              WHERE l.chapter_id IS NOT NULL AND COALESCE(p.done, FALSE) = FALSE AND l.course_id IN (…)
              ORDER BY l.course_id, l.position"
        ))
        .bind(account.as_str())
        .list(courses.iter().map(CourseId::as_str))
        .all(|row| {
            Ok(Open {
                course: row.parse("course_id")?,
                lesson: LessonLink { id: row.parse("id")?, title: row.get("title")? },
                position: row.get("position")?,
                seconds: count(row, "seconds")?,
            })
        })
        .await?;
    Ok(open)
}

/// How many lessons somebody has done of each course they began.
pub async fn done_counts(conn: &mut Conn, account: &AccountId) -> Result<Vec<(CourseId, u32)>> {
    let counts = conn
        .query(sql!(
            "SELECT p.course_id, COUNT(*) AS done FROM lesson_progress p JOIN lessons l ON l.id = p.lesson_id
              WHERE p.account_id = $1 AND p.done AND l.chapter_id IS NOT NULL GROUP BY p.course_id"
        ))
        .bind(account.as_str())
        .all(|row| Ok((row.parse("course_id")?, count(row, "done")?)))
        .await?;
    Ok(counts)
}
