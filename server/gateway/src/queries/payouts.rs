//! Payouts.

use store::{Conn, Result, Row, Tx, sql};

use crate::payouts::Payout;

fn payout_of(row: &Row) -> Result<Payout> {
    let outcome: Option<String> = row.get("outcome")?;
    Ok(Payout {
        id: row.get("id")?,
        reference: row.get("reference")?,
        account: row.get("account")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        status: row.parse("status")?,
        outcome: outcome.zip(row.get("outcome_at")?),
        notify_url: row.get("notify_url")?,
        created_at: row.get("created_at")?,
    })
}

pub(crate) async fn add_payout(tx: &mut Tx, payout: &Payout) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO payouts (id, reference, account, amount, currency, status, outcome, outcome_at, notify_url, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    ))
    .bind(&payout.id)
    .bind(&payout.reference)
    .bind(&payout.account)
    .bind(payout.amount)
    .bind(&payout.currency)
    .bind(payout.status.word())
    .bind(payout.outcome.as_ref().map(|(outcome, _)| outcome.clone()))
    .bind(payout.outcome.as_ref().map(|(_, at)| *at))
    .bind(payout.notify_url.as_deref())
    .bind(payout.created_at)
    .execute()
    .await
}

pub(crate) async fn payout(conn: &mut Conn, id: &str) -> Result<Option<Payout>> {
    conn.query(sql!("SELECT * FROM payouts WHERE id = $1")).bind(id).optional(payout_of).await
}

/// One step on its way, with the next one if there is one.
pub(crate) async fn settle_payout(
    tx: &mut Tx,
    id: &str,
    from: &str,
    to: &str,
    next: Option<&(String, i64)>,
    now: i64,
) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payouts SET status = $3, outcome = $4, outcome_at = $5 WHERE id = $1 AND status = $2 AND outcome_at <= $6"
        ))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(next.map(|(outcome, _)| outcome.clone()))
        .bind(next.map(|(_, at)| *at))
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn payouts_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM payouts WHERE outcome_at IS NOT NULL AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}
