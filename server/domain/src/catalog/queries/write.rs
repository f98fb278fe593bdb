//! The statements that write editions, topics and counts.

use super::super::edition::{Edition, EditionChapter, EditionLesson, LivePrice};
use crate::{Error, Result};
use model::catalog::Topic;
use model::ids::{AccountId, ChapterId, CourseId, PriceId};
use model::text::Slug;
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

/// The row of an edition with what was worked out for it.
pub struct EditionRow<'e> {
    pub edition: &'e Edition,
    pub price: &'e LivePrice,
    pub search: String,
    pub title: String,
    pub now: Moment,
}

/// How many editions the course has had, if it is in the catalog.
pub async fn editions(conn: &mut Conn, course: &CourseId) -> Result<Option<i64>> {
    let found = conn
        .query(sql!("SELECT edition FROM courses WHERE id = $1"))
        .bind(course.as_str())
        .optional(|row| row.get("edition"))
        .await?;
    Ok(found)
}

pub async fn add_course(tx: &mut Tx, row: &EditionRow<'_>) -> Result<()> {
    let (lessons, seconds) = row.edition.size();
    let edition = row.edition;
    tx.query(sql!(
        "INSERT INTO courses (id, slug, instructor_id, state, kind, level, language, topic, title, promise, about_html, cover_media_id,
                              lessons, seconds, price_id, price, compare_price, currency, search_text, search_title, published_at, updated_at)
         VALUES ($1, $2, $3, 'listed', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"
    ))
    .bind(edition.id.as_str())
    .bind(edition.slug.as_str())
    .bind(edition.instructor.as_str())
    .bind(edition.kind.as_str())
    .bind(edition.level.as_str())
    .bind(edition.language.as_str())
    .bind(edition.topic.as_str())
    .bind(edition.title.as_str())
    .bind(edition.promise.as_str())
    .bind(edition.about.as_str())
    .bind(edition.cover.as_ref().map(ToString::to_string))
    .bind(lessons)
    .bind(seconds)
    .bind(row.price.id.as_str())
    .bind(edition.price.minor())
    .bind(edition.compare.map(Money::minor))
    .bind(edition.price.currency().as_str())
    .bind(row.search.as_str())
    .bind(row.title.as_str())
    .bind(edition.published_at.millis())
    .bind(row.now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Everything but the instructor and the day of the first edition, which a course keeps.
pub async fn change_course(tx: &mut Tx, row: &EditionRow<'_>) -> Result<()> {
    let (lessons, seconds) = row.edition.size();
    let edition = row.edition;
    let changed = tx
        .query(sql!(
            "UPDATE courses
                SET slug = $2, state = 'listed', kind = $4, level = $5, language = $6, topic = $7, title = $8, promise = $9,
                    about_html = $10, cover_media_id = $11, lessons = $12, seconds = $13, price_id = $14, price = $15,
                    compare_price = $16, currency = $17, search_text = $18, search_title = $19, updated_at = $20, edition = edition + 1
              WHERE id = $1 AND instructor_id = $3"
        ))
        .bind(edition.id.as_str())
        .bind(edition.slug.as_str())
        .bind(edition.instructor.as_str())
        .bind(edition.kind.as_str())
        .bind(edition.level.as_str())
        .bind(edition.language.as_str())
        .bind(edition.topic.as_str())
        .bind(edition.title.as_str())
        .bind(edition.promise.as_str())
        .bind(edition.about.as_str())
        .bind(edition.cover.as_ref().map(ToString::to_string))
        .bind(lessons)
        .bind(seconds)
        .bind(row.price.id.as_str())
        .bind(edition.price.minor())
        .bind(edition.compare.map(Money::minor))
        .bind(edition.price.currency().as_str())
        .bind(row.search.as_str())
        .bind(row.title.as_str())
        .bind(row.now.millis())
        .execute()
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::bug(format!("course {} belongs to another instructor", edition.id))) }
}

