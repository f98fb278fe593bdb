//! The statements that change drafts.

use crate::Result;
use crate::catalog::Edition;
use model::authoring::{Beginning, DraftState, Landing, LessonText};
use model::catalog::{Kind, LessonKind};
use model::ids::{AccountId, ChapterId, CourseId, LessonId, MediaId};
use model::lang::ContentLang;
use model::text::Slug;
use model::{Moment, Money};
use store::{Tx, sql};

pub async fn add_draft(
    tx: &mut Tx,
    id: &CourseId,
    owner: &AccountId,
    slug: &Slug,
    beginning: &Beginning,
    now: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO drafts (course_id, owner_id, state, slug, kind, level, language, title, created_at, updated_at)
         VALUES ($1, $2, 'draft', $3, $4, 'beginner', $5, $6, $7, $7)"
    ))
    .bind(id.as_str())
    .bind(owner.as_str())
    .bind(slug.as_str())
    .bind(beginning.kind.as_str())
    .bind(beginning.language.as_str())
    .bind(beginning.title.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// The draft of a published edition; false where the course has one.
pub async fn add_published(tx: &mut Tx, edition: &Edition, about: &str, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO drafts (course_id, owner_id, state, slug, kind, level, language, title, promise, about, topic, tags, learn, suits,
                                 not_for, cover_media_id, price, compare_price, currency, published_at, created_at, updated_at)
             VALUES ($1, $2, 'published', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $20)
             ON CONFLICT (course_id) DO NOTHING"
        ))
        .bind(edition.id.as_str())
        .bind(edition.instructor.as_str())
        .bind(edition.slug.as_str())
        .bind(edition.kind.as_str())
        .bind(edition.level.as_str())
        .bind(edition.language.as_str())
        .bind(edition.title.as_str())
        .bind(edition.promise.as_str())
        .bind(about.trim())
        .bind(edition.topic.as_str())
        .bind(edition.tags.join("\n"))
        .bind(edition.learn.join("\n"))
        .bind(edition.suits.join("\n"))
        .bind(edition.not_for.join("\n"))
        .bind(edition.cover.as_ref().map(ToString::to_string))
        .bind(edition.price.minor())
        .bind(edition.compare.map(Money::minor))
        .bind(edition.price.currency().as_str())
        .bind(edition.published_at.millis())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

/// Keeps the draft's row from changing until the transaction ends; every edit of anything in it ends there ([`touch`]).
pub async fn lock_draft(tx: &mut Tx, course: &CourseId) -> Result<()> {
    tx.query(sql!(
        sqlite: "SELECT course_id FROM drafts WHERE course_id = $1",
        postgres: "SELECT course_id FROM drafts WHERE course_id = $1 FOR NO KEY UPDATE"
    ))
    .bind(course.as_str())
    .optional(|_| Ok(()))
    .await?;
    Ok(())
}

