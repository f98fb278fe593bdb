//! What a code is of.

use crate::Result;
use model::Money;
use model::ids::{AccountId, CourseId};
use model::text::Slug;
use store::{Conn, Row, sql};

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
