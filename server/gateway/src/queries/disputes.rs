//! Disputes.

use store::{Conn, Result, Row, Tx, sql};

use crate::disputes::Dispute;

fn dispute_of(row: &Row) -> Result<Dispute> {
    let outcome: Option<String> = row.get("outcome")?;
    Ok(Dispute {
        id: row.get("id")?,
        payment_id: row.get("payment_id")?,
        reference: row.get("reference")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        status: row.parse("status")?,
        outcome: outcome.zip(row.get("outcome_at")?),
        created_at: row.get("created_at")?,
    })
}

pub(crate) async fn add_dispute(tx: &mut Tx, dispute: &Dispute) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO disputes (id, payment_id, reference, amount, currency, status, outcome, outcome_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    ))
    .bind(&dispute.id)
    .bind(&dispute.payment_id)
    .bind(&dispute.reference)
    .bind(dispute.amount)
    .bind(&dispute.currency)
    .bind(dispute.status.word())
    .bind(dispute.outcome.as_ref().map(|(outcome, _)| outcome.clone()))
    .bind(dispute.outcome.as_ref().map(|(_, at)| *at))
    .bind(dispute.created_at)
    .execute()
    .await
}

pub(crate) async fn dispute(conn: &mut Conn, id: &str) -> Result<Option<Dispute>> {
    conn.query(sql!("SELECT * FROM disputes WHERE id = $1")).bind(id).optional(dispute_of).await
}

/// Opened → decided.
pub(crate) async fn decide_dispute(tx: &mut Tx, id: &str, status: &str) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE disputes SET status = $2, outcome_at = NULL WHERE id = $1 AND status = 'opened'"))
        .bind(id)
        .bind(status)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn disputes_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<Dispute>> {
    conn.query(sql!("SELECT * FROM disputes WHERE outcome_at IS NOT NULL AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(dispute_of)
        .await
}
