//! The statements of payments.

use super::join::Evidence;
use super::{Fact, Notice};
use crate::App;
use crate::Result;
use crate::error::OrNotFound;
use model::ids::{AttemptId, EventId};
use model::payments::{AttemptState, Provider};
use model::{Lang, Moment, Money};
use store::{Conn, Row, Tx, sql};

/// One try to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub id: AttemptId,
    pub reference: String,
    pub provider: Provider,
    pub state: AttemptState,
    pub amount: Money,
    pub lang: Lang,
    pub provider_id: Option<String>,
    pub pay_url: Option<String>,
    pub decline: Option<String>,
    /// What really came.
    pub captured: Option<Money>,
    /// Of it: asked back, in minor units.
    pub refund_reserved: i64,
    pub created_at: Moment,
    pub due_at: Option<Moment>,
    pub asked: i64,
    pub close_wanted: bool,
    pub version: i64,
}

fn row_of(row: &Row) -> Result<Attempt, store::Error> {
    let captured_currency = row.parse_optional("captured_currency")?;
    let captured = row.get::<i64>("captured")?;
    Ok(Attempt {
        id: row.parse("id")?,
        reference: row.get("reference")?,
        provider: row.parse("provider")?,
        state: row.parse("state")?,
        amount: Money::new(row.get("amount")?, row.parse("currency")?),
        lang: row.parse("lang")?,
        provider_id: row.get("provider_id")?,
        pay_url: row.get("pay_url")?,
        decline: row.get("decline")?,
        captured: captured_currency.map(|currency| Money::new(captured, currency)),
        refund_reserved: row.get("refund_reserved")?,
        created_at: Moment::from_millis(row.get("created_at")?),
        due_at: row.get::<Option<i64>>("due_at")?.map(Moment::from_millis),
        asked: row.get("asked")?,
        close_wanted: row.get("close_wanted")?,
        version: row.get("version")?,
    })
}

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
    .execute()
    .await?;
    Ok(())
}

pub async fn note_call(tx: &mut Tx, key: &str, provider: Provider, request_hash: &str, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO provider_calls (key, provider, request_hash, called_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
    ))
    .bind(key)
    .bind(provider.as_str())
    .bind(request_hash)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// The attempt, if there is one with this id.
pub async fn find(conn: &mut Conn, id: &str) -> Result<Option<Attempt>> {
    Ok(conn.query(sql!("SELECT * FROM attempts WHERE id = $1")).bind(id).optional(row_of).await?)
}

pub async fn attempt(conn: &mut Conn, id: &AttemptId) -> Result<Attempt> {
    find(conn, id.as_str()).await?.or_not_found()
}

/// The attempt, kept from changing until the transaction ends.
pub async fn lock(tx: &mut Tx, id: &AttemptId) -> Result<Attempt> {
    tx.query(sql!(
        sqlite: "SELECT * FROM attempts WHERE id = $1",
        postgres: "SELECT * FROM attempts WHERE id = $1 FOR UPDATE"
    ))
    .bind(id.as_str())
    .optional(row_of)
    .await?
    .or_not_found()
}

/// Every attempt of a reference, oldest first.
pub async fn attempts_of(conn: &mut Conn, reference: &str) -> Result<Vec<Attempt>> {
    let all = conn
        .query(sql!("SELECT * FROM attempts WHERE reference = $1 ORDER BY created_at, id"))
        .bind(reference)
        .all(row_of)
        .await?;
    Ok(all)
}

pub async fn latest(conn: &mut Conn, reference: &str) -> Result<Option<Attempt>> {
    Ok(attempts_of(conn, reference).await?.into_iter().next_back())
}

/// The attempt of a reference that something may still come of.
pub async fn live(conn: &mut Conn, reference: &str) -> Result<Option<Attempt>> {
    Ok(attempts_of(conn, reference).await?.into_iter().find(|attempt| attempt.state.is_live()))
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

pub async fn note_provider(tx: &mut Tx, id: &AttemptId, provider_id: &str, pay_url: Option<&str>) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET provider_id = $2, pay_url = COALESCE(CAST($3 AS TEXT), pay_url) WHERE id = $1"))
        .bind(id.as_str())
        .bind(provider_id)
        .bind(pay_url)
        .execute()
        .await?;
    Ok(())
}

pub async fn note_decline(tx: &mut Tx, id: &AttemptId, decline: &str) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET decline = $2 WHERE id = $1")).bind(id.as_str()).bind(decline).execute().await?;
    Ok(())
}

