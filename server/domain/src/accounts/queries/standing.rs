//! The statements of how people stand: since when they are here, and whether they are kept out.

use crate::Result;
use model::Moment;
use model::admin::Suspended;
use model::ids::{AccountId, EventId};
use store::{Conn, Tx, sql};

/// Whether they were not kept out already.
pub async fn suspend(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<bool> {
    let suspended = tx
        .query(sql!("UPDATE accounts SET suspended_at = $2 WHERE id = $1 AND suspended_at IS NULL"))
        .bind(account.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(suspended == 1)
}

/// Whether they were kept out.
pub async fn restore(tx: &mut Tx, account: &AccountId) -> Result<bool> {
    let restored = tx
        .query(sql!("UPDATE accounts SET suspended_at = NULL WHERE id = $1 AND suspended_at IS NOT NULL"))
        .bind(account.as_str())
        .execute()
        .await?;
    Ok(restored == 1)
}

pub async fn add(
    tx: &mut Tx,
    id: &EventId,
    account: &AccountId,
    reason: &str,
    by: Option<&AccountId>,
    now: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO account_suspensions (id, account_id, reason, suspended_by, suspended_at) VALUES ($1, $2, $3, $4, $5)"
    ))
    .bind(id.as_str())
    .bind(account.as_str())
    .bind(reason)
    .bind(by.map(|by| by.as_str().to_owned()))
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn close(tx: &mut Tx, account: &AccountId, reason: &str, by: Option<&AccountId>, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE account_suspensions SET restored_at = $2, restored_by = $3, restore_reason = $4
          WHERE account_id = $1 AND restored_at IS NULL"
    ))
    .bind(account.as_str())
    .bind(now.millis())
    .bind(by.map(|by| by.as_str().to_owned()))
    .bind(reason)
    .execute()
    .await?;
    Ok(())
}

/// Who is kept out now: since when, why and by whom.
pub async fn now(conn: &mut Conn, account: &AccountId) -> Result<Option<Suspended>> {
    let found = conn
        .query(sql!(
            "SELECT a.suspended_at, s.reason, b.name
               FROM accounts a
               LEFT JOIN account_suspensions s ON s.account_id = a.id AND s.restored_at IS NULL
               LEFT JOIN accounts b ON b.id = s.suspended_by
              WHERE a.id = $1 AND a.suspended_at IS NOT NULL"
        ))
        .bind(account.as_str())
        .optional(|row| {
            Ok(Suspended {
                at: Moment::from_millis(row.get("suspended_at")?),
                reason: row.get::<Option<String>>("reason")?.unwrap_or_default(),
                by: row.get("name")?,
            })
        })
        .await?;
    Ok(found)
}

pub async fn reason(conn: &mut Conn, id: &EventId) -> Result<Option<String>> {
    let found = conn
        .query(sql!("SELECT reason FROM account_suspensions WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| row.get("reason"))
        .await?;
    Ok(found)
}

/// When somebody joined, and how many passkeys they have.
pub async fn joined(conn: &mut Conn, account: &AccountId) -> Result<(Moment, u32)> {
    let found = conn
        .query(sql!(
            "SELECT a.created_at, (SELECT COUNT(*) FROM passkeys p WHERE p.account_id = a.id) AS passkeys FROM accounts a WHERE a.id = $1"
        ))
        .bind(account.as_str())
        .one(|row| {
            let passkeys = u32::try_from(row.get::<i64>("passkeys")?).unwrap_or_default();
            Ok((Moment::from_millis(row.get("created_at")?), passkeys))
        })
        .await?;
    Ok(found)
}
