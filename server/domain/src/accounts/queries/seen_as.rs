//! The statements of looking as somebody else.

use crate::{Result, Staff};
use model::Moment;
use model::admin::Seeing;
use model::ids::{AccountId, ViewId};
use store::{Conn, Row, Tx, sql};

#[allow(clippy::too_many_arguments)] // one for each column
pub async fn add(
    tx: &mut Tx,
    id: &ViewId,
    staff: &Staff,
    whom: &AccountId,
    reason: &str,
    session: &str,
    now: Moment,
    until: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO seen_as (id, staff_id, account_id, reason, session_hash, started_at, until) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(id.as_str())
    .bind(staff.id.as_str())
    .bind(whom.as_str())
    .bind(reason)
    .bind(session)
    .bind(now.millis())
    .bind(until.millis())
    .execute()
    .await?;
    Ok(())
}

/// A look that has just ended.
pub struct Ended {
    pub staff: AccountId,
    pub account: AccountId,
}

fn ended(row: &Row) -> Result<Ended, store::Error> {
    Ok(Ended { staff: row.parse("staff_id")?, account: row.parse("account_id")? })
}

pub async fn end(tx: &mut Tx, session: &str, now: Moment) -> Result<Option<Ended>> {
    let found = tx
        .query(sql!(
            "UPDATE seen_as SET ended_at = CASE WHEN until < $2 THEN until ELSE $2 END
              WHERE session_hash = $1 AND ended_at IS NULL RETURNING staff_id, account_id"
        ))
        .bind(session)
        .bind(now.millis())
        .optional(ended)
        .await?;
    Ok(found)
}

pub async fn end_over(tx: &mut Tx, now: Moment) -> Result<Vec<Ended>> {
    let all = tx
        .query(sql!("UPDATE seen_as SET ended_at = until WHERE ended_at IS NULL AND until <= $1 RETURNING staff_id, account_id"))
        .bind(now.millis())
        .all(ended)
        .await?;
    Ok(all)
}

pub async fn of_session(conn: &mut Conn, session: &str, now: Moment) -> Result<Option<Seeing>> {
    let found = conn
        .query(sql!(
            "SELECT s.account_id, a.name, s.reason, s.started_at, s.until
               FROM seen_as s JOIN accounts a ON a.id = s.account_id
              WHERE s.session_hash = $1 AND s.ended_at IS NULL AND s.until > $2"
        ))
        .bind(session)
        .bind(now.millis())
        .optional(|row| {
            Ok(Seeing {
                account: row.parse("account_id")?,
                name: row.parse("name")?,
                reason: row.get("reason")?,
                since: Moment::from_millis(row.get("started_at")?),
                until: Moment::from_millis(row.get("until")?),
            })
        })
        .await?;
    Ok(found)
}
