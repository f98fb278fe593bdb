//! The statements of orders.

mod refunds;
mod staff;
mod write;

pub use refunds::*;
pub use staff::*;
pub use write::*;

use crate::Result;
use crate::error::OrNotFound;
use model::ids::{AccountId, AttemptId, CheckoutId, CourseId, OrderId, OrderLineId, PriceId};
use model::orders::{OrderRow, OrderState, Refunded};
use model::text::Slug;
use model::{Lang, Moment, Money};
use store::{Conn, Row, Tx, sql};

/// A course as it can be bought.
#[derive(Debug, Clone)]
pub struct OfferRow {
    pub course: CourseId,
    pub slug: Slug,
    pub title: String,
    pub instructor: AccountId,
    pub instructor_name: String,
    pub listed: bool,
    pub price_id: PriceId,
    pub price: Money,
    pub compare: Option<Money>,
    pub lessons: u32,
    pub seconds: u32,
}

fn offer_row(row: &Row) -> Result<OfferRow, store::Error> {
    let currency = row.parse("currency")?;
    let count = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
    Ok(OfferRow {
        course: row.parse("id")?,
        slug: row.parse("slug")?,
        title: row.get("title")?,
        instructor: row.parse("instructor_id")?,
        instructor_name: row.get("instructor_name")?,
        listed: row.get::<String>("state")? == "listed",
        price_id: row.parse("price_id")?,
        price: Money::new(row.get("price")?, currency),
        compare: row.get::<Option<i64>>("compare_price")?.map(|minor| Money::new(minor, currency)),
        lessons: count("lessons")?,
        seconds: count("seconds")?,
    })
}

pub async fn offer(conn: &mut Conn, course: &CourseId) -> Result<Option<OfferRow>> {
    let found = conn
        .query(sql!(
            "SELECT c.*, a.name AS instructor_name FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.id = $1"
        ))
        .bind(course.as_str())
        .optional(offer_row)
        .await?;
    Ok(found)
}

pub async fn offer_by_slug(conn: &mut Conn, slug: &Slug) -> Result<Option<OfferRow>> {
    let found = conn
        .query(sql!(
            "SELECT c.*, a.name AS instructor_name FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.slug = $1"
        ))
        .bind(slug.as_str())
        .optional(offer_row)
        .await?;
    Ok(found)
}

/// A frozen quote.
#[derive(Debug, Clone)]
pub struct CheckoutRow {
    pub id: CheckoutId,
    pub account: AccountId,
    pub course: CourseId,
    pub list: Money,
    pub total: Money,
}

pub async fn checkout(conn: &mut Conn, id: &CheckoutId) -> Result<Option<CheckoutRow>> {
    let found = conn
        .query(sql!("SELECT id, account_id, course_id, currency, list_amount, total FROM checkouts WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| {
            let currency = row.parse("currency")?;
            Ok(CheckoutRow {
                id: row.parse("id")?,
                account: row.parse("account_id")?,
                course: row.parse("course_id")?,
                list: Money::new(row.get("list_amount")?, currency),
                total: Money::new(row.get("total")?, currency),
            })
        })
        .await?;
    Ok(found)
}

