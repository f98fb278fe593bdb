//! Disputes as rows.

use super::Order;
use crate::payments::{Attempt, DisputeFound};
use crate::{App, Result};
use model::Money;
use model::ids::{AccountId, CourseId, OrderId, OrderLineId};
use model::orders::DisputeState;
use store::{Conn, Tx, sql};

/// How far a dispute has come, by the provider's id of it, and what was withheld.
pub async fn dispute(conn: &mut Conn, attempt: &Attempt, provider_id: &str) -> Result<Option<(DisputeState, Money)>> {
    let found = conn
        .query(sql!("SELECT state, amount, currency FROM disputes WHERE provider = $1 AND provider_id = $2"))
        .bind(attempt.provider.as_str())
        .bind(provider_id)
        .optional(|row| Ok((row.parse("state")?, Money::new(row.get("amount")?, row.parse("currency")?))))
        .await?;
    Ok(found)
}

/// How far each dispute about a payment has come.
pub async fn disputes_of(conn: &mut Conn, attempt: &Attempt) -> Result<Vec<DisputeState>> {
    let all = conn
        .query(sql!("SELECT state FROM disputes WHERE attempt_id = $1"))
        .bind(attempt.id.as_str())
        .all(|row| row.parse("state"))
        .await?;
    Ok(all)
}

pub async fn put_dispute(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    attempt: &Attempt,
    found: &DisputeFound,
    state: DisputeState,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO disputes (provider, provider_id, order_id, attempt_id, state, currency, amount, opened_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
         ON CONFLICT (provider, provider_id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at"
    ))
    .bind(attempt.provider.as_str())
    .bind(&found.provider_id)
    .bind(order.id.as_str())
    .bind(attempt.id.as_str())
    .bind(state.as_str())
    .bind(found.amount.currency().as_str())
    .bind(found.amount.minor())
    .bind(app.now().millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn set_dispute_state(tx: &mut Tx, order: &OrderId, state: DisputeState) -> Result<()> {
    tx.query(sql!("UPDATE orders SET dispute_state = $2 WHERE id = $1"))
        .bind(order.as_str())
        .bind(state.as_str())
        .execute()
        .await?;
    Ok(())
}

/// How a dispute about the order stands.
pub async fn dispute_state(conn: &mut Conn, order: &OrderId) -> Result<DisputeState> {
    let state = conn
        .query(sql!("SELECT dispute_state FROM orders WHERE id = $1"))
        .bind(order.as_str())
        .optional(|row| row.parse("dispute_state"))
        .await?;
    Ok(state.unwrap_or(DisputeState::None))
}

/// The line of another order than `but` whose right to the course is closed still, though its dispute was won.
pub async fn closed_and_won(
    conn: &mut Conn,
    account: &AccountId,
    course: &CourseId,
    but: &OrderId,
) -> Result<Option<OrderLineId>> {
    let line = conn
        .query(sql!(
            "SELECT l.id FROM grants g JOIN order_lines l ON l.id = g.source_id JOIN orders o ON o.id = l.order_id
              WHERE g.account_id = $1 AND g.course_id = $2 AND g.source = 'order_line' AND g.state = 'suspended'
                AND o.dispute_state = 'won' AND o.id <> $3
              ORDER BY g.granted_at, g.id LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(course.as_str())
        .bind(but.as_str())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(line)
}
