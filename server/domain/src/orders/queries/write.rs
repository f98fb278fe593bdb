//! Writing orders down and moving them on.

use super::{Line, OfferRow, Order};
use crate::audit_trail::{self, Deed};
use crate::orders::Quote;
use crate::{App, Error, Result};
use model::ids::{AccountId, AttemptId, CheckoutId, OrderId};
use model::orders::{OrderState, Refunded};
use model::{Moment, Money};
use store::{Tx, sql};

pub async fn add_checkout(
    tx: &mut Tx,
    id: &CheckoutId,
    account: &AccountId,
    offer: &OfferRow,
    quote: &Quote,
    now: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO checkouts (id, account_id, course_id, price_id, currency, list_amount, total, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    ))
    .bind(id.as_str())
    .bind(account.as_str())
    .bind(offer.course.as_str())
    .bind(offer.price_id.as_str())
    .bind(quote.total.currency().as_str())
    .bind(quote.list.minor())
    .bind(quote.total.minor())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn add_order(tx: &mut Tx, order: &Order) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO orders (id, account_id, checkout_id, state, refund_state, dispute_state, currency, total, lang,
                             placed_at, expires_at, due_at)
         VALUES ($1, $2, $3, $4, 'none', 'none', $5, $6, $7, $8, $9, $9)"
    ))
    .bind(order.id.as_str())
    .bind(order.account.as_str())
    .bind(order.checkout.as_str())
    .bind(order.state.as_str())
    .bind(order.total.currency().as_str())
    .bind(order.total.minor())
    .bind(order.lang.as_str())
    .bind(order.placed_at.millis())
    .bind(order.expires_at.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn add_line(tx: &mut Tx, order: &OrderId, position: i64, line: &Line) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO order_lines (id, order_id, position, kind, course_id, instructor_id, title, price_id, currency,
                                  list_amount, discount, net, tax, share_bp, share)
         VALUES ($1, $2, $3, 'course', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    ))
    .bind(line.id.as_str())
    .bind(order.as_str())
    .bind(position)
    .bind(line.course.as_str())
    .bind(line.instructor.as_str())
    .bind(&line.title)
    .bind(line.price.as_str())
    .bind(line.net.currency().as_str())
    .bind(line.list.minor())
    .bind(line.discount.minor())
    .bind(line.net.minor())
    .bind(line.tax.minor())
    .bind(i64::from(line.share_bp))
    .bind(line.share.minor())
    .execute()
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

pub async fn set_refunded(tx: &mut Tx, order: &Order, refunded: Money, state: Refunded) -> Result<()> {
    tx.query(sql!("UPDATE orders SET refunded = $2, refund_state = $3 WHERE id = $1"))
        .bind(order.id.as_str())
        .bind(refunded.minor())
        .bind(state.as_str())
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

/// The next number of a series; taken back with its transaction, so that none is ever missing.
pub async fn next_receipt(tx: &mut Tx, series: &str) -> Result<i64> {
    let number = tx
        .query(sql!(
            "INSERT INTO receipt_series (series, last) VALUES ($1, 1)
             ON CONFLICT (series) DO UPDATE SET last = receipt_series.last + 1 RETURNING last"
        ))
        .bind(series)
        .one(|row| row.get("last"))
        .await?;
    Ok(number)
}

pub async fn add_receipt(
    tx: &mut Tx,
    series: &str,
    number: i64,
    order: &OrderId,
    now: Moment,
    document: &str,
    document_hash: &str,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO receipts (series, number, order_id, issued_at, document, document_hash) VALUES ($1, $2, $3, $4, $5, $6)"
    ))
    .bind(series)
    .bind(number)
    .bind(order.as_str())
    .bind(now.millis())
    .bind(document)
    .bind(document_hash)
    .execute()
    .await?;
    Ok(())
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
