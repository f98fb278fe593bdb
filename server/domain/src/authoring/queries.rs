//! The statements of authoring: drafts as they are read.

mod write;

pub use write::*;

use crate::Result;
use model::authoring::{ChapterLine, Draft, DraftCard, LessonDraft, LessonLine};
use model::ids::{AccountId, ChapterId, CourseId, LessonId, MediaId};
use model::money::Currency;
use model::{Moment, Money};
use std::collections::BTreeMap;
use store::{Conn, Row, sql};

pub async fn owner(conn: &mut Conn, course: &CourseId) -> Result<Option<AccountId>> {
    let owner = conn
        .query(sql!("SELECT owner_id FROM drafts WHERE course_id = $1"))
        .bind(course.as_str())
        .optional(|row| row.parse("owner_id"))
        .await?;
    Ok(owner)
}

fn count(row: &Row, column: &str) -> Result<u32, store::Error> {
    Ok(u32::try_from(row.get::<i64>(column)?).unwrap_or_default())
}

fn media(row: &Row, column: &str) -> Result<Option<MediaId>, store::Error> {
    // an id of ours; anything else is as good as none
    Ok(row.get::<Option<String>>(column)?.and_then(|text| text.parse().ok()))
}

fn price(row: &Row, column: &str) -> Result<Option<Money>, store::Error> {
    let currency: Currency = row.parse("currency")?;
    Ok(row.get::<Option<i64>>(column)?.map(|minor| Money::new(minor, currency)))
}

fn draft_of(row: &Row) -> Result<Draft, store::Error> {
    Ok(Draft {
        id: row.parse("course_id")?,
        slug: row.parse("slug")?,
        state: row.parse("state")?,
        kind: row.parse("kind")?,
        level: row.parse("level")?,
        language: row.parse("language")?,
        title: row.get("title")?,
        promise: row.get("promise")?,
        about: row.get("about")?,
        topic: row.get("topic")?,
        tags: row.get("tags")?,
        learn: row.get("learn")?,
        suits: row.get("suits")?,
        not_for: row.get("not_for")?,
        cover: media(row, "cover_media_id")?,
        price: price(row, "price")?,
        compare: price(row, "compare_price")?,
        version: row.get("version")?,
        published_at: row.get::<Option<i64>>("published_at")?.map(Moment::from_millis),
        updated_at: Moment::from_millis(row.get("updated_at")?),
    })
}

pub async fn draft(conn: &mut Conn, course: &CourseId) -> Result<Option<Draft>> {
    let draft = conn
        .query(sql!(
            "SELECT course_id, slug, state, kind, level, language, title, promise, about, topic, tags, learn, suits, not_for,
                    cover_media_id, price, compare_price, currency, version, published_at, updated_at
               FROM drafts WHERE course_id = $1"
        ))
        .bind(course.as_str())
        .optional(draft_of)
        .await?;
    Ok(draft)
}

/// The drafts of this owner with the slug of their topic, the last edited first.
pub async fn cards(conn: &mut Conn, owner: &AccountId) -> Result<Vec<(DraftCard, String)>> {
    let cards = conn
        .query(sql!(
            "SELECT d.course_id, d.title, d.state, d.language, d.topic, d.price, d.currency, d.cover_media_id, d.updated_at,
                    (SELECT COUNT(*) FROM draft_lessons l WHERE l.course_id = d.course_id) AS lessons,
                    (SELECT CAST(COALESCE(SUM(l.seconds), 0) AS BIGINT) FROM draft_lessons l WHERE l.course_id = d.course_id) AS seconds
               FROM drafts d WHERE d.owner_id = $1 ORDER BY d.updated_at DESC, d.course_id DESC"
        ))
        .bind(owner.as_str())
        .all(|row| {
            let card = DraftCard {
                id: row.parse("course_id")?,
                title: row.get("title")?,
                state: row.parse("state")?,
                language: row.parse("language")?,
                topic: None,
                lessons: count(row, "lessons")?,
                seconds: count(row, "seconds")?,
                price: price(row, "price")?,
                cover: media(row, "cover_media_id")?.map(|media| format!("/media/{media}/file")),
                updated_at: Moment::from_millis(row.get("updated_at")?),
            };
            Ok((card, row.get("topic")?))
        })
        .await?;
    Ok(cards)
}

