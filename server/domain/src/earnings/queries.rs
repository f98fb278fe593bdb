//! The statements of earnings.

mod statement;
mod terms;

pub use crate::accounts::lock as lock_account;
pub use statement::*;
pub use terms::*;

use super::hold::{Sold, Source};
use crate::{Error, Result};
use model::ids::{AccountId, CourseId, OrderId, OrderLineId, RefundId};
use model::refunds::RefundPolicy;
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

/// A share that waits, or waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub id: String,
    pub account: AccountId,
    pub order: Option<String>,
    pub amount: Money,
    pub taken_pending: i64,
    pub taken_payable: i64,
    pub released: i64,
    pub earned_at: Moment,
    pub due_at: Option<Moment>,
}

impl Hold {
    pub fn new(id: String, account: &AccountId, amount: Money, now: Moment, due: Moment) -> Self {
        Self {
            id,
            account: account.clone(),
            order: None,
            amount,
            taken_pending: 0,
            taken_payable: 0,
            released: 0,
            earned_at: now,
            due_at: Some(due),
        }
    }
    /// What its movements are about.
    pub fn name(&self) -> String {
        format!("hold:{}", self.id)
    }
    /// Not taken back yet.
    pub fn left(&self) -> i64 {
        self.amount.minor() - self.taken_pending - self.taken_payable
    }
    /// Neither taken back nor released yet.
    pub fn waiting(&self) -> i64 {
        self.amount.minor() - self.taken_pending - self.released
    }
}

fn hold(row: &Row) -> Result<Hold, store::Error> {
    Ok(Hold {
        id: row.get("id")?,
        account: row.parse("account_id")?,
        order: row.get("order_id")?,
        amount: Money::new(row.get("amount")?, row.parse("currency")?),
        taken_pending: row.get("taken_pending")?,
        taken_payable: row.get("taken_payable")?,
        released: row.get("released")?,
        earned_at: Moment::from_millis(row.get("earned_at")?),
        due_at: row.get::<Option<i64>>("due_at")?.map(Moment::from_millis),
    })
}

pub async fn freeze_terms(tx: &mut Tx, line: &OrderLineId, policy: RefundPolicy) -> Result<()> {
    tx.query(sql!("INSERT INTO line_terms (line_id, days, studied) VALUES ($1, $2, $3)"))
        .bind(line.as_str())
        .bind(i64::from(policy.days))
        .bind(i64::from(policy.studied))
        .write()
        .await?;
    Ok(())
}

pub async fn freeze_share(tx: &mut Tx, line: &OrderLineId, course: &CourseId, account: &AccountId, part: Money) -> Result<()> {
    tx.query(sql!("INSERT INTO line_shares (line_id, course_id, account_id, amount) VALUES ($1, $2, $3, $4)"))
        .bind(line.as_str())
        .bind(course.as_str())
        .bind(account.as_str())
        .bind(part.minor())
        .write()
        .await?;
    Ok(())
}

pub async fn shares(conn: &mut Conn, line: &OrderLineId, course: &CourseId) -> Result<Vec<(AccountId, Money)>> {
    let shares = conn
        .query(sql!(
            "SELECT s.account_id, s.amount, l.currency FROM line_shares s JOIN order_lines l ON l.id = s.line_id
              WHERE s.line_id = $1 AND s.course_id = $2 ORDER BY s.account_id"
        ))
        .bind(line.as_str())
        .bind(course.as_str())
        .all(|row| Ok((row.parse("account_id")?, Money::new(row.get("amount")?, row.parse("currency")?))))
        .await?;
    Ok(shares)
}

pub async fn add_hold(tx: &mut Tx, hold: &Hold, sold: &Sold<'_>) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO share_holds (id, account_id, source, source_id, order_id, title, currency, net, pool, amount, earned_at, due_at,
                                  course_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    ))
    .bind(&hold.id)
    .bind(hold.account.as_str())
    .bind(sold.source.as_str())
    .bind(sold.source_id)
    .bind(sold.order)
    .bind(sold.title)
    .bind(hold.amount.currency().as_str())
    .bind(sold.net.minor())
    .bind(sold.pool.minor())
    .bind(hold.amount.minor())
    .bind(hold.earned_at.millis())
    .bind(hold.due_at.map(Moment::millis))
    .bind(sold.course.map_or("", CourseId::as_str))
    .write()
    .await?;
    Ok(())
}

/// The shares of a sale, kept from changing until the transaction ends.
pub async fn lock_holds(tx: &mut Tx, source: Source, id: &str) -> Result<Vec<Hold>> {
    let holds = tx
        .query(sql!(
            sqlite: "SELECT * FROM share_holds WHERE source = $1 AND source_id = $2 ORDER BY id",
            postgres: "SELECT * FROM share_holds WHERE source = $1 AND source_id = $2 ORDER BY id FOR UPDATE"
        ))
        .bind(source.as_str())
        .bind(id)
        .all(hold)
        .await?;
    Ok(holds)
}