/// The live price: its id, the amount and what it is compared with.
pub async fn live_price(tx: &mut Tx, course: &CourseId) -> Result<(PriceId, Money, Option<Money>)> {
    let found = tx
        .query(sql!("SELECT price_id, price, compare_price, currency FROM courses WHERE id = $1"))
        .bind(course.as_str())
        .one(|row: &Row| {
            let currency = row.parse("currency")?;
            let compare = row.get::<Option<i64>>("compare_price")?.map(|minor| Money::new(minor, currency));
            Ok((row.parse("price_id")?, Money::new(row.get("price")?, currency), compare))
        })
        .await?;
    Ok(found)
}

pub async fn end_price(tx: &mut Tx, price: &PriceId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE prices SET until = $2 WHERE id = $1 AND until IS NULL"))
        .bind(price.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn add_price(tx: &mut Tx, row: &EditionRow<'_>) -> Result<()> {
    tx.query(sql!("INSERT INTO prices (id, course_id, amount, compare_amount, currency, since) VALUES ($1, $2, $3, $4, $5, $6)"))
        .bind(row.price.id.as_str())
        .bind(row.edition.id.as_str())
        .bind(row.edition.price.minor())
        .bind(row.edition.compare.map(Money::minor))
        .bind(row.edition.price.currency().as_str())
        .bind(row.now.millis())
        .execute()
        .await?;
    Ok(())
}

/// What a course is also found by: the instructor's name and the topic in both languages.
pub async fn names_around(tx: &mut Tx, instructor: &AccountId, topic: &Slug) -> Result<Vec<String>> {
    let names = tx
        .query(sql!(
            "SELECT name FROM accounts WHERE id = $1
             UNION ALL SELECT name_zh FROM topics WHERE slug = $2
             UNION ALL SELECT name_en FROM topics WHERE slug = $2"
        ))
        .bind(instructor.as_str())
        .bind(topic.as_str())
        .all(|row| row.get("name"))
        .await?;
    Ok(names)
}

pub async fn clear_lists(tx: &mut Tx, course: &CourseId) -> Result<()> {
    tx.query(sql!("DELETE FROM course_tags WHERE course_id = $1")).bind(course.as_str()).execute().await?;
    tx.query(sql!("DELETE FROM course_points WHERE course_id = $1")).bind(course.as_str()).execute().await?;
    Ok(())
}

pub async fn add_tag(tx: &mut Tx, course: &CourseId, tag: &str) -> Result<()> {
    tx.query(sql!("INSERT INTO course_tags (course_id, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING"))
        .bind(course.as_str())
        .bind(tag)
        .execute()
        .await?;
    Ok(())
}

pub async fn add_point(tx: &mut Tx, course: &CourseId, kind: &str, position: i64, text: &str) -> Result<()> {
    tx.query(sql!("INSERT INTO course_points (course_id, kind, position, text) VALUES ($1, $2, $3, $4)"))
        .bind(course.as_str())
        .bind(kind)
        .bind(position)
        .bind(text)
        .execute()
        .await?;
    Ok(())
}

/// Takes every lesson out of the outline; the edition puts its own back.
pub async fn withdraw_lessons(tx: &mut Tx, course: &CourseId) -> Result<()> {
    tx.query(sql!("UPDATE lessons SET chapter_id = NULL WHERE course_id = $1")).bind(course.as_str()).execute().await?;
    Ok(())
}

/// One row, or none where the id belongs to another course.
pub async fn put_chapter(tx: &mut Tx, course: &CourseId, position: i64, chapter: &EditionChapter) -> Result<u64> {
    let rows = tx
        .query(sql!(
            "INSERT INTO chapters (id, course_id, position, title) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET position = excluded.position, title = excluded.title
              WHERE chapters.course_id = excluded.course_id"
        ))
        .bind(chapter.id.as_str())
        .bind(course.as_str())
        .bind(position)
        .bind(chapter.title.as_str())
        .execute()
        .await?;
    Ok(rows)
}

/// One row, or none where the id belongs to another course.
pub async fn put_lesson(
    tx: &mut Tx,
    course: &CourseId,
    chapter: &ChapterId,
    position: i64,
    lesson: &EditionLesson,
) -> Result<u64> {
    let rows = tx
        .query(sql!(
            "INSERT INTO lessons (id, course_id, chapter_id, position, title, kind, seconds, preview, media_id, body_html)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (id) DO UPDATE
                SET chapter_id = excluded.chapter_id, position = excluded.position, title = excluded.title, kind = excluded.kind,
                    seconds = excluded.seconds, preview = excluded.preview, media_id = excluded.media_id, body_html = excluded.body_html
              WHERE lessons.course_id = excluded.course_id"
        ))
        .bind(lesson.id.as_str())
        .bind(course.as_str())
        .bind(chapter.as_str())
        .bind(position)
        .bind(lesson.title.as_str())
        .bind(lesson.kind.as_str())
        .bind(i64::from(lesson.seconds))
        .bind(lesson.preview)
        .bind(lesson.media.as_ref().map(ToString::to_string))
        .bind(lesson.body.as_str())
        .execute()
        .await?;
    Ok(rows)
}

pub async fn drop_other_chapters<'c>(tx: &mut Tx, course: &CourseId, kept: impl Iterator<Item = &'c str>) -> Result<()> {
    let kept: Vec<&str> = kept.collect();
    tx.query(sql!("DELETE FROM chapters WHERE course_id = $1 AND id NOT IN (…)"))
        .bind(course.as_str())
        .list(kept)
        .execute()
        .await?;
    Ok(())
}

/// One row where the state changed.
pub async fn set_state(tx: &mut Tx, course: &CourseId, state: &str, now: Moment) -> Result<u64> {
    let rows = tx
        .query(sql!("UPDATE courses SET state = $2, updated_at = $3 WHERE id = $1 AND state <> $2"))
        .bind(course.as_str())
        .bind(state)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(rows)
}

pub async fn put_topic(tx: &mut Tx, position: u32, topic: &Topic) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO topics (slug, position, name_zh, name_en, blurb_zh, blurb_en) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (slug) DO UPDATE SET position = excluded.position, name_zh = excluded.name_zh, name_en = excluded.name_en,
                                          blurb_zh = excluded.blurb_zh, blurb_en = excluded.blurb_en"
    ))
    .bind(topic.slug.as_str())
    .bind(i64::from(position))
    .bind(topic.name_zh.as_str())
    .bind(topic.name_en.as_str())
    .bind(topic.blurb_zh.as_str())
    .bind(topic.blurb_en.as_str())
    .execute()
    .await?;
    Ok(())
}

