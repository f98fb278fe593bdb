//! What staff look through.

use super::refunds::{Refund, refund_row};
use crate::Result;
use model::Money;
use model::books::Stray;
use model::entitlement::GrantState;
use model::ids::{AccountId, OrderId};
use model::orders::StaffOrderRow;
use model::paging::Leaf;
use store::{Conn, Row, sql};

/// What a list is narrowed to; none: everything.
pub struct Narrowed<'a> {
    /// A part of an e-mail address or an order's id, in small letters and ready for LIKE.
    pub like: Option<&'a str>,
    pub state: Option<&'a str>,
    pub limit: i64,
    pub offset: i64,
}

/// Orders, the latest first, and how many there are in all.
pub async fn staff_orders(conn: &mut Conn, narrowed: &Narrowed<'_>) -> Result<(Vec<StaffOrderRow>, i64)> {
    let rows = conn
        .query(sql!(
            "SELECT o.id, o.state, o.refund_state, o.total, o.currency, o.placed_at, o.needs_review, l.title,
                    (SELECT COUNT(*) FROM order_lines m WHERE m.order_id = o.id) AS lines, a.name, a.email, COUNT(*) OVER () AS found
               FROM orders o
               JOIN order_lines l ON l.order_id = o.id AND l.position = 1
               JOIN accounts a ON a.id = o.account_id
              WHERE (CAST($1 AS TEXT) IS NULL OR a.email LIKE $1 ESCAPE '\\' OR o.id LIKE $1 ESCAPE '\\')
                AND (CAST($2 AS TEXT) IS NULL OR o.state = $2 OR (CAST($2 AS TEXT) = 'refunded' AND o.refund_state <> 'none')
                     OR (CAST($2 AS TEXT) = 'review' AND o.needs_review))
              ORDER BY o.placed_at DESC, o.id DESC LIMIT $3 OFFSET $4"
        ))
        .bind(narrowed.like)
        .bind(narrowed.state)
        .bind(narrowed.limit)
        .bind(narrowed.offset)
        .all(|row| {
            let listed = StaffOrderRow {
                row: super::listed(row)?,
                buyer: row.get("name")?,
                email: row.get("email")?,
                needs_review: row.get("needs_review")?,
            };
            Ok((listed, row.get::<i64>("found")?))
        })
        .await?;
    let found = rows.first().map_or(0, |(_, found)| *found);
    Ok((rows.into_iter().map(|(row, _)| row).collect(), found))
}

/// A refund with what one needs to recognise it.
pub struct ListedRefund {
    pub refund: Refund,
    /// Whose order it is.
    pub buyer: AccountId,
    pub title: String,
    pub email: String,
    pub asked_by: Option<String>,
    pub proposed_by: Option<String>,
}

/// How many refunds there ever were.
pub async fn count_refunds(conn: &mut Conn) -> Result<u64> {
    let count: i64 = conn.query(sql!("SELECT COUNT(*) AS n FROM refunds")).one(|row| row.get("n")).await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Refunds, those that wait for a person first, then the latest.
pub async fn staff_refunds(conn: &mut Conn, leaf: Leaf) -> Result<Vec<ListedRefund>> {
    let rows = conn
        .query(sql!(
            "SELECT r.*, o.account_id, l.title, a.email, s.name AS asked_by, p.name AS proposed_by
               FROM refunds r
               JOIN orders o ON o.id = r.order_id
               JOIN order_lines l ON l.order_id = o.id AND l.position = 1
               JOIN accounts a ON a.id = o.account_id
               LEFT JOIN accounts s ON s.id = r.requested_by
               LEFT JOIN accounts p ON p.id = r.remedy_by
              ORDER BY CASE WHEN r.state IN ('requested', 'needs_attention') THEN 0 ELSE 1 END, r.created_at DESC, r.id DESC
              LIMIT $1 OFFSET $2"
        ))
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(|row: &Row| {
            Ok(ListedRefund {
                refund: refund_row(row)?,
                buyer: row.parse("account_id")?,
                title: row.get("title")?,
                email: row.get("email")?,
                asked_by: row.get("asked_by")?,
                proposed_by: row.get("proposed_by")?,
            })
        })
        .await?;
    Ok(rows)
}

/// The rights an order gave, by the course's title.
pub async fn grants_of(conn: &mut Conn, order: &OrderId) -> Result<Vec<(String, GrantState)>> {
    let grants = conn
        .query(sql!(
            "SELECT c.title, g.state
               FROM grants g JOIN order_lines l ON l.id = g.source_id AND g.source = 'order_line' JOIN courses c ON c.id = g.course_id
              WHERE l.order_id = $1 ORDER BY l.position, g.granted_at, g.id"
        ))
        .bind(order.as_str())
        .all(|row| Ok((row.get("title")?, row.parse("state")?)))
        .await?;
    Ok(grants)
}

/// What lies in suspense, by currency.
pub async fn suspense_balances(conn: &mut Conn) -> Result<Vec<Money>> {
    let all = conn
        .query(sql!(
            "SELECT currency, credits_posted - debits_posted AS lies FROM balances WHERE account = 'suspense' ORDER BY currency"
        ))
        .all(|row| Ok(Money::new(row.get("lies")?, row.parse("currency")?)))
        .await?;
    Ok(all)
}

/// How often money had no place.
pub async fn count_strays(conn: &mut Conn) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM refunds WHERE cause NOT IN ('staff', 'learner')"))
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Money without a place on its way back, what has not arrived first.
pub async fn strays(conn: &mut Conn, leaf: Leaf) -> Result<Vec<Stray>> {
    let all = conn
        .query(sql!(
            "SELECT r.*, a.email FROM refunds r JOIN orders o ON o.id = r.order_id JOIN accounts a ON a.id = o.account_id
              WHERE r.cause NOT IN ('staff', 'learner')
              ORDER BY CASE r.state WHEN 'succeeded' THEN 1 ELSE 0 END, r.created_at DESC, r.id DESC LIMIT $1 OFFSET $2"
        ))
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(|row| {
            let refund = refund_row(row)?;
            Ok(Stray {
                order: refund.order,
                email: row.get("email")?,
                attempt: refund.attempt,
                amount: refund.amount,
                cause: refund.cause,
                state: refund.state,
                at: refund.created_at,
            })
        })
        .await?;
    Ok(all)
}
