//! Courses and bundles as they can be bought now.

use crate::Result;
use model::Money;
use model::ids::{AccountId, CourseId, OrderId, PriceId};
use model::text::Slug;
use store::{Conn, Row, Tx, sql};

/// A course as it can be bought.
#[derive(Debug, Clone)]
pub struct CourseRow {
    pub course: CourseId,
    pub slug: Slug,
    pub title: String,
    pub topic: String,
    pub instructor: AccountId,
    pub instructor_name: String,
    pub listed: bool,
    pub price_id: PriceId,
    pub price: Money,
    pub compare: Option<Money>,
    pub lessons: u32,
    pub seconds: u32,
}

fn course_row(row: &Row) -> Result<CourseRow, store::Error> {
    let currency = row.parse("currency")?;
    let count = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
    Ok(CourseRow {
        course: row.parse("id")?,
        slug: row.parse("slug")?,
        title: row.get("title")?,
        topic: row.get("topic")?,
        instructor: row.parse("instructor_id")?,
        instructor_name: row.get("instructor_name")?,
        listed: row.get::<String>("state")? == "listed",
        price_id: row.parse("price_id")?,
        price: Money::new(row.get("price")?, currency),
        compare: row.get::<Option<i64>>("compare_price")?.map(|minor| Money::new(minor, currency)),
        lessons: count("lessons")?,
        seconds: count("seconds")?,
    })
}

pub async fn course(conn: &mut Conn, course: &str) -> Result<Option<CourseRow>> {
    let found = conn
        .query(sql!(
            "SELECT c.*, a.name AS instructor_name FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.id = $1"
        ))
        .bind(course)
        .optional(course_row)
        .await?;
    Ok(found)
}

pub async fn course_by_slug(conn: &mut Conn, slug: &Slug) -> Result<Option<CourseRow>> {
    let found = conn
        .query(sql!(
            "SELECT c.*, a.name AS instructor_name FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.slug = $1"
        ))
        .bind(slug.as_str())
        .optional(course_row)
        .await?;
    Ok(found)
}

/// A bundle as it can be bought.
#[derive(Debug, Clone)]
pub struct BundleRow {
    pub slug: Slug,
    pub title: String,
    pub instructor_name: String,
    pub listed: bool,
    pub price_id: PriceId,
    pub price: Money,
    /// In the order they are shown.
    pub courses: Vec<CourseRow>,
}

pub async fn bundle(conn: &mut Conn, bundle: &str) -> Result<Option<BundleRow>> {
    let found = conn
        .query(sql!(
            "SELECT b.*, a.name AS instructor_name FROM bundles b JOIN accounts a ON a.id = b.instructor_id WHERE b.id = $1"
        ))
        .bind(bundle)
        .optional(|row| {
            Ok(BundleRow {
                slug: row.parse("slug")?,
                title: row.get("title")?,
                instructor_name: row.get("instructor_name")?,
                listed: row.get::<String>("state")? == "listed",
                price_id: row.parse("price_id")?,
                price: Money::new(row.get("price")?, row.parse("currency")?),
                courses: Vec::new(),
            })
        })
        .await?;
    let Some(mut found) = found else { return Ok(None) };
    found.courses = conn
        .query(sql!(
            "SELECT c.*, a.name AS instructor_name
               FROM bundle_courses b JOIN courses c ON c.id = b.course_id JOIN accounts a ON a.id = c.instructor_id
              WHERE b.bundle_id = $1 ORDER BY b.position, c.id"
        ))
        .bind(bundle)
        .all(course_row)
        .await?;
    Ok(Some(found))
}

