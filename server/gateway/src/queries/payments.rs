//! Payments.

use store::{Conn, Result, Row, Tx, sql};

use crate::payments::Payment;

fn payment_of(row: &Row) -> Result<Payment> {
    Ok(Payment {
        id: row.get("id")?,
        dialect: row.parse("dialect")?,
        reference: row.get("reference")?,
        description: row.get("description")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        status: row.parse("status")?,
        captured: row.get("captured")?,
        captured_currency: row.get("captured_currency")?,
        refunded: row.get("refunded")?,
        remember: row.get("remember")?,
        agreement: row.get("agreement")?,
        extra: serde_json::from_str(&row.get::<String>("extra")?).unwrap_or_default(),
        failure: row.get("failure")?,
        challenge: row.get("challenge")?,
        return_url: row.get("return_url")?,
        notify_url: row.get("notify_url")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        paid_at: row.get("paid_at")?,
    })
}

pub(crate) async fn add_payment(tx: &mut Tx, payment: &Payment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO payments (id, dialect, reference, description, amount, currency, status, remember, agreement, extra,
                               return_url, notify_url, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10, $11, $12, $13)"
    ))
    .bind(&payment.id)
    .bind(payment.dialect.word())
    .bind(&payment.reference)
    .bind(&payment.description)
    .bind(payment.amount)
    .bind(&payment.currency)
    .bind(payment.remember)
    .bind(payment.agreement.as_deref())
    .bind(payment.extra.to_string())
    .bind(&payment.return_url)
    .bind(payment.notify_url.as_deref())
    .bind(payment.created_at)
    .bind(payment.expires_at)
    .write()
    .await
}

pub(crate) async fn payment(conn: &mut Conn, id: &str) -> Result<Option<Payment>> {
    conn.query(sql!("SELECT * FROM payments WHERE id = $1")).bind(id).optional(payment_of).await
}

/// The newest first, of one dialect.
pub(crate) async fn payments(conn: &mut Conn, dialect: &str, reference: Option<&str>, limit: i64) -> Result<Vec<Payment>> {
    conn.query(sql!(
        "SELECT * FROM payments
          WHERE dialect = $1 AND (CAST($2 AS TEXT) IS NULL OR reference = $2) ORDER BY created_at DESC, id DESC LIMIT $3"
    ))
    .bind(dialect)
    .bind(reference)
    .bind(limit)
    .all(payment_of)
    .await
}

/// Open and not too late → succeeded.
pub(crate) async fn pay(tx: &mut Tx, id: &str, captured: i64, currency: Option<&str>, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET status = 'succeeded', captured = $2, captured_currency = $3, paid_at = $4, failure = NULL, challenge = 0
              WHERE id = $1 AND status = 'open' AND expires_at > $4"
        ))
        .bind(id)
        .bind(captured)
        .bind(currency)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Open → failed, for good.
pub(crate) async fn fail(tx: &mut Tx, id: &str, failure: &str) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET status = 'failed', failure = $2, tries = tries + 1 WHERE id = $1 AND status = 'open'"))
        .bind(id)
        .bind(failure)
        .execute()
        .await
}

/// What a dialect needs to say again from now on.
pub(crate) async fn note_extra(tx: &mut Tx, id: &str, extra: &serde_json::Value) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET extra = $2 WHERE id = $1")).bind(id).bind(extra.to_string()).execute().await
}

/// Where the payer is taken back to, where that was not known before.
pub(crate) async fn note_return(tx: &mut Tx, id: &str, url: &str) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET return_url = $2 WHERE id = $1 AND return_url = ''")).bind(id).bind(url).execute().await
}

pub(crate) async fn note_agreement(tx: &mut Tx, id: &str, agreement: &str) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET agreement = $2 WHERE id = $1")).bind(id).bind(agreement).execute().await
}

/// Open → still open, with the reason why the try was refused.
pub(crate) async fn decline(tx: &mut Tx, id: &str, failure: &str, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET failure = $2, tries = tries + 1, challenge = 0
              WHERE id = $1 AND status = 'open' AND expires_at > $3"
        ))
        .bind(id)
        .bind(failure)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// One step of the bank's confirmation.
pub(crate) async fn step(tx: &mut Tx, id: &str, from: i64, to: i64, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET challenge = $3, failure = NULL
              WHERE id = $1 AND status = 'open' AND challenge = $2 AND expires_at > $4"
        ))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Open → processing, with the answer that comes later.
pub(crate) async fn process(tx: &mut Tx, id: &str, outcome: &str, outcome_at: i64, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET status = 'processing', outcome = $2, outcome_at = $3, failure = NULL, challenge = 0
              WHERE id = $1 AND status = 'open' AND expires_at > $4"
        ))
        .bind(id)
        .bind(outcome)
        .bind(outcome_at)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Processing (or closed, where a fault wants it) → what was chosen before, once it is due.
pub(crate) async fn settle(tx: &mut Tx, id: &str, captured: i64, currency: Option<&str>, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments
                SET status = CASE WHEN outcome = 'succeed' THEN 'succeeded' ELSE 'failed' END,
                    captured = CASE WHEN outcome = 'succeed' THEN $2 ELSE 0 END,
                    captured_currency = $3,
                    paid_at = CASE WHEN outcome = 'succeed' THEN $4 ELSE NULL END,
                    failure = CASE WHEN outcome = 'succeed' THEN NULL ELSE 'bank_refused' END,
                    outcome_at = NULL
              WHERE id = $1 AND status IN ('processing', 'canceled') AND outcome_at <= $4"
        ))
        .bind(id)
        .bind(captured)
        .bind(currency)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Open → canceled; paid all the same at `anyway`, where a fault wants it.
pub(crate) async fn cancel(tx: &mut Tx, id: &str, anyway: Option<i64>) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET status = 'canceled', challenge = 0, outcome_at = $2,
                    outcome = CASE WHEN CAST($2 AS BIGINT) IS NULL THEN NULL ELSE 'succeed' END
              WHERE id = $1 AND status = 'open'"
        ))
        .bind(id)
        .bind(anyway)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn payments_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM payments WHERE outcome_at IS NOT NULL AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}

pub(crate) async fn payments_past_expiry(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM payments WHERE status = 'open' AND expires_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}
