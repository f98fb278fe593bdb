//! Refunds as rows.

use super::super::refund_parts::{Amounts, Part};
use super::super::refund_policy::Studied;
use super::Order;
use crate::Result;
use model::ids::{AccountId, AttemptId, OrderId, OrderLineId, RefundId};
use model::payments::{RefundCause, RefundState};
use model::refunds::{Destination, Remedy};
use model::time::seconds;
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

/// Money on its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub id: RefundId,
    pub order: OrderId,
    /// None: the wallet paid it all.
    pub attempt: Option<AttemptId>,
    pub cause: RefundCause,
    pub state: RefundState,
    pub amount: Money,
    /// Of the amount: by the provider, to the person's own money in the wallet, to their gift balance.
    pub due: Money,
    pub cash: Money,
    pub gift: Money,
    pub destination: Destination,
    pub clawback: Money,
    pub tax: Money,
    pub reason: String,
    pub requested_by: Option<AccountId>,
    pub approved_by: Option<AccountId>,
    /// What was proposed where the provider leads nowhere, by whom and why.
    pub remedy: Option<Remedy>,
    pub remedy_by: Option<AccountId>,
    pub remedy_note: String,
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
        attempt: row.parse_optional("attempt_id")?,
        cause: row.parse("cause")?,
        state: row.parse("state")?,
        amount: amount("amount")?,
        due: amount("due")?,
        cash: amount("cash")?,
        gift: amount("gift")?,
        destination: row.parse("destination")?,
        clawback: amount("clawback")?,
        tax: amount("tax")?,
        reason: row.get("reason")?,
        requested_by: row.parse_optional("requested_by")?,
        approved_by: row.parse_optional("approved_by")?,
        remedy: row.parse_optional("remedy")?,
        remedy_by: row.parse_optional("remedy_by")?,
        remedy_note: row.get("remedy_note")?,
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

/// Refunds asked for before one, the latest first; of one person's orders, or of everybody's.
pub async fn refunds_before(
    conn: &mut Conn,
    owner: Option<&AccountId>,
    before: Option<&Refund>,
    limit: i64,
) -> Result<Vec<Refund>> {
    let all = conn
        .query(sql!(
            "SELECT r.* FROM refunds r JOIN orders o ON o.id = r.order_id
              WHERE (o.account_id = $1 OR $2)
                AND (CAST($3 AS BIGINT) IS NULL OR r.created_at < $3 OR (r.created_at = $3 AND r.id < $4))
              ORDER BY r.created_at DESC, r.id DESC LIMIT $5"
        ))
        .bind(owner.map(|owner| owner.as_str().to_owned()))
        .bind(owner.is_none())
        .bind(before.map(|before| before.created_at.millis()))
        .bind(before.map(|before| before.id.as_str().to_owned()))
        .bind(limit)
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
                              created_at, changed_at, due, cash, gift, destination)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $15, $16)"
    ))
    .bind(refund.id.as_str())
    .bind(refund.order.as_str())
    .bind(refund.attempt.as_ref().map(|id| id.as_str().to_owned()))
    .bind(refund.cause.as_str())
    .bind(refund.state.as_str())
    .bind(refund.amount.currency().as_str())
    .bind(refund.amount.minor())
    .bind(refund.clawback.minor())
    .bind(refund.tax.minor())
    .bind(&refund.reason)
    .bind(refund.requested_by.as_ref().map(|id| id.as_str().to_owned()))
    .bind(refund.created_at.millis())
    .bind(refund.due.minor())
    .bind(refund.cash.minor())
    .bind(refund.gift.minor())
    .bind(refund.destination.as_str())
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

/// What a refund takes of one line.
pub async fn add_refund_line(tx: &mut Tx, refund: &RefundId, part: &Part) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO refund_lines (refund_id, line_id, amount, tax, clawback, cash, gift) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(refund.as_str())
    .bind(part.line.as_str())
    .bind(part.of.amount.minor())
    .bind(part.of.tax.minor())
    .bind(part.of.share.minor())
    .bind(part.of.cash()?.minor())
    .bind(part.of.gift.minor())
    .execute()
    .await?;
    Ok(())
}

pub(super) fn part_row(row: &Row) -> Result<Part, store::Error> {
    let currency = row.parse("currency")?;
    let amount = |name: &str| row.get::<i64>(name).map(|minor| Money::new(minor, currency));
    let wallet = Money::new(row.get::<i64>("cash")?.saturating_add(row.get("gift")?), currency);
    let of =
        Amounts { amount: amount("amount")?, tax: amount("tax")?, share: amount("clawback")?, wallet, gift: amount("gift")? };
    Ok(Part { line: row.parse("line_id")?, of })
}