/// The draft was edited now; what was published is no longer all there is.
pub async fn touch(tx: &mut Tx, course: &CourseId, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE drafts SET state = CASE WHEN state = 'published' THEN 'changed' ELSE state END, updated_at = $2 WHERE course_id = $1"
    ))
    .bind(course.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Rows written: none where the draft is at another version.
pub async fn save_landing(tx: &mut Tx, course: &CourseId, landing: &Landing, now: Moment) -> Result<u64> {
    let saved = tx
        .query(sql!(
            "UPDATE drafts
                SET title = $3, promise = $4, about = $5, topic = $6, level = $7, tags = $8, learn = $9, suits = $10, not_for = $11,
                    updated_at = $12, version = version + 1
              WHERE course_id = $1 AND version = $2"
        ))
        .bind(course.as_str())
        .bind(landing.version)
        .bind(landing.title.as_str())
        .bind(landing.promise.as_str())
        .bind(landing.about.as_str())
        .bind(landing.topic.as_ref().map(Slug::as_str).unwrap_or_default())
        .bind(landing.level.as_str())
        .bind(landing.tags.as_str())
        .bind(landing.learn.as_str())
        .bind(landing.suits.as_str())
        .bind(landing.not_for.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(saved)
}

pub async fn save_address(tx: &mut Tx, course: &CourseId, slug: &Slug, kind: Kind, language: ContentLang) -> Result<()> {
    tx.query(sql!("UPDATE drafts SET slug = $2, kind = $3, language = $4 WHERE course_id = $1"))
        .bind(course.as_str())
        .bind(slug.as_str())
        .bind(kind.as_str())
        .bind(language.as_str())
        .execute()
        .await?;
    Ok(())
}

pub async fn set_cover(tx: &mut Tx, course: &CourseId, picture: Option<&MediaId>) -> Result<()> {
    tx.query(sql!("UPDATE drafts SET cover_media_id = $2 WHERE course_id = $1"))
        .bind(course.as_str())
        .bind(picture.map(ToString::to_string))
        .execute()
        .await?;
    Ok(())
}

pub async fn save_price(tx: &mut Tx, course: &CourseId, price: Money, compare: Option<Money>) -> Result<()> {
    tx.query(sql!("UPDATE drafts SET price = $2, compare_price = $3, currency = $4 WHERE course_id = $1"))
        .bind(course.as_str())
        .bind(price.minor())
        .bind(compare.map(Money::minor))
        .bind(price.currency().as_str())
        .execute()
        .await?;
    Ok(())
}

/// The edition learners see is made of exactly this draft.
pub async fn published(tx: &mut Tx, course: &CourseId, first: Moment, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE drafts SET state = 'published', published_at = $2, updated_at = $3 WHERE course_id = $1"))
        .bind(course.as_str())
        .bind(first.millis())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn set_state(tx: &mut Tx, course: &CourseId, state: DraftState, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE drafts SET state = $2, updated_at = $3 WHERE course_id = $1"))
        .bind(course.as_str())
        .bind(state.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn add_chapter(tx: &mut Tx, course: &CourseId, id: &ChapterId, position: i64, title: &str) -> Result<()> {
    tx.query(sql!("INSERT INTO draft_chapters (id, course_id, position, title) VALUES ($1, $2, $3, $4)"))
        .bind(id.as_str())
        .bind(course.as_str())
        .bind(position)
        .bind(title)
        .execute()
        .await?;
    Ok(())
}

pub async fn rename_chapter(tx: &mut Tx, course: &CourseId, id: &ChapterId, title: &str) -> Result<u64> {
    let renamed = tx
        .query(sql!("UPDATE draft_chapters SET title = $3 WHERE id = $1 AND course_id = $2"))
        .bind(id.as_str())
        .bind(course.as_str())
        .bind(title)
        .execute()
        .await?;
    Ok(renamed)
}

pub async fn remove_chapter(tx: &mut Tx, course: &CourseId, id: &ChapterId) -> Result<u64> {
    let removed = tx
        .query(sql!("DELETE FROM draft_chapters WHERE id = $1 AND course_id = $2"))
        .bind(id.as_str())
        .bind(course.as_str())
        .execute()
        .await?;
    Ok(removed)
}

pub async fn place_chapter(tx: &mut Tx, course: &CourseId, id: &ChapterId, position: i64) -> Result<()> {
    tx.query(sql!("UPDATE draft_chapters SET position = $3 WHERE id = $1 AND course_id = $2"))
        .bind(id.as_str())
        .bind(course.as_str())
        .bind(position)
        .execute()
        .await?;
    Ok(())
}

/// A lesson to be added.
pub struct NewLesson<'l> {
    pub course: &'l CourseId,
    pub chapter: &'l ChapterId,
    pub id: &'l LessonId,
    pub position: i64,
    pub title: &'l str,
    pub kind: LessonKind,
    pub body: &'l str,
    pub media: Option<&'l MediaId>,
    pub preview: bool,
    pub seconds: u32,
}

pub async fn add_lesson(tx: &mut Tx, lesson: &NewLesson<'_>, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO draft_lessons (id, course_id, chapter_id, position, title, kind, body, media_id, preview, seconds, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    ))
    .bind(lesson.id.as_str())
    .bind(lesson.course.as_str())
    .bind(lesson.chapter.as_str())
    .bind(lesson.position)
    .bind(lesson.title)
    .bind(lesson.kind.as_str())
    .bind(lesson.body)
    .bind(lesson.media.map(ToString::to_string))
    .bind(lesson.preview)
    .bind(i64::from(lesson.seconds))
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn rename_lesson(tx: &mut Tx, course: &CourseId, id: &LessonId, title: &str, now: Moment) -> Result<u64> {
    let renamed = tx
        .query(sql!(
            "UPDATE draft_lessons SET title = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND course_id = $2"
        ))
        .bind(id.as_str())
        .bind(course.as_str())
        .bind(title)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(renamed)
}

pub async fn remove_lesson(tx: &mut Tx, course: &CourseId, id: &LessonId) -> Result<u64> {
    let removed = tx
        .query(sql!("DELETE FROM draft_lessons WHERE id = $1 AND course_id = $2"))
        .bind(id.as_str())
        .bind(course.as_str())
        .execute()
        .await?;
    Ok(removed)
}

pub async fn place_lesson(tx: &mut Tx, course: &CourseId, id: &LessonId, chapter: &ChapterId, position: i64) -> Result<()> {
    tx.query(sql!("UPDATE draft_lessons SET chapter_id = $3, position = $4 WHERE id = $1 AND course_id = $2"))
        .bind(id.as_str())
        .bind(course.as_str())
        .bind(chapter.as_str())
        .bind(position)
        .execute()
        .await?;
    Ok(())
}

/// Rows written: none where the lesson is at another version.
pub async fn save_lesson(tx: &mut Tx, id: &LessonId, text: &LessonText, seconds: u32, now: Moment) -> Result<u64> {
    let saved = tx
        .query(sql!(
            "UPDATE draft_lessons
                SET title = $3, body = $4, preview = $5, seconds = $6, updated_at = $7, version = version + 1
              WHERE id = $1 AND version = $2"
        ))
        .bind(id.as_str())
        .bind(text.version)
        .bind(text.title.as_str())
        .bind(text.body.as_str())
        .bind(text.preview)
        .bind(i64::from(seconds))
        .bind(now.millis())
        .execute()
        .await?;
    Ok(saved)
}

/// What the lesson shows; its text and version stay.
pub async fn set_file(tx: &mut Tx, id: &LessonId, kind: LessonKind, media: Option<&MediaId>, seconds: u32) -> Result<()> {
    tx.query(sql!("UPDATE draft_lessons SET kind = $2, media_id = $3, seconds = $4 WHERE id = $1"))
        .bind(id.as_str())
        .bind(kind.as_str())
        .bind(media.map(ToString::to_string))
        .bind(i64::from(seconds))
        .execute()
        .await?;
    Ok(())
}