pub async fn note_captured(tx: &mut Tx, id: &AttemptId, captured: Money) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET captured = $2, captured_currency = $3 WHERE id = $1"))
        .bind(id.as_str())
        .bind(captured.minor())
        .bind(captured.currency().as_str())
        .execute()
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
    .execute()
    .await?;
    Ok(())
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

pub async fn due(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Attempt>> {
    let due = conn
        .query(sql!("SELECT * FROM attempts WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2"))
        .bind(now.millis())
        .bind(limit)
        .all(row_of)
        .await?;
    Ok(due)
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

pub async fn add_fact(tx: &mut Tx, app: &App, attempt: &Attempt, evidence: &Evidence, applied: bool) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO attempt_facts (id, attempt_id, source, fact, amount, currency, event_id, applied, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    ))
    .bind(app.new_id::<EventId>().as_str())
    .bind(attempt.id.as_str())
    .bind(evidence.source.as_str())
    .bind(evidence.fact.as_str())
    .bind(evidence.amount.minor())
    .bind(evidence.amount.currency().as_str())
    .bind(evidence.event_id.clone())
    .bind(applied)
    .bind(app.now().millis())
    .execute()
    .await?;
    Ok(())
}

/// One piece of evidence as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow {
    pub source: String,
    pub fact: Fact,
    pub amount: Money,
    pub applied: bool,
    pub at: Moment,
}

/// The evidence about an attempt, in the order it came.
pub async fn facts_of(conn: &mut Conn, id: &AttemptId) -> Result<Vec<FactRow>> {
    let facts = conn
        .query(sql!(
            "SELECT source, fact, amount, currency, applied, at FROM attempt_facts WHERE attempt_id = $1 ORDER BY at, id"
        ))
        .bind(id.as_str())
        .all(|row| {
            Ok(FactRow {
                source: row.get("source")?,
                fact: row.parse("fact")?,
                amount: Money::new(row.get("amount")?, row.parse("currency")?),
                applied: row.get("applied")?,
                at: Moment::from_millis(row.get("at")?),
            })
        })
        .await?;
    Ok(facts)
}

pub async fn add_notice(
    tx: &mut Tx,
    app: &App,
    provider: Provider,
    event_id: &str,
    body: &[u8],
    signature: &str,
) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO webhook_inbox (id, provider, event_id, body, signature, state, received_at, due_at)
             VALUES ($1, $2, $3, $4, $5, 'received', $6, $6) ON CONFLICT DO NOTHING"
        ))
        .bind(app.new_id::<EventId>().as_str())
        .bind(provider.as_str())
        .bind(event_id)
        .bind(body)
        .bind(signature)
        .bind(app.now().millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn notices_due(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Notice>> {
    let due = conn
        .query(sql!(
            "SELECT id, provider, event_id, body, tries FROM webhook_inbox
              WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY received_at, id LIMIT $2"
        ))
        .bind(now.millis())
        .bind(limit)
        .all(|row| {
            Ok(Notice {
                id: row.get("id")?,
                provider: row.parse("provider")?,
                event_id: row.get("event_id")?,
                body: row.get("body")?,
                tries: row.get("tries")?,
            })
        })
        .await?;
    Ok(due)
}

/// Whether the notification still waits to be worked on; kept from changing until the transaction ends.
pub async fn notice_waits(tx: &mut Tx, id: &str) -> Result<bool> {
    let state = tx
        .query(sql!(
            sqlite: "SELECT state FROM webhook_inbox WHERE id = $1",
            postgres: "SELECT state FROM webhook_inbox WHERE id = $1 FOR UPDATE"
        ))
        .bind(id)
        .optional(|row| row.get::<String>("state"))
        .await?;
    Ok(state.is_some_and(|state| state == "received" || state == "failed"))
}

pub async fn end_notice(tx: &mut Tx, id: &str, state: &str, problem: &str, now: Moment, due: Option<Moment>) -> Result<()> {
    tx.query(sql!(
        "UPDATE webhook_inbox SET state = $2, problem = $3, processed_at = $4, due_at = $5, tries = tries + 1
          WHERE id = $1 AND state IN ('received', 'failed')"
    ))
    .bind(id)
    .bind(state)
    .bind(problem)
    .bind(now.millis())
    .bind(due.map(Moment::millis))
    .execute()
    .await?;
    Ok(())
}