/// The buyer's order that opens this course and still waits for money. `CROSS JOIN` because SQLite would otherwise begin with
/// everybody who ever bought the course.
pub async fn open_order(conn: &mut Conn, account: &AccountId, course: &CourseId) -> Result<Option<OrderId>> {
    let found = conn
        .query(sql!(
            "SELECT o.id FROM orders o CROSS JOIN order_lines l CROSS JOIN order_line_parts p
              WHERE o.account_id = $1 AND o.state = 'awaiting_payment' AND l.order_id = o.id AND l.kind IN ('course', 'bundle')
                AND p.line_id = l.id AND p.course_id = $2
              ORDER BY o.placed_at, o.id LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(course.as_str())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// The order of this gift that waits for money.
pub async fn open_order_of_gift(conn: &mut Conn, gift: &str) -> Result<Option<OrderId>> {
    let found = conn
        .query(sql!(
            "SELECT o.id FROM orders o JOIN order_lines l ON l.order_id = o.id
              WHERE l.kind = 'gift' AND l.item_id = $1 AND o.state = 'awaiting_payment' ORDER BY o.placed_at, o.id LIMIT 1"
        ))
        .bind(gift)
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// Whether the person has paid for anything before, money for the wallet apart.
pub async fn ordered_before(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    let found = conn
        .query(sql!(
            "SELECT o.id FROM orders o
              WHERE o.account_id = $1 AND o.state IN ('paid', 'awaiting_payment') AND o.total > 0
                AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.kind <> 'topup') LIMIT 1"
        ))
        .bind(account.as_str())
        .optional(|row| row.get::<String>("id"))
        .await?;
    Ok(found.is_some())
}

/// How many more may have the course, where its places are counted. An order that waits for its money keeps one, and so does each right
/// that came by an order, each gift and each seat, as long as they are not over.
pub async fn places_left(conn: &mut Conn, course: &CourseId) -> Result<Option<i64>> {
    let found = conn
        .query(sql!(
            "SELECT c.places
                    - (SELECT COUNT(*) FROM order_line_parts p JOIN order_lines l ON l.id = p.line_id JOIN orders o ON o.id = l.order_id
                        WHERE p.course_id = c.course_id AND l.kind IN ('course', 'bundle')
                          AND (o.state = 'awaiting_payment'
                               OR (o.state = 'paid' AND EXISTS (SELECT 1 FROM grants g WHERE g.source = 'order_line' AND g.source_id = l.id
                                    AND g.course_id = c.course_id AND g.state IN ('active', 'suspended')))))
                    - (SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT)
                         FROM order_line_parts p JOIN order_lines l ON l.id = p.line_id JOIN orders o ON o.id = l.order_id
                        WHERE p.course_id = c.course_id AND l.kind IN ('gift', 'seat_pack')
                          AND (o.state = 'awaiting_payment'
                               OR EXISTS (SELECT 1 FROM vouchers v WHERE v.line_id = l.id AND v.state IN ('issued', 'claimed'))
                               OR EXISTS (SELECT 1 FROM seat_pools s WHERE s.line_id = l.id AND s.state = 'live'))) AS places
               FROM course_places c WHERE c.course_id = $1"
        ))
        .bind(course.as_str())
        .optional(|row| row.get("places"))
        .await?;
    Ok(found)
}

/// Keeps others from the places of these courses until the transaction ends; says how many of them have counted places.
pub async fn hold_places(tx: &mut Tx, courses: &[String]) -> Result<usize> {
    let held = tx
        .query(sql!(
            sqlite: "SELECT course_id FROM course_places WHERE course_id IN (…) ORDER BY course_id",
            postgres: "SELECT course_id FROM course_places WHERE course_id IN (…) ORDER BY course_id FOR UPDATE"
        ))
        .list(courses)
        .all(|row| row.get::<String>("course_id"))
        .await?;
    Ok(held.len())
}

/// Whether learners of a course can be counted without waiting for anybody.
#[cfg(test)]
pub async fn can_count_at_once(tx: &mut Tx, course: &CourseId) -> Result<bool> {
    let had = tx
        .query(sql!(
            sqlite: "SELECT id FROM courses WHERE id = $1",
            postgres: "SELECT id FROM courses WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED"
        ))
        .bind(course.as_str())
        .optional(|row| row.get::<String>("id"))
        .await?;
    Ok(had.is_some())
}
