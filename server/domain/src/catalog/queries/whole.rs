//! The statements that read an edition back as it was published, for its author.

use super::super::edition::{Edition, EditionChapter, EditionLesson};
use crate::Result;
use model::html::SafeHtml;
use model::ids::{AccountId, ChapterId, CourseId, MediaId};
use model::text::Slug;
use model::{Moment, Money};
use store::{Conn, Row, sql};

/// The course at this address, listed or not.
pub async fn id_of(conn: &mut Conn, slug: &Slug) -> Result<Option<CourseId>> {
    let id =
        conn.query(sql!("SELECT id FROM courses WHERE slug = $1")).bind(slug.as_str()).optional(|row| row.parse("id")).await?;
    Ok(id)
}

/// Every course of an instructor, listed or not.
pub async fn taught_by(conn: &mut Conn, instructor: &AccountId) -> Result<Vec<CourseId>> {
    let ids = conn
        .query(sql!("SELECT id FROM courses WHERE instructor_id = $1 ORDER BY published_at, id"))
        .bind(instructor.as_str())
        .all(|row| row.parse("id"))
        .await?;
    Ok(ids)
}

/// Whether an edition shows this file: as a lesson (left out later, too), as a cover or as a picture in a text.
pub async fn shows(conn: &mut Conn, media: &MediaId) -> Result<bool> {
    let shows = conn
        .query(sql!(
            "SELECT (EXISTS (SELECT 1 FROM lessons WHERE media_id = $1)
                  OR EXISTS (SELECT 1 FROM courses WHERE cover_media_id = $1)
                  OR EXISTS (SELECT 1 FROM courses WHERE about_html LIKE $2)
                  OR EXISTS (SELECT 1 FROM lessons WHERE body_html LIKE $2)) AS shown"
        ))
        .bind(media.as_str())
        .bind(format!("%/media/{media}/%"))
        .one(|row| row.get("shown"))
        .await?;
    Ok(shows)
}

/// The head of an edition: everything but its lists and its outline.
pub async fn head(conn: &mut Conn, course: &CourseId) -> Result<Option<Edition>> {
    let head = conn
        .query(sql!(
            "SELECT id, slug, instructor_id, kind, level, language, topic, title, promise, about_html, cover_media_id, price, compare_price,
                    currency, published_at
               FROM courses WHERE id = $1"
        ))
        .bind(course.as_str())
        .optional(|row: &Row| {
            let currency = row.parse("currency")?;
            Ok(Edition {
                id: row.parse("id")?,
                slug: row.parse("slug")?,
                instructor: row.parse("instructor_id")?,
                kind: row.parse("kind")?,
                level: row.parse("level")?,
                language: row.parse("language")?,
                topic: row.parse("topic")?,
                title: row.parse("title")?,
                promise: row.get("promise")?,
                about: SafeHtml::sanitised(row.get("about_html")?),
                cover: media(row, "cover_media_id")?,
                tags: Vec::new(),
                learn: Vec::new(),
                suits: Vec::new(),
                not_for: Vec::new(),
                price: Money::new(row.get("price")?, currency),
                compare: row.get::<Option<i64>>("compare_price")?.map(|minor| Money::new(minor, currency)),
                chapters: Vec::new(),
                published_at: Moment::from_millis(row.get("published_at")?),
            })
        })
        .await?;
    Ok(head)
}

fn media(row: &Row, column: &str) -> Result<Option<MediaId>, store::Error> {
    Ok(row.get::<Option<String>>(column)?.and_then(|text| text.parse().ok()))
}

/// The chapters with their lessons, in order.
pub async fn chapters(conn: &mut Conn, course: &CourseId) -> Result<Vec<EditionChapter>> {
    let mut chapters = conn
        .query(sql!("SELECT id, title FROM chapters WHERE course_id = $1 ORDER BY position"))
        .bind(course.as_str())
        .all(|row| Ok(EditionChapter { id: row.parse("id")?, title: row.get("title")?, lessons: Vec::new() }))
        .await?;
    let lessons = conn
        .query(sql!(
            "SELECT id, chapter_id, title, kind, seconds, preview, media_id, body_html
               FROM lessons WHERE course_id = $1 AND chapter_id IS NOT NULL ORDER BY position"
        ))
        .bind(course.as_str())
        .all(|row| {
            let lesson = EditionLesson {
                id: row.parse("id")?,
                title: row.get("title")?,
                kind: row.parse("kind")?,
                seconds: u32::try_from(row.get::<i64>("seconds")?).unwrap_or_default(),
                preview: row.get("preview")?,
                media: media(row, "media_id")?,
                body: SafeHtml::sanitised(row.get("body_html")?),
            };
            Ok((row.parse::<ChapterId>("chapter_id")?, lesson))
        })
        .await?;
    for (chapter, lesson) in lessons {
        if let Some(chapter) = chapters.iter_mut().find(|known| known.id == chapter) {
            chapter.lessons.push(lesson);
        }
    }
    Ok(chapters)
}
