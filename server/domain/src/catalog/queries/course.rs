//! The statements that read one course and its teacher.

use super::card;
use crate::Result;
use model::Moment;
use model::accounts::Person;
use model::catalog::{CourseCard, OutlineLesson, Rating, Topic};
use model::html::SafeHtml;
use model::ids::CourseId;
use model::storefront::Teacher;
use model::text::{Handle, Slug};
use store::{Conn, Row, sql};

/// The row of a course.
pub struct Head {
    pub card: CourseCard,
    pub about: SafeHtml,
    pub listed: bool,
    pub updated_at: Moment,
    pub topic: Topic,
}

pub async fn course_head(conn: &mut Conn, slug: &Slug) -> Result<Option<Head>> {
    let found = conn
        .query(sql!(
            "SELECT c.*, a.handle AS instructor_handle, a.name AS instructor_name, a.headline AS instructor_headline,
                    t.name_zh, t.name_en, t.blurb_zh, t.blurb_en,
                    (SELECT COUNT(*) FROM courses o WHERE o.topic = t.slug AND o.state = 'listed') AS topic_courses
               FROM courses c JOIN accounts a ON a.id = c.instructor_id JOIN topics t ON t.slug = c.topic
              WHERE c.slug = $1"
        ))
        .bind(slug.as_str())
        .optional(|row: &Row| {
            Ok(Head {
                card: card(row)?,
                about: SafeHtml::sanitised(row.get("about_html")?),
                listed: row.get::<String>("state")? == "listed",
                updated_at: Moment::from_millis(row.get("updated_at")?),
                topic: Topic {
                    slug: row.parse("topic")?,
                    name_zh: row.get("name_zh")?,
                    name_en: row.get("name_en")?,
                    blurb_zh: row.get("blurb_zh")?,
                    blurb_en: row.get("blurb_en")?,
                    courses: row.get::<i64>("topic_courses")?.try_into().unwrap_or_default(),
                },
            })
        })
        .await?;
    Ok(found)
}

pub async fn tags(conn: &mut Conn, course: &CourseId) -> Result<Vec<String>> {
    let tags = conn
        .query(sql!("SELECT tag FROM course_tags WHERE course_id = $1 ORDER BY tag"))
        .bind(course.as_str())
        .all(|row| row.get("tag"))
        .await?;
    Ok(tags)
}

/// Kind and text of every point, in order.
pub async fn points(conn: &mut Conn, course: &CourseId) -> Result<Vec<(String, String)>> {
    let points = conn
        .query(sql!("SELECT kind, text FROM course_points WHERE course_id = $1 ORDER BY kind, position"))
        .bind(course.as_str())
        .all(|row| Ok((row.get("kind")?, row.get("text")?)))
        .await?;
    Ok(points)
}

/// Chapter id, chapter title and lesson, in order; an empty chapter comes once without a lesson.
pub async fn outline(conn: &mut Conn, course: &CourseId) -> Result<Vec<(String, String, Option<OutlineLesson>)>> {
    let rows = conn
        .query(sql!(
            "SELECT h.id AS chapter, h.title AS chapter_title, l.id, l.title, l.kind, l.seconds, l.preview
               FROM chapters h LEFT JOIN lessons l ON l.chapter_id = h.id
              WHERE h.course_id = $1 ORDER BY h.position, l.position"
        ))
        .bind(course.as_str())
        .all(|row: &Row| {
            let lesson = match row.parse_optional("id")? {
                None => None,
                Some(id) => Some(OutlineLesson {
                    id,
                    title: row.get("title")?,
                    kind: row.parse("kind")?,
                    seconds: row.get::<i64>("seconds")?.try_into().unwrap_or_default(),
                    preview: row.get("preview")?,
                    done: false,
                }),
            };
            Ok((row.get("chapter")?, row.get("chapter_title")?, lesson))
        })
        .await?;
    Ok(rows)
}

pub async fn similar(conn: &mut Conn, course: &CourseId, limit: i64) -> Result<Vec<CourseCard>> {
    let cards = conn
        .query(sql!(
            "SELECT c.*, a.handle AS instructor_handle, a.name AS instructor_name, a.headline AS instructor_headline
               FROM courses c JOIN accounts a ON a.id = c.instructor_id JOIN courses o ON o.id = $1
              WHERE c.id <> $1 AND c.state = 'listed' AND c.language = o.language
              ORDER BY 3 * (SELECT COUNT(*) FROM course_tags m JOIN course_tags y ON y.tag = m.tag WHERE m.course_id = c.id AND y.course_id = $1)
                       + CASE WHEN c.topic = o.topic THEN 2 ELSE 0 END
                       + CASE WHEN c.level = o.level THEN 1 ELSE 0 END DESC,
                       c.learners DESC, c.id
              LIMIT $2"
        ))
        .bind(course.as_str())
        .bind(limit)
        .all(card)
        .await?;
    Ok(cards)
}

pub async fn teacher(conn: &mut Conn, handle: &Handle) -> Result<Option<Teacher>> {
    let found = conn
        .query(sql!(
            "SELECT a.handle, a.name, a.headline, a.bio, COUNT(c.id) AS courses,
                    CAST(SUM(c.learners) AS BIGINT) AS learners, CAST(SUM(c.rating_stars) AS BIGINT) AS stars,
                    CAST(SUM(c.rating_reviews) AS BIGINT) AS reviews
               FROM accounts a JOIN courses c ON c.instructor_id = a.id AND c.state = 'listed'
              WHERE a.handle = $1 AND a.suspended_at IS NULL
              GROUP BY a.handle, a.name, a.headline, a.bio"
        ))
        .bind(handle.as_str())
        .optional(|row: &Row| {
            let count = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
            Ok(Teacher {
                person: Person { handle: row.parse("handle")?, name: row.parse("name")?, headline: row.get("headline")? },
                bio: row.get("bio")?,
                courses: count("courses")?,
                learners: count("learners")?,
                rating: Rating { stars: count("stars")?, reviews: count("reviews")? },
            })
        })
        .await?;
    Ok(found)
}

pub async fn courses_of(conn: &mut Conn, handle: &Handle) -> Result<Vec<CourseCard>> {
    let cards = conn
        .query(sql!(
            "SELECT c.*, a.handle AS instructor_handle, a.name AS instructor_name, a.headline AS instructor_headline
               FROM courses c JOIN accounts a ON a.id = c.instructor_id
              WHERE a.handle = $1 AND c.state = 'listed' ORDER BY c.published_at DESC, c.id"
        ))
        .bind(handle.as_str())
        .all(card)
        .await?;
    Ok(cards)
}

/// How many may have the course; none: as many as like.
pub async fn places(conn: &mut Conn, course: &CourseId) -> Result<Option<u32>> {
    let found = conn
        .query(sql!("SELECT places FROM course_places WHERE course_id = $1"))
        .bind(course.as_str())
        .optional(|row| Ok(u32::try_from(row.get::<i64>("places")?).unwrap_or(u32::MAX)))
        .await?;
    Ok(found)
}
