//! What forms led to, by their keys.

use crate::Result;
use model::Moment;
use model::ids::AccountId;
use store::{Conn, Tx, sql};

/// What a form with this key led to: the hash of what was sent, and the outcome.
pub async fn outcome(conn: &mut Conn, who: &AccountId, route: &str, key: &str) -> Result<Option<(String, String)>> {
    let found = conn
        .query(sql!("SELECT request_hash, outcome FROM idempotency WHERE principal = $1 AND route = $2 AND key = $3"))
        .bind(who.as_str())
        .bind(route)
        .bind(key)
        .optional(|row| Ok((row.get("request_hash")?, row.get("outcome")?)))
        .await?;
    Ok(found)
}

/// Keeps what a form led to; false where somebody was quicker.
pub async fn keep_outcome(
    tx: &mut Tx,
    who: &AccountId,
    route: &str,
    key: &str,
    request_hash: &str,
    outcome: &str,
    now: Moment,
) -> Result<bool> {
    let kept = tx
        .query(sql!(
            "INSERT INTO idempotency (principal, route, key, request_hash, outcome, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING"
        ))
        .bind(who.as_str())
        .bind(route)
        .bind(key)
        .bind(request_hash)
        .bind(outcome)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(kept == 1)
}

/// Keys that nobody sends again.
pub async fn forget_outcomes(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM idempotency WHERE at < $1")).bind(before.millis()).execute().await?;
    Ok(())
}