/// A checkout of this course at today's price that no order was made of.
pub async fn open_checkout(conn: &mut Conn, account: &AccountId, offer: &OfferRow) -> Result<Option<CheckoutId>> {
    let found = conn
        .query(sql!(
            "SELECT c.id FROM checkouts c
              WHERE c.account_id = $1 AND c.course_id = $2 AND c.price_id = $3 AND c.total = $4
                AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.checkout_id = c.id)
              ORDER BY c.created_at DESC, c.id LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(offer.course.as_str())
        .bind(offer.price_id.as_str())
        .bind(offer.price.minor())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

pub async fn order_of_checkout(conn: &mut Conn, checkout: &CheckoutId) -> Result<Option<OrderId>> {
    let found = conn
        .query(sql!("SELECT id FROM orders WHERE checkout_id = $1"))
        .bind(checkout.as_str())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// The buyer's order of this course that still waits for money.
pub async fn open_order(conn: &mut Conn, account: &AccountId, course: &CourseId) -> Result<Option<OrderId>> {
    let found = conn
        .query(sql!(
            "SELECT o.id FROM orders o JOIN order_lines l ON l.order_id = o.id
              WHERE o.account_id = $1 AND l.course_id = $2 AND o.state = 'awaiting_payment' LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(course.as_str())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

pub async fn email(conn: &mut Conn, account: &AccountId) -> Result<String> {
    conn.query(sql!("SELECT email FROM accounts WHERE id = $1"))
        .bind(account.as_str())
        .optional(|row| row.get("email"))
        .await?
        .or_not_found()
}

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

/// Keeps the person's purchases from changing until the transaction ends; always locked before their orders.
pub async fn lock_account(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!(
        sqlite: "SELECT id FROM accounts WHERE id = $1",
        postgres: "SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE"
    ))
    .bind(account.as_str())
    .optional(|_| Ok(()))
    .await?;
    Ok(())
}

/// The order, kept from changing until the transaction ends, and its buyer before it.
pub async fn lock(tx: &mut Tx, id: &OrderId) -> Result<Option<Order>> {
    let Some(unlocked) = order(tx, id).await? else { return Ok(None) };
    lock_account(tx, &unlocked.account).await?;
    tx.query(sql!(
        sqlite: "SELECT id FROM orders WHERE id = $1",
        postgres: "SELECT id FROM orders WHERE id = $1 FOR UPDATE"
    ))
    .bind(id.as_str())
    .optional(|_| Ok(()))
    .await?;
    order(tx, id).await
}

/// One thing that was bought, as it was when it was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: OrderLineId,
    pub course: CourseId,
    pub instructor: AccountId,
    pub title: String,
    pub price: PriceId,
    pub list: Money,
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    pub share_bp: u32,
    pub share: Money,
}

pub async fn lines(conn: &mut Conn, order: &OrderId) -> Result<Vec<Line>> {
    let lines = conn
        .query(sql!("SELECT * FROM order_lines WHERE order_id = $1 ORDER BY position"))
        .bind(order.as_str())
        .all(|row| {
            let currency = row.parse("currency")?;
            let amount = |name: &str| row.get::<i64>(name).map(|minor| Money::new(minor, currency));
            Ok(Line {
                id: row.parse("id")?,
                course: row.parse("course_id")?,
                instructor: row.parse("instructor_id")?,
                title: row.get("title")?,
                price: row.parse("price_id")?,
                list: amount("list_amount")?,
                discount: amount("discount")?,
                net: amount("net")?,
                tax: amount("tax")?,
                share_bp: u32::try_from(row.get::<i64>("share_bp")?).unwrap_or_default(),
                share: amount("share")?,
            })
        })
        .await?;
    Ok(lines)
}

/// A person's orders, the latest first.
pub async fn of_buyer(conn: &mut Conn, account: &AccountId) -> Result<Vec<OrderRow>> {
    let rows = conn
        .query(sql!(
            "SELECT o.id, o.state, o.refund_state, o.total, o.currency, o.placed_at, l.title, l.course_id, c.slug
               FROM orders o JOIN order_lines l ON l.order_id = o.id AND l.position = 1 JOIN courses c ON c.id = l.course_id
              WHERE o.account_id = $1 ORDER BY o.placed_at DESC, o.id DESC LIMIT 500"
        ))
        .bind(account.as_str())
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
        course: row.parse("course_id")?,
        slug: row.parse("slug")?,
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

/// A receipt's series, number and moment.
pub async fn receipt(conn: &mut Conn, order: &OrderId) -> Result<Option<(String, i64, Moment)>> {
    let found = conn
        .query(sql!("SELECT series, number, issued_at FROM receipts WHERE order_id = $1"))
        .bind(order.as_str())
        .optional(|row| Ok((row.get("series")?, row.get("number")?, Moment::from_millis(row.get("issued_at")?))))
        .await?;
    Ok(found)
}

/// What a form with this key led to: the hash of what was sent, and the outcome.
pub async fn outcome(conn: &mut Conn, who: &AccountId, route: &str, key: &str) -> Result<Option<(String, String)>> {
    let found = conn
        .query(sql!("SELECT request_hash, outcome FROM idempotency WHERE principal = $1 AND route = $2 AND key = $3"))
        .bind(who.as_str())
        .bind(route)
        .bind(key)
        .optional(|row| Ok((row.get("request_hash")?, row.get("outcome")?)))
        .await?;
    Ok(found)
}
