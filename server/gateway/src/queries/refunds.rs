//! Refunds.

use store::{Conn, Result, Row, Tx, sql};

use crate::refunds::Refund;

fn refund_of(row: &Row) -> Result<Refund> {
    Ok(Refund {
        id: row.get("id")?,
        payment_id: row.get("payment_id")?,
        reference: row.get("reference")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        reason: row.get("reason")?,
        status: row.parse("status")?,
        created_at: row.get("created_at")?,
    })
}

/// Sets money aside for a refund; `false` where less than that is left of what was captured.
pub(crate) async fn reserve(tx: &mut Tx, payment_id: &str, amount: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET refunded = refunded + $2
              WHERE id = $1 AND status = 'succeeded' AND $2 <= captured - refunded"
        ))
        .bind(payment_id)
        .bind(amount)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Gives back what a refund that failed had set aside.
pub(crate) async fn release(tx: &mut Tx, payment_id: &str, amount: i64) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET refunded = refunded - $2 WHERE id = $1")).bind(payment_id).bind(amount).execute().await
}

pub(crate) async fn add_refund(tx: &mut Tx, refund: &Refund, outcome: Option<&str>, outcome_at: Option<i64>) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO refunds (id, payment_id, reference, amount, currency, reason, status, outcome, outcome_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    ))
    .bind(&refund.id)
    .bind(&refund.payment_id)
    .bind(&refund.reference)
    .bind(refund.amount)
    .bind(&refund.currency)
    .bind(&refund.reason)
    .bind(refund.status.word())
    .bind(outcome)
    .bind(outcome_at)
    .bind(refund.created_at)
    .execute()
    .await
}

pub(crate) async fn refund(conn: &mut Conn, id: &str) -> Result<Option<Refund>> {
    conn.query(sql!("SELECT * FROM refunds WHERE id = $1")).bind(id).optional(refund_of).await
}

/// The refund with the shop's own number, of one dialect.
pub(crate) async fn refund_by_reference(conn: &mut Conn, dialect: &str, reference: &str) -> Result<Option<Refund>> {
    conn.query(sql!(
        "SELECT refunds.* FROM refunds JOIN payments ON payments.id = refunds.payment_id
          WHERE payments.dialect = $1 AND refunds.reference = $2"
    ))
    .bind(dialect)
    .bind(reference)
    .optional(refund_of)
    .await
}

/// Pending (or succeeded, where a fault wants it) → what was chosen when it was asked for, once it is due.
pub(crate) async fn settle_refund(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE refunds SET status = CASE WHEN outcome = 'succeed' THEN 'succeeded' ELSE 'failed' END, outcome_at = NULL
              WHERE id = $1 AND outcome_at IS NOT NULL AND outcome_at <= $2"
        ))
        .bind(id)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn refunds_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM refunds WHERE outcome_at IS NOT NULL AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}
