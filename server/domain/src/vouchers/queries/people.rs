//! What a code is of, and whose.

use crate::Result;
use model::Money;
use model::ids::{AccountId, CourseId};
use model::text::Slug;
use store::{Conn, Row, Tx, sql};

/// A course as codes name it.
pub struct CourseName {
    pub id: CourseId,
    pub slug: Slug,
    pub title: String,
    pub instructor_id: AccountId,
    pub instructor: String,
    pub listed: bool,
    pub price: Money,
}

fn course_row(row: &Row) -> Result<CourseName, store::Error> {
    Ok(CourseName {
        id: row.parse("id")?,
        slug: row.parse("slug")?,
        title: row.get("title")?,
        instructor_id: row.parse("instructor_id")?,
        instructor: row.get("instructor")?,
        listed: row.get::<String>("state")? == "listed",
        price: Money::new(row.get("price")?, row.parse("currency")?),
    })
}

pub async fn course(conn: &mut Conn, id: &CourseId) -> Result<Option<CourseName>> {
    let found = conn
        .query(sql!("SELECT c.*, a.name AS instructor FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.id = $1"))
        .bind(id.as_str())
        .optional(course_row)
        .await?;
    Ok(found)
}

pub async fn course_by_slug(conn: &mut Conn, slug: &Slug) -> Result<Option<CourseName>> {
    let found = conn
        .query(sql!(
            "SELECT c.*, a.name AS instructor FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.slug = $1"
        ))
        .bind(slug.as_str())
        .optional(course_row)
        .await?;
    Ok(found)
}

/// Keeps the person's purchases from changing until the transaction ends.
pub async fn lock_account(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!(
        sqlite: "SELECT id FROM accounts WHERE id = $1",
        postgres: "SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE"
    ))
    .bind(account.as_str())
    .optional(|_| Ok(()))
    .await?;
    Ok(())
}

pub async fn email(conn: &mut Conn, account: &AccountId) -> Result<String> {
    let found =
        conn.query(sql!("SELECT email FROM accounts WHERE id = $1")).bind(account.as_str()).one(|row| row.get("email")).await?;
    Ok(found)
}

pub async fn name(conn: &mut Conn, account: &AccountId) -> Result<String> {
    let found =
        conn.query(sql!("SELECT name FROM accounts WHERE id = $1")).bind(account.as_str()).one(|row| row.get("name")).await?;
    Ok(found)
}
