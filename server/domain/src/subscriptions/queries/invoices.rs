//! Invoices, reminders and charges.

use super::Subscription;
use crate::{Error, Result};
use model::ids::{AttemptId, EventId, OrderId, PriceId, SubscriptionId};
use model::subscriptions::{InvoiceKind, InvoiceState};
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub subscription: SubscriptionId,
    /// The period it pays for, or, where it is a difference, the one that runs.
    pub number: i64,
    /// Once it is paid: the period whose money it is. A difference that begins a period is that period's.
    pub paid: Option<i64>,
    pub kind: InvoiceKind,
    pub state: InvoiceState,
    pub order: OrderId,
    /// The plan at its price that counts once it is paid.
    pub price: PriceId,
    pub amount: Money,
    /// What was left of the old plan.
    pub credit: Money,
    /// The attempt whose failure was dealt with.
    pub judged: Option<AttemptId>,
    pub created_at: Moment,
}

fn invoice(row: &Row) -> Result<Invoice, store::Error> {
    let currency = row.parse("currency")?;
    Ok(Invoice {
        subscription: row.parse("subscription_id")?,
        number: row.get("number")?,
        paid: row.get("paid_number")?,
        kind: row.parse("kind")?,
        state: row.parse("state")?,
        order: row.parse("order_id")?,
        price: row.parse("price_id")?,
        amount: Money::new(row.get("amount")?, currency),
        credit: Money::new(row.get("credit")?, currency),
        judged: row.parse_optional("judged_attempt_id")?,
        created_at: Moment::from_millis(row.get("created_at")?),
    })
}

pub async fn add_invoice(tx: &mut Tx, id: &EventId, one: &Invoice) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO subscription_invoices (id, subscription_id, number, kind, state, order_id, price_id, currency, amount, credit, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    ))
    .bind(id.as_str())
    .bind(one.subscription.as_str())
    .bind(one.number)
    .bind(one.kind.as_str())
    .bind(one.state.as_str())
    .bind(one.order.as_str())
    .bind(one.price.as_str())
    .bind(one.amount.currency().as_str())
    .bind(one.amount.minor())
    .bind(one.credit.minor())
    .bind(one.created_at.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn invoice_of_order(conn: &mut Conn, order: &OrderId) -> Result<Option<Invoice>> {
    let found = conn
        .query(sql!("SELECT * FROM subscription_invoices WHERE order_id = $1"))
        .bind(order.as_str())
        .optional(invoice)
        .await?;
    Ok(found)
}

/// What waits for money, oldest first.
pub async fn open_invoices(conn: &mut Conn, subscription: &SubscriptionId) -> Result<Vec<Invoice>> {
    let all = conn
        .query(sql!("SELECT * FROM subscription_invoices WHERE subscription_id = $1 AND state = 'open' ORDER BY created_at, id"))
        .bind(subscription.as_str())
        .all(invoice)
        .await?;
    Ok(all)
}

/// An open invoice is paid or void from now on.
pub async fn close_invoice(tx: &mut Tx, order: &OrderId, state: InvoiceState, now: Moment) -> Result<()> {
    let changed = tx
        .query(sql!("UPDATE subscription_invoices SET state = $2, closed_at = $3 WHERE order_id = $1 AND state = 'open'"))
        .bind(order.as_str())
        .bind(state.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::bug("an invoice was closed twice")) }
}

/// A paid invoice's money is that of this period.
pub async fn pays_for(tx: &mut Tx, order: &OrderId, number: i64) -> Result<()> {
    tx.query(sql!("UPDATE subscription_invoices SET paid_number = $2 WHERE order_id = $1"))
        .bind(order.as_str())
        .bind(number)
        .execute()
        .await?;
    Ok(())
}

/// The failure of this attempt was dealt with.
pub async fn judge(tx: &mut Tx, order: &OrderId, attempt: &AttemptId) -> Result<()> {
    tx.query(sql!("UPDATE subscription_invoices SET judged_attempt_id = $2 WHERE order_id = $1"))
        .bind(order.as_str())
        .bind(attempt.as_str())
        .execute()
        .await?;
    Ok(())
}

/// Whether a bank decides about the money of one of its invoices, that of `except` apart.
pub async fn is_disputed(conn: &mut Conn, subscription: &SubscriptionId, except: Option<&OrderId>) -> Result<bool> {
    let found = conn
        .query(sql!(
            "SELECT EXISTS (SELECT 1 FROM subscription_invoices i JOIN orders o ON o.id = i.order_id
                             WHERE i.subscription_id = $1 AND o.dispute_state = 'open'
                               AND (CAST($2 AS TEXT) IS NULL OR o.id <> $2)) AS found"
        ))
        .bind(subscription.as_str())
        .bind(except.map(OrderId::as_str))
        .one(|row| row.get("found"))
        .await?;
    Ok(found)
}

/// What will be charged was told.
pub async fn add_reminder(
    tx: &mut Tx,
    id: &EventId,
    of: &Subscription,
    amount: Money,
    charge_at: Moment,
    now: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO subscription_reminders (id, subscription_id, number, currency, amount, charge_at, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(id.as_str())
    .bind(of.id.as_str())
    .bind(of.number + 1)
    .bind(amount.currency().as_str())
    .bind(amount.minor())
    .bind(charge_at.millis())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// A charge nobody is present for begins.
pub async fn add_charge(tx: &mut Tx, attempt: &AttemptId, of: &Subscription, number: i64, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO subscription_charges (attempt_id, subscription_id, number, cancelled, at) VALUES ($1, $2, $3, $4, $5)"
    ))
    .bind(attempt.as_str())
    .bind(of.id.as_str())
    .bind(number)
    .bind(of.life.cancels)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Whether the attempt is such a charge; and of one, whether the bank's refusal was for good.
pub async fn charge_of(conn: &mut Conn, attempt: &AttemptId) -> Result<Option<bool>> {
    let found = conn
        .query(sql!("SELECT hard FROM subscription_charges WHERE attempt_id = $1"))
        .bind(attempt.as_str())
        .optional(|row| row.get("hard"))
        .await?;
    Ok(found)
}

/// The bank refused this charge for good.
pub async fn note_hard(tx: &mut Tx, attempt: &AttemptId) -> Result<()> {
    tx.query(sql!("UPDATE subscription_charges SET hard = TRUE WHERE attempt_id = $1")).bind(attempt.as_str()).execute().await?;
    Ok(())
}

/// Where a paid invoice's money is.
pub struct Placed {
    pub subscription: SubscriptionId,
    /// The period that it paid for.
    pub number: i64,
    /// That is over and was earned.
    pub earned: bool,
}

pub async fn placed(conn: &mut Conn, order: &OrderId) -> Result<Option<Placed>> {
    let found = conn
        .query(sql!(
            "SELECT i.subscription_id, p.number, p.recognised_at
               FROM subscription_invoices i
               JOIN subscription_periods p ON p.subscription_id = i.subscription_id AND p.number = i.paid_number
              WHERE i.order_id = $1 AND i.state = 'paid'"
        ))
        .bind(order.as_str())
        .optional(|row| {
            Ok(Placed {
                subscription: row.parse("subscription_id")?,
                number: row.get("number")?,
                earned: row.get::<Option<i64>>("recognised_at")?.is_some(),
            })
        })
        .await?;
    Ok(found)
}
