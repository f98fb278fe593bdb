//! What the school finds in its catalog before the first story.

use super::OPENING;
use crate::{App, Result};
use model::catalog::LessonKind;
use model::ids::{AccountId, ChapterId, CourseId, LessonId, PriceId};
use model::time::days;
use store::{Tx, sql};

pub async fn add_topic(tx: &mut Tx, position: i64, slug: &str, zh: &str, en: &str) -> Result<()> {
    tx.query(sql!("INSERT INTO topics (slug, position, name_zh, name_en, blurb_zh, blurb_en) VALUES ($1, $2, $3, $4, $3, $4)"))
        .bind(slug)
        .bind(position)
        .bind(zh)
        .bind(en)
        .execute()
        .await?;
    Ok(())
}

pub struct Edition<'a> {
    pub id: &'a CourseId,
    pub slug: &'a str,
    pub title: &'a str,
    pub topic: &'a str,
    /// In minor units of CNY.
    pub price: i64,
    pub teacher: &'a AccountId,
    pub lessons: usize,
}

/// An edition in the catalog, listed a month before the school opens, with its live price.
pub async fn add_course(app: &App, tx: &mut Tx, edition: &Edition<'_>) -> Result<()> {
    let price: PriceId = app.new_id();
    let published = OPENING - days(30);
    tx.query(sql!(
        "INSERT INTO courses (id, slug, instructor_id, state, kind, level, language, topic, title, promise, lessons, seconds,
                              price_id, price, currency, search_text, published_at, updated_at)
         VALUES ($1, $2, $3, 'listed', 'course', 'beginner', 'en', $4, $5, $6, $7, $8, $9, $10, 'CNY', $11, $12, $12)"
    ))
    .bind(edition.id.as_str())
    .bind(edition.slug)
    .bind(edition.teacher.as_str())
    .bind(edition.topic)
    .bind(edition.title)
    .bind("A promise that is kept")
    .bind(i64::try_from(edition.lessons).unwrap_or_default())
    .bind(i64::try_from(edition.lessons).unwrap_or_default() * 300)
    .bind(price.as_str())
    .bind(edition.price)
    .bind(edition.title.to_lowercase())
    .bind(published.millis())
    .execute()
    .await?;
    tx.query(sql!("INSERT INTO prices (id, course_id, amount, currency, since) VALUES ($1, $2, $3, 'CNY', $4)"))
        .bind(price.as_str())
        .bind(edition.id.as_str())
        .bind(edition.price)
        .bind(published.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn add_chapter(app: &App, tx: &mut Tx, course: &CourseId) -> Result<ChapterId> {
    let id: ChapterId = app.new_id();
    tx.query(sql!("INSERT INTO chapters (id, course_id, position, title) VALUES ($1, $2, 0, 'The first chapter')"))
        .bind(id.as_str())
        .bind(course.as_str())
        .execute()
        .await?;
    Ok(id)
}

pub struct Lesson<'a> {
    pub id: &'a LessonId,
    pub title: &'a str,
    pub kind: LessonKind,
    pub position: usize,
}

/// Five minutes long; the first of a course is open to everyone.
pub async fn add_lesson(tx: &mut Tx, course: &CourseId, chapter: &ChapterId, lesson: &Lesson<'_>) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO lessons (id, course_id, chapter_id, position, title, kind, seconds, preview, body_html)
         VALUES ($1, $2, $3, $4, $5, $6, 300, $7, $8)"
    ))
    .bind(lesson.id.as_str())
    .bind(course.as_str())
    .bind(chapter.as_str())
    .bind(i64::try_from(lesson.position).unwrap_or_default())
    .bind(lesson.title)
    .bind(lesson.kind.as_str())
    .bind(lesson.position == 0)
    .bind(if lesson.kind == LessonKind::Text { "<p>Read this slowly.</p>" } else { "" })
    .execute()
    .await?;
    Ok(())
}
