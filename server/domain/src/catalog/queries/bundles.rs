//! Bundles as rows.

use crate::{App, Member, Result};
use model::cart::{BundleDraft, BundleRow};
use model::ids::{AccountId, BundleId, CourseId, PriceId};
use model::paging::Leaf;
use model::{Currency, Money};
use store::{Conn, Row, Tx, sql};

/// Courses on offer, of one instructor or all, by title.
pub async fn choice(conn: &mut Conn, owner: Option<&AccountId>) -> Result<Vec<(CourseId, String, Money)>> {
    let courses = conn
        .query(sql!(
            "SELECT id, title, price, currency FROM courses
              WHERE state = 'listed' AND (CAST($1 AS TEXT) IS NULL OR instructor_id = $1) ORDER BY title, id LIMIT 500"
        ))
        .bind(owner.map(|id| id.as_str().to_owned()))
        .all(|row| Ok((row.parse("id")?, row.get("title")?, Money::new(row.get("price")?, row.parse("currency")?))))
        .await?;
    Ok(courses)
}

pub async fn add(tx: &mut Tx, app: &App, id: &BundleId, maker: &Member, draft: &BundleDraft) -> Result<()> {
    let (price, now) = (app.new_id::<PriceId>(), app.now().millis());
    tx.query(sql!(
        "INSERT INTO bundles (id, slug, instructor_id, title, promise, state, price_id, price, currency, created_at)
         VALUES ($1, $2, $3, $4, $5, 'listed', $6, $7, $8, $9)"
    ))
    .bind(id.as_str())
    .bind(draft.slug.as_str())
    .bind(maker.id.as_str())
    .bind(&draft.title)
    .bind(&draft.promise)
    .bind(price.as_str())
    .bind(draft.price.minor())
    .bind(draft.price.currency().as_str())
    .bind(now)
    .execute()
    .await?;
    tx.query(sql!("INSERT INTO bundle_prices (id, bundle_id, amount, currency, since) VALUES ($1, $2, $3, $4, $5)"))
        .bind(price.as_str())
        .bind(id.as_str())
        .bind(draft.price.minor())
        .bind(draft.price.currency().as_str())
        .bind(now)
        .execute()
        .await?;
    for (position, course) in (1i64..).zip(&draft.courses) {
        tx.query(sql!("INSERT INTO bundle_courses (bundle_id, course_id, position) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"))
            .bind(id.as_str())
            .bind(course.as_str())
            .bind(position)
            .execute()
            .await?;
    }
    Ok(())
}

pub async fn set_listed(tx: &mut Tx, id: &BundleId, owner: Option<&AccountId>, listed: bool) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE bundles SET state = $3 WHERE id = $1 AND (CAST($2 AS TEXT) IS NULL OR instructor_id = $2)"))
        .bind(id.as_str())
        .bind(owner.map(|id| id.as_str().to_owned()))
        .bind(if listed { "listed" } else { "unlisted" })
        .execute()
        .await?;
    Ok(changed == 1)
}

/// How many bundles one maker has made, or all.
pub async fn count(conn: &mut Conn, owner: Option<&AccountId>) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM bundles WHERE CAST($1 AS TEXT) IS NULL OR instructor_id = $1"))
        .bind(owner.map(|id| id.as_str().to_owned()))
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Bundles of one maker or all, the latest first.
pub async fn made_by(conn: &mut Conn, owner: Option<&AccountId>, leaf: Leaf) -> Result<Vec<BundleRow>> {
    let rows = conn
        .query(sql!(
            "SELECT * FROM bundles WHERE CAST($1 AS TEXT) IS NULL OR instructor_id = $1
              ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(owner.map(|id| id.as_str().to_owned()))
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(bundle_row)
        .await?;
    with_courses(conn, rows).await
}

/// Bundles on offer that hold this course, the cheapest first.
pub async fn with_course(conn: &mut Conn, course: &CourseId) -> Result<Vec<BundleRow>> {
    let rows = conn
        .query(sql!(
            "SELECT b.* FROM bundles b JOIN bundle_courses c ON c.bundle_id = b.id
              WHERE c.course_id = $1 AND b.state = 'listed' ORDER BY b.price, b.id LIMIT 3"
        ))
        .bind(course.as_str())
        .all(bundle_row)
        .await?;
    with_courses(conn, rows).await
}

fn bundle_row(row: &Row) -> Result<BundleRow, store::Error> {
    let currency: Currency = row.parse("currency")?;
    Ok(BundleRow {
        id: row.parse("id")?,
        slug: row.parse("slug")?,
        title: row.get("title")?,
        courses: Vec::new(),
        sum: Money::zero(currency),
        price: Money::new(row.get("price")?, currency),
        listed: row.get::<String>("state")? == "listed",
    })
}

async fn with_courses(conn: &mut Conn, mut rows: Vec<BundleRow>) -> Result<Vec<BundleRow>> {
    for row in &mut rows {
        let courses = conn
            .query(sql!(
                "SELECT c.title, c.price, c.currency FROM bundle_courses b JOIN courses c ON c.id = b.course_id
                  WHERE b.bundle_id = $1 ORDER BY b.position, c.id"
            ))
            .bind(row.id.as_str())
            .all(|row| Ok((row.get::<String>("title")?, Money::new(row.get("price")?, row.parse("currency")?))))
            .await?;
        for (title, price) in courses {
            row.sum = row.sum.plus(price)?;
            row.courses.push(title);
        }
    }
    Ok(rows)
}
