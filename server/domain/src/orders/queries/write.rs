//! Writing orders down and moving them on.

use super::Order;
use crate::audit_trail::{self, Deed};
use crate::{App, Error, Result};
use model::ids::{AccountId, AttemptId, OrderId};
use model::orders::{OrderState, Refunded};
use model::payments::Provider;
use model::{Moment, Money};
use store::{Conn, Tx, sql};

pub async fn add_order(tx: &mut Tx, order: &Order) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO orders (id, account_id, checkout_id, state, refund_state, dispute_state, currency, total, gift_part,
                             cash_part, due, lang, placed_at, expires_at, due_at)
         VALUES ($1, $2, $3, $4, 'none', 'none', $5, $6, $7, $8, $9, $10, $11, $12, $12)"
    ))
    .bind(order.id.as_str())
    .bind(order.account.as_str())
    .bind(order.checkout.as_str())
    .bind(order.state.as_str())
    .bind(order.total.currency().as_str())
    .bind(order.total.minor())
    .bind(order.gift.minor())
    .bind(order.cash.minor())
    .bind(order.due.minor())
    .bind(order.lang.as_str())
    .bind(order.placed_at.millis())
    .bind(order.expires_at.millis())
    .write()
    .await?;
    Ok(())
}

/// The order is paid, by this attempt or for nothing.
pub async fn pay_order(tx: &mut Tx, order: &Order, attempt: Option<&AttemptId>, now: Moment) -> Result<()> {
    let changed = tx
        .query(sql!(
            "UPDATE orders SET state = 'paid', paid_attempt_id = $4, paid_at = $5, due_at = NULL, closed_at = NULL, version = version + 1
              WHERE id = $1 AND state = $2 AND version = $3"
        ))
        .bind(order.id.as_str())
        .bind(order.state.as_str())
        .bind(order.version)
        .bind(attempt.map(|attempt| attempt.as_str().to_owned()))
        .bind(now.millis())
        .execute()
        .await?;
    one(changed)
}

/// The order is canceled or expired, with its row of the trail.
pub async fn close_order(tx: &mut Tx, app: &App, order: &Order, state: OrderState, actor: Option<&AccountId>) -> Result<()> {
    let changed = tx
        .query(sql!(
            "UPDATE orders SET state = $4, closed_at = $5, due_at = NULL, version = version + 1
              WHERE id = $1 AND state = $2 AND version = $3"
        ))
        .bind(order.id.as_str())
        .bind(order.state.as_str())
        .bind(order.version)
        .bind(state.as_str())
        .bind(app.now().millis())
        .execute()
        .await?;
    one(changed)?;
    let deed = Deed::new(format!("order.{state}"), "order", &order.id).by_any(actor).detail(order.state.as_str());
    audit_trail::record(app, tx, deed).await
}

/// A change that names the state it expects changes exactly one row.
fn one(changed: u64) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::bug("an order changed under its lock")) }
}

pub async fn flag_for_review(tx: &mut Tx, order: &OrderId) -> Result<()> {
    tx.query(sql!("UPDATE orders SET needs_review = TRUE WHERE id = $1")).bind(order.as_str()).execute().await?;
    Ok(())
}

/// A person has looked at it; false where nobody had to.
pub async fn looked_at(tx: &mut Tx, order: &OrderId) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE orders SET needs_review = FALSE WHERE id = $1 AND needs_review"))
        .bind(order.as_str())
        .execute()
        .await?;
    Ok(changed == 1)
}

pub async fn set_refunded(tx: &mut Tx, order: &Order, refunded: Money, state: Refunded) -> Result<()> {
    tx.query(sql!("UPDATE orders SET refunded = $2, refund_state = $3 WHERE id = $1"))
        .bind(order.id.as_str())
        .bind(refunded.minor())
        .bind(state.as_str())
        .execute()
        .await?;
    Ok(())
}

/// By which provider a person paid for a period of a subscription last.
pub async fn last_way(conn: &mut Conn, buyer: &AccountId) -> Result<Option<Provider>> {
    let found = conn
        .query(sql!(
            "SELECT a.provider FROM orders o JOIN attempts a ON a.id = o.paid_attempt_id
              WHERE o.account_id = $1 AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.kind = 'subscription')
              ORDER BY o.paid_at DESC, o.id DESC LIMIT 1"
        ))
        .bind(buyer.as_str())
        .optional(|row| row.parse("provider"))
        .await?;
    Ok(found)
}

/// The order waits longer for its money.
pub async fn wait_until(tx: &mut Tx, order: &OrderId, until: Moment) -> Result<()> {
    tx.query(sql!("UPDATE orders SET expires_at = $2, due_at = $2 WHERE id = $1 AND state = 'awaiting_payment'"))
        .bind(order.as_str())
        .bind(until.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn look_again(tx: &mut Tx, order: &OrderId, at: Moment) -> Result<()> {
    tx.query(sql!("UPDATE orders SET due_at = $2 WHERE id = $1")).bind(order.as_str()).bind(at.millis()).execute().await?;
    Ok(())
}

pub async fn look_no_more(tx: &mut Tx, order: &OrderId) -> Result<()> {
    tx.query(sql!("UPDATE orders SET due_at = NULL WHERE id = $1")).bind(order.as_str()).execute().await?;
    Ok(())
}