/// Every share that an order brought, kept from changing until the transaction ends.
pub async fn lock_holds_of_order(tx: &mut Tx, order: &OrderId) -> Result<Vec<Hold>> {
    let holds = tx
        .query(sql!(
            sqlite: "SELECT * FROM share_holds WHERE order_id = $1 ORDER BY id",
            postgres: "SELECT * FROM share_holds WHERE order_id = $1 ORDER BY id FOR UPDATE"
        ))
        .bind(order.as_str())
        .all(hold)
        .await?;
    Ok(holds)
}

pub async fn lock_hold(tx: &mut Tx, id: &str) -> Result<Option<Hold>> {
    let found = tx
        .query(sql!(
            sqlite: "SELECT * FROM share_holds WHERE id = $1",
            postgres: "SELECT * FROM share_holds WHERE id = $1 FOR UPDATE"
        ))
        .bind(id)
        .optional(hold)
        .await?;
    Ok(found)
}

pub async fn due_holds(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<String>> {
    let due = conn
        .query(sql!(
            "SELECT id FROM share_holds h
              WHERE due_at IS NOT NULL AND due_at <= $1
                AND NOT EXISTS (SELECT 1 FROM put_off p WHERE p.lane = 'shares' AND p.subject = h.id AND p.next_at > $1)
              ORDER BY due_at, id LIMIT $2"
        ))
        .bind(now.millis())
        .bind(limit)
        .all(|row| row.get("id"))
        .await?;
    Ok(due)
}

/// `amount` more of it is released; nothing is left that waits.
pub async fn released(tx: &mut Tx, id: &str, amount: i64) -> Result<()> {
    tx.query(sql!("UPDATE share_holds SET released = released + $2, due_at = NULL WHERE id = $1"))
        .bind(id)
        .bind(amount)
        .execute()
        .await?;
    Ok(())
}

/// A refund or a lost dispute takes this much of a share; a refund that had given it back may take it again.
pub async fn take(tx: &mut Tx, by: &str, hold: &str, from_pending: i64, from_payable: i64) -> Result<()> {
    tx.query(sql!("UPDATE share_holds SET taken_pending = taken_pending + $2, taken_payable = taken_payable + $3 WHERE id = $1"))
        .bind(hold)
        .bind(from_pending)
        .bind(from_payable)
        .execute()
        .await?;
    let taken = tx
        .query(sql!(
            "INSERT INTO refund_shares (refund_id, hold_id, from_pending, from_payable) VALUES ($1, $2, $3, $4)
             ON CONFLICT (refund_id, hold_id) DO UPDATE
                SET from_pending = excluded.from_pending, from_payable = excluded.from_payable, given_back = FALSE
              WHERE refund_shares.given_back"
        ))
        .bind(by)
        .bind(hold)
        .bind(from_pending)
        .bind(from_payable)
        .execute()
        .await?;
    if taken == 1 { Ok(()) } else { Err(Error::bug("a share was taken twice for one refund")) }
}

/// What a refund took and did not give back: share, of what waited, of what was payable.
pub async fn taken_by(tx: &mut Tx, refund: &RefundId) -> Result<Vec<(String, i64, i64)>> {
    let taken = tx
        .query(sql!(
            "SELECT hold_id, from_pending, from_payable FROM refund_shares WHERE refund_id = $1 AND NOT given_back ORDER BY hold_id"
        ))
        .bind(refund.as_str())
        .all(|row| Ok((row.get("hold_id")?, row.get("from_pending")?, row.get("from_payable")?)))
        .await?;
    Ok(taken)
}

pub async fn untake(tx: &mut Tx, hold: &str, from_pending: i64, from_payable: i64, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE share_holds SET taken_pending = taken_pending - $2, taken_payable = taken_payable - $3,
                due_at = CASE WHEN $2 > 0 THEN COALESCE(due_at, $4) ELSE due_at END
          WHERE id = $1"
    ))
    .bind(hold)
    .bind(from_pending)
    .bind(from_payable)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn forget_taken(tx: &mut Tx, refund: &RefundId) -> Result<()> {
    tx.query(sql!("UPDATE refund_shares SET given_back = TRUE WHERE refund_id = $1")).bind(refund.as_str()).execute().await?;
    Ok(())
}

/// The order and the title of a line, and whom its share was frozen for in what proportion.
pub async fn frozen_of_line(conn: &mut Conn, line: &str) -> Result<(String, String, Vec<(AccountId, Money)>)> {
    let (order, title) = conn
        .query(sql!("SELECT order_id, title FROM order_lines WHERE id = $1"))
        .bind(line)
        .one(|row| Ok((row.get("order_id")?, row.get("title")?)))
        .await?;
    let shares = conn
        .query(sql!(
            "SELECT s.account_id, l.currency, CAST(SUM(s.amount) AS BIGINT) AS amount
               FROM line_shares s JOIN order_lines l ON l.id = s.line_id
              WHERE s.line_id = $1 GROUP BY s.account_id, l.currency ORDER BY s.account_id"
        ))
        .bind(line)
        .all(|row| Ok((row.parse("account_id")?, Money::new(row.get("amount")?, row.parse("currency")?))))
        .await?;
    Ok((order, title, shares))
}
