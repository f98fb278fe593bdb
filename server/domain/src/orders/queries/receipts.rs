//! Receipts and their numbers.

use crate::Result;
use model::Moment;
use model::ids::OrderId;
use store::{Conn, Tx, sql};

/// A receipt's series, number and moment.
pub async fn receipt(conn: &mut Conn, order: &OrderId) -> Result<Option<(String, i64, Moment)>> {
    let found = conn
        .query(sql!("SELECT series, number, issued_at FROM receipts WHERE order_id = $1"))
        .bind(order.as_str())
        .optional(|row| Ok((row.get("series")?, row.get("number")?, Moment::from_millis(row.get("issued_at")?))))
        .await?;
    Ok(found)
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