/// What refunds that still count take of the lines of an order.
pub async fn refund_parts_of(conn: &mut Conn, order: &OrderId) -> Result<Vec<Part>> {
    let parts = conn
        .query(sql!(
            "SELECT p.*, r.currency FROM refund_lines p JOIN refunds r ON r.id = p.refund_id
              WHERE r.order_id = $1 AND r.state NOT IN ('failed', 'canceled') ORDER BY r.created_at, r.id, p.line_id"
        ))
        .bind(order.as_str())
        .all(part_row)
        .await?;
    Ok(parts)
}

/// What one refund takes of each line.
pub async fn parts_of_refund(conn: &mut Conn, refund: &RefundId) -> Result<Vec<Part>> {
    let parts = conn
        .query(sql!(
            "SELECT p.*, r.currency FROM refund_lines p JOIN refunds r ON r.id = p.refund_id
              WHERE r.id = $1 ORDER BY p.line_id"
        ))
        .bind(refund.as_str())
        .all(part_row)
        .await?;
    Ok(parts)
}

/// How much of a line has gone back.
pub async fn refunded_of_line(conn: &mut Conn, line: &OrderLineId) -> Result<i64> {
    let sum = conn
        .query(sql!(
            "SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) AS sum FROM refund_lines p JOIN refunds r ON r.id = p.refund_id
              WHERE p.line_id = $1 AND r.state = 'succeeded'"
        ))
        .bind(line.as_str())
        .one(|row| row.get("sum"))
        .await?;
    Ok(sum)
}

/// How much of a line has gone back or is set aside for it.
pub async fn going_back_of_line(conn: &mut Conn, line: &OrderLineId) -> Result<i64> {
    let sum = conn
        .query(sql!(
            "SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) AS sum FROM refund_lines p JOIN refunds r ON r.id = p.refund_id
              WHERE p.line_id = $1 AND r.state NOT IN ('requested', 'failed', 'canceled')"
        ))
        .bind(line.as_str())
        .one(|row| row.get("sum"))
        .await?;
    Ok(sum)
}

/// What a provider had taken for an order and refunds put into its buyer's wallet.
pub async fn refunded_to_wallet(conn: &mut Conn, order: &Order) -> Result<Money> {
    let sum: i64 = conn
        .query(sql!(
            "SELECT CAST(COALESCE(SUM(p.amount - p.cash - p.gift), 0) AS BIGINT) AS sum
               FROM refund_lines p JOIN refunds r ON r.id = p.refund_id
              WHERE r.order_id = $1 AND r.state = 'succeeded' AND r.destination = 'wallet'"
        ))
        .bind(order.id.as_str())
        .one(|row| row.get("sum"))
        .await?;
    Ok(Money::new(sum, order.total.currency()))
}

pub async fn set_remedy(tx: &mut Tx, id: &RefundId, remedy: Option<(Remedy, &AccountId, &str)>) -> Result<()> {
    tx.query(sql!("UPDATE refunds SET remedy = $2, remedy_by = $3, remedy_note = $4 WHERE id = $1"))
        .bind(id.as_str())
        .bind(remedy.map(|(remedy, ..)| remedy.as_str()))
        .bind(remedy.map(|(_, by, _)| by.as_str().to_owned()))
        .bind(remedy.map_or("", |(.., note)| note))
        .execute()
        .await?;
    Ok(())
}

/// How far somebody got in each lesson of the line's courses that is not open to all anyway.
pub async fn studied(conn: &mut Conn, account: &AccountId, line: &OrderLineId) -> Result<Vec<Studied>> {
    let lessons = conn
        .query(sql!(
            "SELECT l.seconds, COALESCE(p.watched, 0) AS watched, COALESCE(p.done, FALSE) AS done
               FROM order_line_parts c JOIN lessons l ON l.course_id = c.course_id
               LEFT JOIN lesson_progress p ON p.lesson_id = l.id AND p.account_id = $1
              WHERE c.line_id = $2 AND l.chapter_id IS NOT NULL AND NOT l.preview"
        ))
        .bind(account.as_str())
        .bind(line.as_str())
        .all(|row| {
            Ok(Studied {
                length: seconds(row.get("seconds")?),
                watched: model::time::Span::from_millis(row.get("watched")?),
                done: row.get("done")?,
            })
        })
        .await?;
    Ok(lessons)
}

/// Whether the person had one of the line's courses refunded before, with another order.
pub async fn refunded_before(conn: &mut Conn, account: &AccountId, line: &OrderLineId, but: &OrderId) -> Result<bool> {
    let found = conn
        .query(sql!(
            "SELECT p.line_id FROM refund_lines p JOIN refunds r ON r.id = p.refund_id JOIN orders o ON o.id = r.order_id
               JOIN order_line_parts c ON c.line_id = p.line_id JOIN order_line_parts m ON m.course_id = c.course_id
              WHERE o.account_id = $1 AND m.line_id = $2 AND o.id <> $3 AND r.state = 'succeeded' LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(line.as_str())
        .bind(but.as_str())
        .optional(|_| Ok(()))
        .await?;
    Ok(found.is_some())
}
