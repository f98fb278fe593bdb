//! What of an order's money is gone.

use super::super::refund_parts::Part;
use super::Order;
use super::refunds::part_row;
use crate::Result;
use model::Money;
use model::ids::OrderId;
use store::{Conn, sql};

/// What has gone back of each line.
pub async fn refunded_parts(conn: &mut Conn, order: &OrderId) -> Result<Vec<Part>> {
    let parts = conn
        .query(sql!(
            "SELECT p.*, r.currency FROM refund_lines p JOIN refunds r ON r.id = p.refund_id
              WHERE r.order_id = $1 AND r.state = 'succeeded' ORDER BY r.created_at, r.id, p.line_id"
        ))
        .bind(order.as_str())
        .all(part_row)
        .await?;
    Ok(parts)
}

/// What payers' banks have taken back of the payment that paid it.
pub async fn lost_to_banks(conn: &mut Conn, order: &Order) -> Result<Money> {
    let currency = order.total.currency();
    let sum: i64 = conn
        .query(sql!(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS sum FROM disputes
              WHERE attempt_id = $1 AND state = 'lost' AND currency = $2"
        ))
        .bind(order.paid_attempt.as_ref().map(|id| id.as_str().to_owned()))
        .bind(currency.as_str())
        .one(|row| row.get("sum"))
        .await?;
    Ok(Money::new(sum, currency))
}
