//! The statements of finding people.

use crate::Result;
use crate::admin::keyset::Key;
use model::Moment;
use model::accounts::Role;
use model::admin::{StaffPerson, Standing};
use model::ids::AccountId;
use store::{Conn, sql};

/// What the list is narrowed to.
pub struct Narrowed<'a> {
    pub like: Option<&'a str>,
    /// What was typed, as an id may be.
    pub id: &'a str,
    /// A role's word, or `learner`.
    pub role: Option<&'a str>,
    pub state: Option<Standing>,
    pub after: Option<Key>,
    pub limit: i64,
}

/// People, the latest first.
pub async fn people(conn: &mut Conn, narrowed: &Narrowed<'_>, now: Moment) -> Result<Vec<StaffPerson>> {
    let after = narrowed.after.as_ref();
    let people = conn
        .query(sql!(
            "SELECT a.id, a.name, a.email, a.created_at, a.suspended_at,
                    (SELECT COUNT(DISTINCT g.course_id) FROM grants g
                      WHERE g.account_id = a.id AND g.state = 'active' AND (g.expires_at IS NULL OR g.expires_at > $1)) AS courses
               FROM accounts a
              WHERE (CAST($2 AS TEXT) IS NULL OR a.email LIKE $2 ESCAPE '\\' OR LOWER(a.name) LIKE $2 ESCAPE '\\' OR a.id = $3)
                AND (CAST($4 AS TEXT) IS NULL
                     OR ($4 = 'learner' AND NOT EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id))
                     OR EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id AND r.role = $4))
                AND (CAST($5 AS TEXT) IS NULL
                     OR ($5 = 'active' AND a.suspended_at IS NULL)
                     OR ($5 = 'suspended' AND a.suspended_at IS NOT NULL)
                     OR ($5 = 'unconfirmed' AND a.email_verified_at IS NULL))
                AND (CAST($6 AS BIGINT) IS NULL OR (a.created_at, a.id) < ($6, $7))
              ORDER BY a.created_at DESC, a.id DESC LIMIT $8"
        ))
        .bind(now.millis())
        .bind(narrowed.like)
        .bind(narrowed.id)
        .bind(narrowed.role)
        .bind(narrowed.state.map(Standing::as_str))
        .bind(after.map(|key| key.at.millis()))
        .bind(after.map_or("", |key| key.id.as_str()))
        .bind(narrowed.limit)
        .all(|row| {
            Ok(StaffPerson {
                id: row.parse("id")?,
                name: row.parse("name")?,
                email: row.get("email")?,
                roles: Vec::new(),
                joined_at: Moment::from_millis(row.get("created_at")?),
                courses: u32::try_from(row.get::<i64>("courses")?).unwrap_or_default(),
                suspended: row.get::<Option<i64>>("suspended_at")?.is_some(),
            })
        })
        .await?;
    let ids: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
    let roles = roles(conn, &ids).await?;
    let with_roles = people.into_iter().map(|person| {
        let roles = roles.iter().filter(|(account, _)| account == person.id.as_str()).map(|(_, role)| *role).collect();
        StaffPerson { roles, ..person }
    });
    Ok(with_roles.collect())
}

async fn roles(conn: &mut Conn, ids: &[String]) -> Result<Vec<(String, Role)>> {
    let roles = conn
        .query(sql!("SELECT account_id, role FROM account_roles WHERE account_id IN (…) ORDER BY role"))
        .list(ids)
        .all(|row| Ok((row.get("account_id")?, row.parse("role")?)))
        .await?;
    Ok(roles)
}

/// How many courses somebody may open, and how many orders they placed.
pub async fn bought(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<(u32, u32)> {
    let found = conn
        .query(sql!(
            "SELECT (SELECT COUNT(DISTINCT g.course_id) FROM grants g
                      WHERE g.account_id = $1 AND g.state = 'active' AND (g.expires_at IS NULL OR g.expires_at > $2)) AS courses,
                    (SELECT COUNT(*) FROM orders o WHERE o.account_id = $1) AS orders"
        ))
        .bind(account.as_str())
        .bind(now.millis())
        .one(|row| {
            let count = |column| Ok::<_, store::Error>(u32::try_from(row.get::<i64>(column)?).unwrap_or_default());
            Ok((count("courses")?, count("orders")?))
        })
        .await?;
    Ok(found)
}
