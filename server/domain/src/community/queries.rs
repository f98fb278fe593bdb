//! The statements of community.

use crate::Result;
use model::Moment;
use model::accounts::Person;
use model::community::{Review, ReviewText};
use model::ids::{AccountId, CourseId, ReviewId};
use model::text::Slug;
use store::{Conn, Row, Tx, sql};

pub async fn course_id(conn: &mut Conn, slug: &Slug) -> Result<Option<CourseId>> {
    let found =
        conn.query(sql!("SELECT id FROM courses WHERE slug = $1")).bind(slug.as_str()).optional(|row| row.parse("id")).await?;
    Ok(found)
}

/// Removes the person's review and says how many stars it had.
pub async fn take_out(tx: &mut Tx, course: &CourseId, author: &AccountId) -> Result<Option<i64>> {
    let stars = tx
        .query(sql!("DELETE FROM reviews WHERE course_id = $1 AND account_id = $2 RETURNING stars"))
        .bind(course.as_str())
        .bind(author.as_str())
        .optional(|row| row.get("stars"))
        .await?;
    Ok(stars)
}

pub async fn add(tx: &mut Tx, id: &ReviewId, course: &CourseId, author: &AccountId, text: &ReviewText, at: Moment) -> Result<()> {
    tx.query(sql!("INSERT INTO reviews (id, course_id, account_id, stars, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)"))
        .bind(id.as_str())
        .bind(course.as_str())
        .bind(author.as_str())
        .bind(i64::from(text.stars))
        .bind(text.body.as_str())
        .bind(at.millis())
        .execute()
        .await?;
    Ok(())
}

/// How many gave each number of stars, five stars first.
pub async fn spread(conn: &mut Conn, course: &CourseId) -> Result<[u32; 5]> {
    let counts = conn
        .query(sql!("SELECT stars, COUNT(*) AS count FROM reviews WHERE course_id = $1 GROUP BY stars"))
        .bind(course.as_str())
        .all(|row: &Row| Ok((row.get::<i64>("stars")?, row.get::<i64>("count")?)))
        .await?;
    let of =
        |stars: i64| counts.iter().find(|(s, _)| *s == stars).map_or(0, |(_, count)| u32::try_from(*count).unwrap_or(u32::MAX));
    Ok([of(5), of(4), of(3), of(2), of(1)])
}

/// A text counts by its length up to 120 characters; the rest is the date.
pub async fn most_useful(conn: &mut Conn, course: &CourseId, only: Option<u8>, limit: i64, offset: i64) -> Result<Vec<Review>> {
    let reviews = conn
        .query(sql!(
            "SELECT r.stars, r.body, r.created_at, a.handle, a.name, a.headline
               FROM reviews r JOIN accounts a ON a.id = r.account_id
              WHERE r.course_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR r.stars = $2)
              ORDER BY CASE WHEN LENGTH(r.body) > 120 THEN 12 ELSE LENGTH(r.body) / 10 END DESC, r.created_at DESC, r.id
              LIMIT $3 OFFSET $4"
        ))
        .bind(course.as_str())
        .bind(only.map(i64::from))
        .bind(limit)
        .bind(offset)
        .all(review)
        .await?;
    Ok(reviews)
}

pub async fn review_of(conn: &mut Conn, course: &CourseId, author: &AccountId) -> Result<Option<Review>> {
    let found = conn
        .query(sql!(
            "SELECT r.stars, r.body, r.created_at, a.handle, a.name, a.headline
               FROM reviews r JOIN accounts a ON a.id = r.account_id WHERE r.course_id = $1 AND r.account_id = $2"
        ))
        .bind(course.as_str())
        .bind(author.as_str())
        .optional(review)
        .await?;
    Ok(found)
}

fn review(row: &Row) -> Result<Review, store::Error> {
    Ok(Review {
        author: Person { handle: row.parse("handle")?, name: row.parse("name")?, headline: row.get("headline")? },
        stars: row.get::<i64>("stars")?.try_into().unwrap_or(1),
        body: row.get("body")?,
        at: Moment::from_millis(row.get("created_at")?),
    })
}
