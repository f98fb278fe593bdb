//! Refunds as rows.

use crate::Result;
use model::ids::{AccountId, AttemptId, OrderId, RefundId};
use model::payments::{RefundCause, RefundState};
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

/// Money on its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub id: RefundId,
    pub order: OrderId,
    pub attempt: AttemptId,
    pub cause: RefundCause,
    pub state: RefundState,
    pub amount: Money,
    pub clawback: Money,
    pub tax: Money,
    pub reason: String,
    pub requested_by: Option<AccountId>,
    pub approved_by: Option<AccountId>,
    pub created_at: Moment,
    pub asked: i64,
    pub version: i64,
}

pub(super) fn refund_row(row: &Row) -> Result<Refund, store::Error> {
    let currency = row.parse("currency")?;
    let amount = |name: &str| row.get::<i64>(name).map(|minor| Money::new(minor, currency));
    Ok(Refund {
        id: row.parse("id")?,
        order: row.parse("order_id")?,
        attempt: row.parse("attempt_id")?,
        cause: row.parse("cause")?,
        state: row.parse("state")?,
        amount: amount("amount")?,
        clawback: amount("clawback")?,
        tax: amount("tax")?,
        reason: row.get("reason")?,
        requested_by: row.parse_optional("requested_by")?,
        approved_by: row.parse_optional("approved_by")?,
        created_at: Moment::from_millis(row.get("created_at")?),
        asked: row.get("asked")?,
        version: row.get("version")?,
    })
}

pub async fn refund(conn: &mut Conn, id: &RefundId) -> Result<Option<Refund>> {
    Ok(conn.query(sql!("SELECT * FROM refunds WHERE id = $1")).bind(id.as_str()).optional(refund_row).await?)
}

/// Every refund of an order, oldest first.
pub async fn refunds_of(conn: &mut Conn, order: &OrderId) -> Result<Vec<Refund>> {
    let all = conn
        .query(sql!("SELECT * FROM refunds WHERE order_id = $1 ORDER BY created_at, id"))
        .bind(order.as_str())
        .all(refund_row)
        .await?;
    Ok(all)
}

pub async fn due_refunds(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<RefundId>> {
    let due = conn
        .query(sql!("SELECT id FROM refunds WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2"))
        .bind(now.millis())
        .bind(limit)
        .all(|row| row.parse("id"))
        .await?;
    Ok(due)
}

pub async fn add_refund(tx: &mut Tx, refund: &Refund) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO refunds (id, order_id, attempt_id, cause, state, currency, amount, clawback, tax, reason, requested_by,
                              created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)"
    ))
    .bind(refund.id.as_str())
    .bind(refund.order.as_str())
    .bind(refund.attempt.as_str())
    .bind(refund.cause.as_str())
    .bind(refund.state.as_str())
    .bind(refund.amount.currency().as_str())
    .bind(refund.amount.minor())
    .bind(refund.clawback.minor())
    .bind(refund.tax.minor())
    .bind(&refund.reason)
    .bind(refund.requested_by.as_ref().map(|id| id.as_str().to_owned()))
    .bind(refund.created_at.millis())
    .execute()
    .await?;
    Ok(())
}

/// The state moves on from what `refund` says; who approved it is kept when it is known.
pub async fn set_refund_state(tx: &mut Tx, refund: &Refund, state: RefundState, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE refunds SET state = $4, changed_at = $5, version = version + 1, approved_by = COALESCE(CAST($6 AS TEXT), approved_by)
              WHERE id = $1 AND state = $2 AND version = $3"
        ))
        .bind(refund.id.as_str())
        .bind(refund.state.as_str())
        .bind(refund.version)
        .bind(state.as_str())
        .bind(now.millis())
        .bind(refund.approved_by.as_ref().map(|id| id.as_str().to_owned()))
        .execute()
        .await?;
    Ok(changed == 1)
}

pub async fn set_refund_due(tx: &mut Tx, id: &RefundId, due: Option<Moment>, asked: i64) -> Result<()> {
    tx.query(sql!("UPDATE refunds SET due_at = $2, asked = $3 WHERE id = $1"))
        .bind(id.as_str())
        .bind(due.map(Moment::millis))
        .bind(asked)
        .execute()
        .await?;
    Ok(())
}
