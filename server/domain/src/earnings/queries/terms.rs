//! What a course promises, as rows.

use crate::Result;
use model::Moment;
use model::accounts::Role;
use model::earnings::CoAuthor;
use model::ids::{AccountId, CourseId, OrderLineId};
use model::refunds::RefundPolicy;
use model::text::Email;
use store::{Conn, Row, Tx, sql};

fn policy_row(row: &Row) -> Result<RefundPolicy, store::Error> {
    let number = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
    Ok(RefundPolicy { days: number("days")?, studied: number("studied")? })
}

pub async fn policy(conn: &mut Conn, course: &CourseId) -> Result<Option<RefundPolicy>> {
    let found = conn
        .query(sql!("SELECT days, studied FROM refund_policies WHERE course_id = $1"))
        .bind(course.as_str())
        .optional(policy_row)
        .await?;
    Ok(found)
}

pub async fn frozen_policy(conn: &mut Conn, line: &OrderLineId) -> Result<Option<RefundPolicy>> {
    let found = conn
        .query(sql!("SELECT days, studied FROM line_terms WHERE line_id = $1"))
        .bind(line.as_str())
        .optional(policy_row)
        .await?;
    Ok(found)
}

pub async fn set_policy(tx: &mut Tx, course: &CourseId, policy: RefundPolicy, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO refund_policies (course_id, days, studied, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (course_id) DO UPDATE SET days = excluded.days, studied = excluded.studied, changed_at = excluded.changed_at"
    ))
    .bind(course.as_str())
    .bind(i64::from(policy.days))
    .bind(i64::from(policy.studied))
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Co-authors and their parts.
pub async fn authors(conn: &mut Conn, course: &CourseId) -> Result<Vec<(AccountId, u32)>> {
    let all = conn
        .query(sql!("SELECT account_id, share_bp FROM course_shares WHERE course_id = $1 ORDER BY account_id"))
        .bind(course.as_str())
        .all(|row| Ok((row.parse("account_id")?, u32::try_from(row.get::<i64>("share_bp")?).unwrap_or_default())))
        .await?;
    Ok(all)
}

/// The same with their names.
pub async fn co_authors(conn: &mut Conn, course: &CourseId) -> Result<Vec<CoAuthor>> {
    let all = conn
        .query(sql!(
            "SELECT s.account_id, s.share_bp, a.name, a.email FROM course_shares s JOIN accounts a ON a.id = s.account_id
              WHERE s.course_id = $1 ORDER BY s.share_bp DESC, a.name"
        ))
        .bind(course.as_str())
        .all(|row| {
            Ok(CoAuthor {
                account: row.parse("account_id")?,
                name: row.get("name")?,
                email: row.get("email")?,
                share_bp: u32::try_from(row.get::<i64>("share_bp")?).unwrap_or_default(),
            })
        })
        .await?;
    Ok(all)
}

pub async fn put_author(tx: &mut Tx, course: &CourseId, account: &AccountId, share_bp: u32) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO course_shares (course_id, account_id, share_bp) VALUES ($1, $2, $3)
         ON CONFLICT (course_id, account_id) DO UPDATE SET share_bp = excluded.share_bp"
    ))
    .bind(course.as_str())
    .bind(account.as_str())
    .bind(i64::from(share_bp))
    .execute()
    .await?;
    Ok(())
}

pub async fn drop_author(tx: &mut Tx, course: &CourseId, account: &AccountId) -> Result<()> {
    tx.query(sql!("DELETE FROM course_shares WHERE course_id = $1 AND account_id = $2"))
        .bind(course.as_str())
        .bind(account.as_str())
        .execute()
        .await?;
    Ok(())
}

/// Somebody by their address, with their roles.
pub async fn who_has(conn: &mut Conn, email: &Email) -> Result<Option<(AccountId, Vec<Role>)>> {
    let Some(account) = conn
        .query(sql!("SELECT id FROM accounts WHERE email = $1"))
        .bind(email.as_str())
        .optional(|row| row.parse::<AccountId>("id"))
        .await?
    else {
        return Ok(None);
    };
    let roles = conn
        .query(sql!("SELECT role FROM account_roles WHERE account_id = $1"))
        .bind(account.as_str())
        .all(|row| row.parse("role"))
        .await?;
    Ok(Some((account, roles)))
}
