//! The staff's own statements.

use crate::Result;
use model::Moment;
use model::accounts::Role;
use model::admin::StaffPerson;
use store::{Conn, sql};

/// What the list is narrowed to.
pub struct Narrowed<'a> {
    pub like: Option<&'a str>,
    pub limit: i64,
    pub offset: i64,
}

/// People, the latest first, and how many there are in all.
pub async fn people(conn: &mut Conn, narrowed: &Narrowed<'_>, now: Moment) -> Result<(Vec<StaffPerson>, i64)> {
    let rows = conn
        .query(sql!(
            "SELECT a.id, a.handle, a.name, a.email, a.created_at, a.suspended_at, COUNT(*) OVER () AS found,
                    (SELECT COUNT(DISTINCT g.course_id) FROM grants g
                      WHERE g.account_id = a.id AND g.state = 'active' AND (g.expires_at IS NULL OR g.expires_at > $4)) AS courses
               FROM accounts a
              WHERE CAST($1 AS TEXT) IS NULL OR a.email LIKE $1 ESCAPE '\\' OR LOWER(a.name) LIKE $1 ESCAPE '\\'
              ORDER BY a.created_at DESC, a.id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(narrowed.like)
        .bind(narrowed.limit)
        .bind(narrowed.offset)
        .bind(now.millis())
        .all(|row| {
            let person = StaffPerson {
                handle: row.parse("handle")?,
                name: row.parse("name")?,
                email: row.get("email")?,
                roles: Vec::new(),
                joined_at: Moment::from_millis(row.get("created_at")?),
                courses: u32::try_from(row.get::<i64>("courses")?).unwrap_or_default(),
                suspended: row.get::<Option<i64>>("suspended_at")?.is_some(),
            };
            Ok((row.get::<String>("id")?, person, row.get::<i64>("found")?))
        })
        .await?;
    let found = rows.first().map_or(0, |(.., found)| *found);
    let ids: Vec<String> = rows.iter().map(|(id, ..)| id.clone()).collect();
    let roles = roles(conn, &ids).await?;
    let people = rows.into_iter().map(|(id, person, _)| {
        let roles = roles.iter().filter(|(account, _)| *account == id).map(|(_, role)| *role).collect();
        StaffPerson { roles, ..person }
    });
    Ok((people.collect(), found))
}

async fn roles(conn: &mut Conn, ids: &[String]) -> Result<Vec<(String, Role)>> {
    let roles = conn
        .query(sql!("SELECT account_id, role FROM account_roles WHERE account_id IN (…) ORDER BY role"))
        .list(ids)
        .all(|row| Ok((row.get("account_id")?, row.parse("role")?)))
        .await?;
    Ok(roles)
}