/// The chapters in order, without their lessons.
pub async fn chapters(conn: &mut Conn, course: &CourseId) -> Result<Vec<ChapterLine>> {
    let chapters = conn
        .query(sql!("SELECT id, title FROM draft_chapters WHERE course_id = $1 ORDER BY position, id"))
        .bind(course.as_str())
        .all(|row| Ok(ChapterLine { id: row.parse("id")?, title: row.get("title")?, lessons: Vec::new() }))
        .await?;
    Ok(chapters)
}

/// The chapters with their lessons, in order.
pub async fn outline(conn: &mut Conn, course: &CourseId) -> Result<Vec<ChapterLine>> {
    let mut chapters = chapters(conn, course).await?;
    let lessons = conn
        .query(sql!(
            "SELECT id, chapter_id, title, kind, seconds, preview,
                    ((kind = 'text' AND body <> '') OR (kind <> 'text' AND media_id IS NOT NULL)) AS ready
               FROM draft_lessons WHERE course_id = $1 ORDER BY position, id"
        ))
        .bind(course.as_str())
        .all(|row| {
            let line = LessonLine {
                id: row.parse("id")?,
                title: row.get("title")?,
                kind: row.parse("kind")?,
                seconds: count(row, "seconds")?,
                preview: row.get("preview")?,
                ready: row.get("ready")?,
            };
            Ok((row.parse::<ChapterId>("chapter_id")?, line))
        })
        .await?;
    for (chapter, line) in lessons {
        if let Some(chapter) = chapters.iter_mut().find(|known| known.id == chapter) {
            chapter.lessons.push(line);
        }
    }
    Ok(chapters)
}

pub async fn lesson(conn: &mut Conn, course: &CourseId, lesson: &LessonId) -> Result<Option<LessonDraft>> {
    let lesson = conn
        .query(sql!(
            "SELECT id, title, kind, body, preview, seconds, version, media_id, updated_at
               FROM draft_lessons WHERE id = $1 AND course_id = $2"
        ))
        .bind(lesson.as_str())
        .bind(course.as_str())
        .optional(|row| {
            Ok(LessonDraft {
                id: row.parse("id")?,
                title: row.get("title")?,
                kind: row.parse("kind")?,
                body: row.get("body")?,
                preview: row.get("preview")?,
                seconds: count(row, "seconds")?,
                version: row.get("version")?,
                media: media(row, "media_id")?,
                updated_at: Moment::from_millis(row.get("updated_at")?),
            })
        })
        .await?;
    Ok(lesson)
}

/// What is in a lesson.
#[derive(Debug, Clone, Default)]
pub struct Content {
    pub body: String,
    pub media: Option<MediaId>,
}

pub async fn contents(conn: &mut Conn, course: &CourseId) -> Result<BTreeMap<LessonId, Content>> {
    let contents = conn
        .query(sql!("SELECT id, body, media_id FROM draft_lessons WHERE course_id = $1"))
        .bind(course.as_str())
        .all(|row| Ok((row.parse("id")?, Content { body: row.get("body")?, media: media(row, "media_id")? })))
        .await?;
    Ok(contents.into_iter().collect())
}

/// The place after a chapter's last lesson.
pub async fn next_position(conn: &mut Conn, chapter: &ChapterId) -> Result<i64> {
    let next = conn
        .query(sql!("SELECT COALESCE(MAX(position) + 1, 0) AS next FROM draft_lessons WHERE chapter_id = $1"))
        .bind(chapter.as_str())
        .one(|row| row.get("next"))
        .await?;
    Ok(next)
}

/// Whether a draft shows this file: as a lesson, as a cover or as a picture in a text.
pub async fn uses(conn: &mut Conn, media: &MediaId) -> Result<bool> {
    let uses = conn
        .query(sql!(
            "SELECT (EXISTS (SELECT 1 FROM draft_lessons WHERE media_id = $1)
                  OR EXISTS (SELECT 1 FROM drafts WHERE cover_media_id = $1)
                  OR EXISTS (SELECT 1 FROM drafts WHERE about LIKE $2)
                  OR EXISTS (SELECT 1 FROM draft_lessons WHERE body LIKE $2)) AS used"
        ))
        .bind(media.as_str())
        .bind(format!("%/media/{media}/%"))
        .one(|row| row.get("used"))
        .await?;
    Ok(uses)
}