pub async fn count_learners(tx: &mut Tx, course: &CourseId, change: i64) -> Result<()> {
    tx.query(sql!("UPDATE courses SET learners = learners + $2 WHERE id = $1"))
        .bind(course.as_str())
        .bind(change)
        .write()
        .await?;
    Ok(())
}

pub async fn count_review(tx: &mut Tx, course: &CourseId, stars: i64, reviews: i64) -> Result<()> {
    tx.query(sql!("UPDATE courses SET rating_stars = rating_stars + $2, rating_reviews = rating_reviews + $3 WHERE id = $1"))
        .bind(course.as_str())
        .bind(stars)
        .bind(reviews)
        .execute()
        .await?;
    Ok(())
}

/// How many may have the course; none: as many as like.
pub async fn set_places(tx: &mut Tx, course: &CourseId, places: Option<u32>) -> Result<()> {
    let Some(places) = places else {
        tx.query(sql!("DELETE FROM course_places WHERE course_id = $1")).bind(course.as_str()).execute().await?;
        return Ok(());
    };
    tx.query(sql!(
        "INSERT INTO course_places (course_id, places) VALUES ($1, $2) ON CONFLICT (course_id) DO UPDATE SET places = excluded.places"
    ))
    .bind(course.as_str())
    .bind(i64::from(places))
    .execute()
    .await?;
    Ok(())
}
