//! The statements of the catalog: here those that read lists; one course and what is written have files of their own.

pub mod bundles;
mod course;
pub mod whole;
mod write;

pub use course::*;
pub use write::*;

use super::browse::Candidate;
use super::fold::contains;
use crate::Result;
use model::accounts::Person;
use model::catalog::{CourseCard, Offer, Rating, Topic};
use model::text::{Handle, Slug};
use model::{Moment, Money};
use store::{Conn, Row, sql};

/// Topics in their order, each with the number of listed courses.
pub async fn topics(conn: &mut Conn) -> Result<Vec<Topic>> {
    let topics = conn
        .query(sql!(
            "SELECT t.slug, t.name_zh, t.name_en, t.blurb_zh, t.blurb_en,
                    (SELECT COUNT(*) FROM courses c WHERE c.topic = t.slug AND c.state = 'listed') AS courses
               FROM topics t ORDER BY t.position"
        ))
        .all(|row| {
            Ok(Topic {
                slug: row.parse("slug")?,
                name_zh: row.get("name_zh")?,
                name_en: row.get("name_en")?,
                blurb_zh: row.get("blurb_zh")?,
                blurb_en: row.get("blurb_en")?,
                courses: row.get::<i64>("courses")?.try_into().unwrap_or_default(),
            })
        })
        .await?;
    Ok(topics)
}

/// What is known of every listed course that has all `words` (folded) in its search text.
pub async fn candidates(conn: &mut Conn, words: &[String]) -> Result<Vec<Candidate>> {
    let mut query = conn.query(sql!(
        "SELECT id, topic, kind, level, language, price, seconds, rating_stars, rating_reviews, learners, published_at, search_title
           FROM courses WHERE state = 'listed'"
    ));
    for word in words {
        query = query.and(r"AND search_text LIKE $? ESCAPE '\'").bind(contains(word));
    }
    let found = query
        .all(|row: &Row| {
            let count = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
            Ok(Candidate {
                id: row.parse("id")?,
                topic: row.parse("topic")?,
                kind: row.parse("kind")?,
                level: row.parse("level")?,
                language: row.parse("language")?,
                free: row.get::<i64>("price")? == 0,
                seconds: count("seconds")?,
                rating: Rating { stars: count("rating_stars")?, reviews: count("rating_reviews")? },
                learners: count("learners")?,
                published_at: row.get("published_at")?,
                title: row.get("search_title")?,
            })
        })
        .await?;
    Ok(found)
}

/// Who teaches a listed course that has all `words` (folded) in its search text, which names its teacher.
pub async fn teachers_about(conn: &mut Conn, words: &[String]) -> Result<Vec<Person>> {
    let mut query = conn.query(sql!(
        "SELECT DISTINCT a.handle, a.name, a.headline FROM courses c JOIN accounts a ON a.id = c.instructor_id
          WHERE c.state = 'listed'"
    ));
    for word in words {
        query = query.and(r"AND c.search_text LIKE $? ESCAPE '\'").bind(contains(word));
    }
    let teachers = query
        .and("ORDER BY a.name, a.handle")
        .all(|row: &Row| Ok(Person { handle: row.parse("handle")?, name: row.parse("name")?, headline: row.get("headline")? }))
        .await?;
    Ok(teachers)
}

/// The cards of these courses, in any order.
pub async fn cards(conn: &mut Conn, ids: &[&str]) -> Result<Vec<CourseCard>> {
    let cards = conn
        .query(sql!(
            "SELECT c.*, a.handle AS instructor_handle, a.name AS instructor_name, a.headline AS instructor_headline
               FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.id IN (…)"
        ))
        .list(ids.iter().copied())
        .all(card)
        .await?;
    Ok(cards)
}

/// Slug and last change of every listed course, and handles of those who teach them: what a site map names.
pub async fn addresses(conn: &mut Conn) -> Result<Vec<(Slug, Handle, Moment)>> {
    let rows = conn
        .query(sql!(
            "SELECT c.slug, a.handle, c.updated_at FROM courses c JOIN accounts a ON a.id = c.instructor_id
              WHERE c.state = 'listed' ORDER BY c.published_at DESC LIMIT 40000"
        ))
        .all(|row: &Row| Ok((row.parse("slug")?, row.parse("handle")?, Moment::from_millis(row.get("updated_at")?))))
        .await?;
    Ok(rows)
}

/// A card from a row of courses joined with its instructor.
pub fn card(row: &Row) -> Result<CourseCard, store::Error> {
    let currency = row.parse("currency")?;
    let count = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
    Ok(CourseCard {
        id: row.parse("id")?,
        slug: row.parse("slug")?,
        title: row.get("title")?,
        promise: row.get("promise")?,
        kind: row.parse("kind")?,
        level: row.parse("level")?,
        language: row.parse("language")?,
        topic: row.parse("topic")?,
        instructor: Person {
            handle: row.parse("instructor_handle")?,
            name: row.parse("instructor_name")?,
            headline: row.get("instructor_headline")?,
        },
        lessons: count("lessons")?,
        seconds: count("seconds")?,
        rating: Rating { stars: count("rating_stars")?, reviews: count("rating_reviews")? },
        learners: count("learners")?,
        offer: Offer {
            price: Money::new(row.get("price")?, currency),
            compare: row.get::<Option<i64>>("compare_price")?.map(|minor| Money::new(minor, currency)),
        },
        published_at: Moment::from_millis(row.get("published_at")?),
        cover: row.get::<Option<String>>("cover_media_id")?.map(|media| format!("/media/{media}/file")),
        progress: None,
    })
}
