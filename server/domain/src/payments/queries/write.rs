//! Attempts written down and moved on.

use super::Attempt;
use crate::{Error, Result};
use model::ids::AttemptId;
use model::payments::{AttemptState, Provider};
use model::{Moment, Money};
use store::{Tx, sql};

pub async fn add(tx: &mut Tx, attempt: &Attempt) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO attempts (id, reference, provider, state, currency, amount, lang, created_at, changed_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)"
    ))
    .bind(attempt.id.as_str())
    .bind(&attempt.reference)
    .bind(attempt.provider.as_str())
    .bind(attempt.state.as_str())
    .bind(attempt.amount.currency().as_str())
    .bind(attempt.amount.minor())
    .bind(attempt.lang.as_str())
    .bind(attempt.created_at.millis())
    .bind(attempt.due_at.map(Moment::millis))
    .write()
    .await?;
    Ok(())
}

/// Writes a call down before it is made. The same key may be noted again with the same request, and with no other (INV-10).
pub async fn note_call(tx: &mut Tx, key: &str, provider: Provider, request_hash: &str, now: Moment) -> Result<()> {
    let noted = tx
        .query(sql!(
            "INSERT INTO provider_calls (key, provider, request_hash, called_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (key) DO UPDATE SET called_at = provider_calls.called_at
              WHERE provider_calls.request_hash = excluded.request_hash AND provider_calls.provider = excluded.provider"
        ))
        .bind(key)
        .bind(provider.as_str())
        .bind(request_hash)
        .bind(now.millis())
        .execute()
        .await?;
    if noted == 1 { Ok(()) } else { Err(Error::bug(format!("the key {key} was used for another request"))) }
}

pub async fn set_state(tx: &mut Tx, attempt: &Attempt, state: AttemptState, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE attempts SET state = $4, changed_at = $5, version = version + 1,
                    due_at = CASE WHEN CAST($4 AS TEXT) IN ('succeeded', 'failed', 'canceled') THEN NULL ELSE due_at END
              WHERE id = $1 AND state = $2 AND version = $3"
        ))
        .bind(attempt.id.as_str())
        .bind(attempt.state.as_str())
        .bind(attempt.version)
        .bind(state.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(changed == 1)
}

/// What the provider calls the payment, and where the payer decides. Once money came, its name stands: what was known before
/// (a session, where the money came by an intent) may arrive after it.
pub async fn note_provider(tx: &mut Tx, id: &AttemptId, provider_id: &str, pay_url: Option<&str>) -> Result<()> {
    tx.query(sql!(
        "UPDATE attempts SET provider_id = CASE WHEN state = 'succeeded' THEN COALESCE(provider_id, $2) ELSE $2 END,
                pay_url = COALESCE(CAST($3 AS TEXT), pay_url)
          WHERE id = $1"
    ))
    .bind(id.as_str())
    .bind(provider_id)
    .bind(pay_url)
    .write()
    .await?;
    Ok(())
}

/// Until when the way to pay can be used.
pub async fn set_pay_until(tx: &mut Tx, id: &AttemptId, until: Option<Moment>) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET pay_until = $2 WHERE id = $1"))
        .bind(id.as_str())
        .bind(until.map(Moment::millis))
        .write()
        .await?;
    Ok(())
}

pub async fn note_decline(tx: &mut Tx, id: &AttemptId, decline: &str) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET decline = $2 WHERE id = $1")).bind(id.as_str()).bind(decline).write().await?;
    Ok(())
}

pub async fn note_captured(tx: &mut Tx, id: &AttemptId, captured: Money) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET captured = $2, captured_currency = $3 WHERE id = $1"))
        .bind(id.as_str())
        .bind(captured.minor())
        .bind(captured.currency().as_str())
        .write()
        .await?;
    Ok(())
}

pub async fn set_due(tx: &mut Tx, id: &AttemptId, due: Option<Moment>, asked: i64) -> Result<()> {
    tx.query(sql!(
        "UPDATE attempts SET due_at = $2, asked = $3
          WHERE id = $1 AND state IN ('created', 'submitting', 'pending', 'processing', 'unknown')"
    ))
    .bind(id.as_str())
    .bind(due.map(Moment::millis))
    .bind(asked)
    .write()
    .await?;
    Ok(())
}

/// Plans the next question about an attempt, if nobody else has asked since it was read: two servers ask once.
pub async fn claim_question(tx: &mut Tx, id: &AttemptId, asked: i64, due: Option<Moment>) -> Result<bool> {
    let claimed = tx
        .query(sql!(
            "UPDATE attempts SET due_at = $3, asked = asked + 1
              WHERE id = $1 AND asked = $2 AND state IN ('created', 'submitting', 'pending', 'processing', 'unknown')"
        ))
        .bind(id.as_str())
        .bind(asked)
        .bind(due.map(Moment::millis))
        .execute()
        .await?;
    Ok(claimed == 1)
}

/// Attempts of `reference` but one that the payer can still decide on are to be closed at the provider.
pub async fn close_others(tx: &mut Tx, reference: &str, but: Option<&AttemptId>, now: Moment) -> Result<u64> {
    let wanted = tx
        .query(sql!(
            "UPDATE attempts SET close_wanted = TRUE, due_at = $3, asked = 0
              WHERE reference = $1 AND id <> $2 AND state IN ('created', 'submitting', 'pending', 'processing', 'unknown')"
        ))
        .bind(reference)
        .bind(but.map_or("", AttemptId::as_str))
        .bind(now.millis())
        .execute()
        .await?;
    Ok(wanted)
}

/// The payer wants an attempt closed at its provider, or no longer; it is asked about, and closed, from `due` on.
pub async fn set_close_wanted(tx: &mut Tx, id: &AttemptId, wanted: bool, due: Moment) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET close_wanted = $2, due_at = $3, asked = 0 WHERE id = $1 AND state = 'pending'"))
        .bind(id.as_str())
        .bind(wanted)
        .bind(due.millis())
        .execute()
        .await?;
    Ok(())
}

/// The attempt's time comes now.
pub async fn wake_soon(tx: &mut Tx, id: &AttemptId, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE attempts SET due_at = $2 WHERE id = $1 AND state IN ('submitting', 'pending', 'processing', 'unknown')
            AND (due_at IS NULL OR due_at > $2)"
    ))
    .bind(id.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Sets `amount` aside for a refund if that much of what came is left (INV-11).
pub async fn refund_reserve(tx: &mut Tx, id: &AttemptId, amount: i64) -> Result<bool> {
    let reserved = tx
        .query(sql!(
            "UPDATE attempts SET refund_reserved = refund_reserved + $2
              WHERE id = $1 AND state = 'succeeded' AND captured - refund_reserved >= $2"
        ))
        .bind(id.as_str())
        .bind(amount)
        .execute()
        .await?;
    Ok(reserved == 1)
}

/// The refund came to nothing: its amount can be refunded again.
pub async fn refund_release(tx: &mut Tx, id: &AttemptId, amount: i64) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET refund_reserved = refund_reserved - $2 WHERE id = $1"))
        .bind(id.as_str())
        .bind(amount)
        .execute()
        .await?;
    Ok(())
}
