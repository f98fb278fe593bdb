//! The statements of learning.

mod progress;
mod shelf;

pub use progress::*;
pub use shelf::*;

use crate::Result;
use model::accounts::Person;
use model::catalog::{LessonKind, Offer, OutlineLesson};
use model::html::SafeHtml;
use model::ids::{AccountId, CourseId, LessonId, MediaId};
use model::learning::CourseHead;
use model::text::Slug;
use model::{Currency, Money};
use store::{Conn, Row, sql};

fn count(row: &Row, column: &str) -> Result<u32, store::Error> {
    Ok(u32::try_from(row.get::<i64>(column)?).unwrap_or_default())
}

pub async fn course(conn: &mut Conn, slug: &Slug) -> Result<Option<CourseHead>> {
    let found = conn
        .query(sql!(
            "SELECT c.id, c.slug, c.title, c.language, c.topic, c.price, c.compare_price, c.currency,
                    a.handle, a.name, a.headline
               FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.slug = $1"
        ))
        .bind(slug.as_str())
        .optional(|row| {
            let currency: Currency = row.parse("currency")?;
            Ok(CourseHead {
                id: row.parse("id")?,
                slug: row.parse("slug")?,
                title: row.get("title")?,
                language: row.parse("language")?,
                instructor: Person { handle: row.parse("handle")?, name: row.parse("name")?, headline: row.get("headline")? },
                topic: row.parse("topic")?,
                offer: Offer {
                    price: Money::new(row.get("price")?, currency),
                    compare: row.get::<Option<i64>>("compare_price")?.map(|minor| Money::new(minor, currency)),
                },
            })
        })
        .await?;
    Ok(found)
}

/// A lesson of the outline with the chapter it stands in.
pub struct Line {
    pub chapter_id: String,
    pub chapter: String,
    pub lesson: OutlineLesson,
}

/// The course's lessons in order; `done` as of `account`.
pub async fn outline(conn: &mut Conn, course: &CourseId, account: Option<&AccountId>) -> Result<Vec<Line>> {
    let lines = conn
        .query(sql!(
            "SELECT l.id, l.title, l.kind, l.seconds, l.preview, h.id AS chapter_id, h.title AS chapter, COALESCE(p.done, FALSE) AS done
               FROM lessons l JOIN chapters h ON h.id = l.chapter_id
               LEFT JOIN lesson_progress p ON p.lesson_id = l.id AND p.account_id = $2
              WHERE l.course_id = $1 ORDER BY l.position"
        ))
        .bind(course.as_str())
        .bind(account.map_or("", |account| account.as_str()))
        .all(|row| {
            Ok(Line {
                chapter_id: row.get("chapter_id")?,
                chapter: row.get("chapter")?,
                lesson: OutlineLesson {
                    id: row.parse("id")?,
                    title: row.get("title")?,
                    kind: row.parse("kind")?,
                    seconds: count(row, "seconds")?,
                    preview: row.get("preview")?,
                    done: row.get("done")?,
                },
            })
        })
        .await?;
    Ok(lines)
}

/// What a lesson holds.
pub struct Held {
    pub media: Option<MediaId>,
    pub body: SafeHtml,
}

pub async fn held(conn: &mut Conn, lesson: &LessonId) -> Result<Option<Held>> {
    let found = conn
        .query(sql!("SELECT media_id, body_html FROM lessons WHERE id = $1 AND chapter_id IS NOT NULL"))
        .bind(lesson.as_str())
        .optional(|row| Ok(Held { media: row.parse_optional("media_id")?, body: SafeHtml::sanitised(row.get("body_html")?) }))
        .await?;
    Ok(found)
}

/// A lesson as progress needs it.
pub struct Place {
    pub course: CourseId,
    pub kind: LessonKind,
    pub preview: bool,
    /// Length of its recording in milliseconds; 0: not known.
    pub length: i64,
}

/// The recording's own length stands before what the outline says.
pub async fn place(conn: &mut Conn, course: &Slug, lesson: &LessonId) -> Result<Option<Place>> {
    let found = conn
        .query(sql!(
            "SELECT l.course_id, l.kind, l.preview, CASE WHEN COALESCE(m.seconds, 0) > 0 THEN m.seconds ELSE l.seconds END AS seconds
               FROM lessons l JOIN courses c ON c.id = l.course_id LEFT JOIN media m ON m.id = l.media_id
              WHERE l.id = $1 AND c.slug = $2 AND l.chapter_id IS NOT NULL"
        ))
        .bind(lesson.as_str())
        .bind(course.as_str())
        .optional(|row| {
            Ok(Place {
                course: row.parse("course_id")?,
                kind: row.parse("kind")?,
                preview: row.get("preview")?,
                length: row.get::<i64>("seconds")?.saturating_mul(1000),
            })
        })
        .await?;
    Ok(found)
}
