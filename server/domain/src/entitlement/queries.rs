//! The statements of entitlement.

use super::Grant;
use crate::Result;
use model::Moment;
use model::entitlement::{GrantState, Source};
use model::ids::{AccountId, CourseId, GrantId};
use store::{Conn, Row, Tx, sql};

/// What the gate needs to know of a course.
pub struct Offered {
    pub instructor: AccountId,
    pub listed: bool,
}

pub async fn offered(conn: &mut Conn, course: &CourseId) -> Result<Option<Offered>> {
    let found = conn
        .query(sql!("SELECT instructor_id, state FROM courses WHERE id = $1"))
        .bind(course.as_str())
        .optional(|row| Ok(Offered { instructor: row.parse("instructor_id")?, listed: row.get::<String>("state")? == "listed" }))
        .await?;
    Ok(found)
}

/// The source of an active right; what was bought stands before what ends.
pub async fn best_source(conn: &mut Conn, account: &AccountId, course: &CourseId, now: Moment) -> Result<Option<Source>> {
    let found = conn
        .query(sql!(
            "SELECT source FROM grants
              WHERE account_id = $1 AND course_id = $2 AND state = 'active' AND (expires_at IS NULL OR expires_at > $3)
              ORDER BY CASE WHEN expires_at IS NULL THEN 0 ELSE 1 END, granted_at LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(course.as_str())
        .bind(now.millis())
        .optional(|row| row.parse("source"))
        .await?;
    Ok(found)
}

/// Bought, given or taken, and without an end.
pub async fn lasting(conn: &mut Conn, account: &AccountId, course: &CourseId, now: Moment) -> Result<bool> {
    let found = conn
        .query(sql!(
            "SELECT id FROM grants
              WHERE account_id = $1 AND course_id = $2 AND state = 'active' AND source IN ('order_line', 'gift', 'staff')
                AND (expires_at IS NULL OR (source = 'order_line' AND expires_at > $3)) LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(course.as_str())
        .bind(now.millis())
        .optional(|row| row.get::<String>("id"))
        .await?;
    Ok(found.is_some())
}

pub async fn owned(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<Vec<CourseId>> {
    let courses = conn
        .query(sql!(
            "SELECT course_id, MAX(granted_at) AS latest FROM grants
              WHERE account_id = $1 AND state = 'active' AND (expires_at IS NULL OR expires_at > $2)
              GROUP BY course_id ORDER BY latest DESC, course_id"
        ))
        .bind(account.as_str())
        .bind(now.millis())
        .all(|row| row.parse("course_id"))
        .await?;
    Ok(courses)
}

pub async fn add(tx: &mut Tx, id: &GrantId, grant: &Grant<'_>, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO grants (id, account_id, course_id, source, source_id, state, granted_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, 'active', $6, $7) ON CONFLICT DO NOTHING"
        ))
        .bind(id.as_str())
        .bind(grant.account.as_str())
        .bind(grant.course.as_str())
        .bind(grant.source.as_str())
        .bind(grant.source_id)
        .bind(now.millis())
        .bind(grant.expires_at.map(Moment::millis))
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn end(
    tx: &mut Tx,
    source: Source,
    source_id: &str,
    state: GrantState,
    now: Moment,
) -> Result<Vec<(AccountId, CourseId)>> {
    let ended = tx
        .query(sql!(
            "UPDATE grants SET state = $3, ended_at = $4
              WHERE source = $1 AND source_id = $2 AND (state = 'active' OR (state = 'suspended' AND CAST($3 AS TEXT) = 'revoked'))
              RETURNING account_id, course_id"
        ))
        .bind(source.as_str())
        .bind(source_id)
        .bind(state.as_str())
        .bind(now.millis())
        .all(holder)
        .await?;
    Ok(ended)
}

pub async fn restore(tx: &mut Tx, source: Source, source_id: &str) -> Result<Vec<(AccountId, CourseId)>> {
    let restored = tx
        .query(sql!(
            "UPDATE grants SET state = 'active', ended_at = NULL
              WHERE source = $1 AND source_id = $2 AND state = 'suspended'
                AND NOT EXISTS (SELECT 1 FROM grants other WHERE other.account_id = grants.account_id
                     AND other.course_id = grants.course_id AND other.source = grants.source AND other.state = 'active')
              RETURNING account_id, course_id"
        ))
        .bind(source.as_str())
        .bind(source_id)
        .all(holder)
        .await?;
    Ok(restored)
}

fn holder(row: &Row) -> Result<(AccountId, CourseId), store::Error> {
    Ok((row.parse("account_id")?, row.parse("course_id")?))
}

pub async fn put_pass(tx: &mut Tx, id: &GrantId, account: &AccountId, source_id: &str, until: Moment, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO passes (id, account_id, source_id, state, granted_at, expires_at) VALUES ($1, $2, $3, 'active', $4, $5)
         ON CONFLICT (source_id) DO UPDATE SET state = 'active', expires_at = excluded.expires_at"
    ))
    .bind(id.as_str())
    .bind(account.as_str())
    .bind(source_id)
    .bind(now.millis())
    .bind(until.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn end_pass(tx: &mut Tx, source_id: &str, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE passes SET state = 'ended', expires_at = CASE WHEN expires_at < $2 THEN expires_at ELSE $2 END
          WHERE source_id = $1 AND state = 'active'"
    ))
    .bind(source_id)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn suspend_pass(tx: &mut Tx, source_id: &str, suspended: bool) -> Result<()> {
    tx.query(sql!("UPDATE passes SET suspended = $2 WHERE source_id = $1")).bind(source_id).bind(suspended).execute().await?;
    Ok(())
}

pub async fn is_suspended(conn: &mut Conn, source_id: &str) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT EXISTS (SELECT 1 FROM passes WHERE source_id = $1 AND suspended) AS found"))
        .bind(source_id)
        .one(|row| row.get("found"))
        .await?;
    Ok(found)
}

pub async fn has_pass(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<bool> {
    let found = conn
        .query(sql!(
            "SELECT EXISTS (SELECT 1 FROM passes WHERE account_id = $1 AND state = 'active' AND NOT suspended AND expires_at > $2) AS found"
        ))
        .bind(account.as_str())
        .bind(now.millis())
        .one(|row| row.get("found"))
        .await?;
    Ok(found)
}

pub async fn opened_by_pass(conn: &mut Conn, account: &AccountId, course: &CourseId, now: Moment) -> Result<bool> {
    let found = conn
        .query(sql!(
            "SELECT EXISTS (SELECT 1 FROM passes p JOIN membership_courses m ON m.course_id = $2
                             WHERE p.account_id = $1 AND p.state = 'active' AND NOT p.suspended AND p.expires_at > $3) AS found"
        ))
        .bind(account.as_str())
        .bind(course.as_str())
        .bind(now.millis())
        .one(|row| row.get("found"))
        .await?;
    Ok(found)
}

pub async fn in_membership(conn: &mut Conn, course: &CourseId) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT EXISTS (SELECT 1 FROM membership_courses WHERE course_id = $1) AS found"))
        .bind(course.as_str())
        .one(|row| row.get("found"))
        .await?;
    Ok(found)
}

pub async fn put_in_membership(tx: &mut Tx, course: &CourseId, included: bool, now: Moment) -> Result<()> {
    if included {
        let added = tx
            .query(sql!("INSERT INTO membership_courses (course_id, since) VALUES ($1, $2) ON CONFLICT DO NOTHING"))
            .bind(course.as_str())
            .bind(now.millis())
            .execute()
            .await?;
        if added == 1 {
            begin_spell(tx, course, now).await?;
        }
        return Ok(());
    }
    tx.query(sql!("DELETE FROM membership_courses WHERE course_id = $1")).bind(course.as_str()).execute().await?;
    tx.query(sql!("UPDATE membership_spells SET until = $2 WHERE course_id = $1 AND until IS NULL"))
        .bind(course.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// What is taken out and put back in the same moment was never out.
async fn begin_spell(tx: &mut Tx, course: &CourseId, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO membership_spells (course_id, since) VALUES ($1, $2) ON CONFLICT (course_id, since) DO UPDATE SET until = NULL"
    ))
    .bind(course.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}
