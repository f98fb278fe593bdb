//! The statements of orders.

mod carts;
mod checkouts;
mod disputes;
mod gone;
mod lines;
mod offers;
mod once;
mod receipts;
mod refunds;
mod staff;
mod write;

pub use carts::*;
pub use checkouts::*;
pub use disputes::*;
pub use gone::*;
pub use lines::*;
pub use offers::*;
pub use once::*;
pub use receipts::*;
pub use refunds::*;
pub use staff::*;
pub use write::*;

pub use crate::accounts::{email_of as email, lock as lock_account};

use crate::Result;
use model::ids::{AccountId, AttemptId, CheckoutId, OrderId};
use model::orders::{OrderRow, OrderState, Refunded};
use model::paging::Leaf;
use model::{Lang, Moment, Money};
use store::{Conn, Row, Tx, sql};

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub account: AccountId,
    /// The buyer's name.
    pub buyer: String,
    pub checkout: CheckoutId,
    pub state: OrderState,
    pub refunded_state: Refunded,
    pub needs_review: bool,
    pub total: Money,
    /// Of the total: from the gift balance, from the person's own money in the wallet, and from a provider.
    pub gift: Money,
    pub cash: Money,
    pub due: Money,
    pub refunded: Money,
    pub lang: Lang,
    pub paid_attempt: Option<AttemptId>,
    pub placed_at: Moment,
    pub expires_at: Moment,
    pub paid_at: Option<Moment>,
    pub version: i64,
}

fn order_row(row: &Row) -> Result<Order, store::Error> {
    let currency = row.parse("currency")?;
    Ok(Order {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        buyer: row.get("buyer")?,
        checkout: row.parse("checkout_id")?,
        state: row.parse("state")?,
        refunded_state: row.parse("refund_state")?,
        needs_review: row.get("needs_review")?,
        total: Money::new(row.get("total")?, currency),
        gift: Money::new(row.get("gift_part")?, currency),
        cash: Money::new(row.get("cash_part")?, currency),
        due: Money::new(row.get("due")?, currency),
        refunded: Money::new(row.get("refunded")?, currency),
        lang: row.parse("lang")?,
        paid_attempt: row.parse_optional("paid_attempt_id")?,
        placed_at: Moment::from_millis(row.get("placed_at")?),
        expires_at: Moment::from_millis(row.get("expires_at")?),
        paid_at: row.get::<Option<i64>>("paid_at")?.map(Moment::from_millis),
        version: row.get("version")?,
    })
}

pub async fn order(conn: &mut Conn, id: &OrderId) -> Result<Option<Order>> {
    let found = conn
        .query(sql!("SELECT o.*, a.name AS buyer FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.id = $1"))
        .bind(id.as_str())
        .optional(order_row)
        .await?;
    Ok(found)
}

/// The order, kept from changing until the transaction ends, and its buyer before it: two journeys, as an order never changes hands and
/// what a lock answers is what is there once it is had.
pub async fn lock(tx: &mut Tx, id: &OrderId) -> Result<Option<Order>> {
    if tx.writes_alone() {
        return order(tx, id).await;
    }
    let buyer = tx
        .query(sql!(
            sqlite: "SELECT id FROM accounts WHERE id = (SELECT account_id FROM orders WHERE id = $1)",
            postgres: "SELECT id FROM accounts WHERE id = (SELECT account_id FROM orders WHERE id = $1) FOR NO KEY UPDATE"
        ))
        .bind(id.as_str())
        .optional(|_| Ok(()))
        .await?;
    if buyer.is_none() {
        return Ok(None);
    }
    let locked = tx
        .query(sql!(
            sqlite: "SELECT o.*, a.name AS buyer FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.id = $1",
            postgres: "SELECT o.*, a.name AS buyer FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.id = $1 FOR UPDATE OF o"
        ))
        .bind(id.as_str())
        .optional(order_row)
        .await?;
    Ok(locked)
}

/// At most `limit` of a person's orders, the latest first; with `before`, those placed before that one.
pub async fn of_buyer(conn: &mut Conn, account: &AccountId, before: Option<&Order>, limit: u32) -> Result<Vec<OrderRow>> {
    let rows = conn
        .query(sql!(
            "SELECT o.id, o.state, o.refund_state, o.total, o.currency, o.placed_at, l.title,
                    (SELECT COUNT(*) FROM order_lines m WHERE m.order_id = o.id) AS lines
               FROM orders o JOIN order_lines l ON l.order_id = o.id AND l.position = 1
              WHERE o.account_id = $1 AND (o.placed_at < $2 OR o.placed_at = $2 AND o.id < $3)
              ORDER BY o.placed_at DESC, o.id DESC LIMIT $4"
        ))
        .bind(account.as_str())
        .bind(before.map_or(i64::MAX, |order| order.placed_at.millis()))
        .bind(before.map_or("", |order| order.id.as_str()))
        .bind(i64::from(limit))
        .all(listed)
        .await?;
    Ok(rows)
}

/// How many orders a person has.
pub async fn count_of_buyer(conn: &mut Conn, account: &AccountId) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM orders WHERE account_id = $1"))
        .bind(account.as_str())
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// One page of a person's orders, the latest first.
pub async fn page_of_buyer(conn: &mut Conn, account: &AccountId, leaf: Leaf) -> Result<Vec<OrderRow>> {
    let rows = conn
        .query(sql!(
            "SELECT o.id, o.state, o.refund_state, o.total, o.currency, o.placed_at, l.title,
                    (SELECT COUNT(*) FROM order_lines m WHERE m.order_id = o.id) AS lines
               FROM orders o JOIN order_lines l ON l.order_id = o.id AND l.position = 1
              WHERE o.account_id = $1 ORDER BY o.placed_at DESC, o.id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(account.as_str())
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(listed)
        .await?;
    Ok(rows)
}

fn listed(row: &Row) -> Result<OrderRow, store::Error> {
    Ok(OrderRow {
        id: row.parse("id")?,
        state: row.parse("state")?,
        refunded: row.parse("refund_state")?,
        title: row.get("title")?,
        more: u32::try_from(row.get::<i64>("lines")? - 1).unwrap_or_default(),
        total: Money::new(row.get("total")?, row.parse("currency")?),
        placed_at: Moment::from_millis(row.get("placed_at")?),
    })
}

pub async fn due_orders(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<OrderId>> {
    let due = conn
        .query(sql!("SELECT id FROM orders WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2"))
        .bind(now.millis())
        .bind(limit)
        .all(|row| row.parse("id"))
        .await?;
    Ok(due)
}
