//! Receipts, credit notes and their numbers.

use crate::Result;
use model::ids::{OrderId, RefundId};
use model::{Moment, Money};
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

/// A receipt's series, number and moment, and what its order came to.
pub async fn receipt_with_total(conn: &mut Conn, order: &OrderId) -> Result<Option<(String, i64, Moment, Money)>> {
    let found = conn
        .query(sql!(
            "SELECT r.series, r.number, r.issued_at, o.total, o.currency FROM receipts r JOIN orders o ON o.id = r.order_id
              WHERE r.order_id = $1"
        ))
        .bind(order.as_str())
        .optional(|row| {
            let total = Money::new(row.get("total")?, row.parse("currency")?);
            Ok((row.get("series")?, row.get("number")?, Moment::from_millis(row.get("issued_at")?), total))
        })
        .await?;
    Ok(found)
}

/// What was bought, by name.
pub async fn titles(conn: &mut Conn, order: &OrderId) -> Result<Vec<String>> {
    let titles = conn
        .query(sql!("SELECT title FROM order_lines WHERE order_id = $1 ORDER BY position"))
        .bind(order.as_str())
        .all(|row| row.get("title"))
        .await?;
    Ok(titles)
}

/// The next number of a series; taken back with its transaction, so that none is ever missing.
pub async fn next_number(tx: &mut Tx, series: &str) -> Result<i64> {
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

/// Whether the numbers of receipts can be had without waiting for anybody.
#[cfg(test)]
pub async fn lock_series_at_once(tx: &mut Tx, series: &str) -> Result<bool> {
    let had = tx
        .query(sql!(
            sqlite: "SELECT series FROM receipt_series WHERE series = $1",
            postgres: "SELECT series FROM receipt_series WHERE series = $1 FOR UPDATE SKIP LOCKED"
        ))
        .bind(series)
        .all(|row| row.get::<String>("series"))
        .await?;
    Ok(!had.is_empty())
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
    .write()
    .await?;
    Ok(())
}

/// What the receipt of an order says, as it was sealed.
pub async fn receipt_document(conn: &mut Conn, order: &OrderId) -> Result<Option<String>> {
    let found = conn
        .query(sql!("SELECT document FROM receipts WHERE order_id = $1"))
        .bind(order.as_str())
        .optional(|row| row.get("document"))
        .await?;
    Ok(found)
}

pub async fn add_credit_note(
    tx: &mut Tx,
    series: &str,
    number: i64,
    (order, refund): (&OrderId, &RefundId),
    now: Moment,
    document: &str,
    document_hash: &str,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO credit_notes (series, number, order_id, refund_id, issued_at, document, document_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(series)
    .bind(number)
    .bind(order.as_str())
    .bind(refund.as_str())
    .bind(now.millis())
    .bind(document)
    .bind(document_hash)
    .execute()
    .await?;
    Ok(())
}

/// What a credit note of an order says, as it was sealed.
pub async fn credit_document(conn: &mut Conn, order: &OrderId, number: i64) -> Result<Option<String>> {
    let found = conn
        .query(sql!("SELECT document FROM credit_notes WHERE order_id = $1 AND number = $2"))
        .bind(order.as_str())
        .bind(number)
        .optional(|row| row.get("document"))
        .await?;
    Ok(found)
}

/// A credit note of an order.
pub struct Note {
    pub series: String,
    pub number: i64,
    pub issued_at: Moment,
    /// The bank sent its money back: it counts no more.
    pub void: bool,
}

/// The credit notes of an order, oldest first.
pub async fn credit_notes(conn: &mut Conn, order: &OrderId) -> Result<Vec<Note>> {
    let notes = conn
        .query(sql!(
            "SELECT n.series, n.number, n.issued_at, r.state <> 'succeeded' AS void
               FROM credit_notes n JOIN refunds r ON r.id = n.refund_id WHERE n.order_id = $1 ORDER BY n.number"
        ))
        .bind(order.as_str())
        .all(|row| {
            Ok(Note {
                series: row.get("series")?,
                number: row.get("number")?,
                issued_at: Moment::from_millis(row.get("issued_at")?),
                void: row.get("void")?,
            })
        })
        .await?;
    Ok(notes)
}

/// Whether a refund has its credit note: its buyer had the money once.
pub async fn is_credited(conn: &mut Conn, refund: &RefundId) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT number FROM credit_notes WHERE refund_id = $1"))
        .bind(refund.as_str())
        .optional(|_| Ok(()))
        .await?;
    Ok(found.is_some())
}
