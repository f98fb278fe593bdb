//! Receipts: numbered without gaps, sealed, written once.

use super::queries::{self, Line, Order};
use crate::secrets::hash;
use crate::{App, Result};
use model::ids::OrderId;
use model::{Moment, Money};
use store::{Conn, Tx};

const SERIES: &str = "R";

/// Writes the receipt of a paid order, in the transaction that pays it.
pub async fn issue(app: &App, tx: &mut Tx, order: &Order, lines: &[Line]) -> Result<()> {
    let number = queries::next_receipt(tx, SERIES).await?;
    let lines: Vec<_> = lines
        .iter()
        .map(|line| serde_json::json!({ "title": line.title, "net": line.net.minor(), "tax": line.tax.minor() }))
        .collect();
    let document = serde_json::json!({
        "series": SERIES, "number": number, "order": order.id, "issued_at": app.now(), "buyer": order.buyer,
        "currency": order.total.currency(), "total": order.total.minor(), "from_wallet": order.gift.minor() + order.cash.minor(),
        "lines": lines,
    })
    .to_string();
    queries::add_receipt(tx, SERIES, number, &order.id, app.now(), &document, &hash(&document)).await
}

/// How a receipt's number is written: `R-000042`.
pub fn written(series: &str, number: i64) -> String {
    format!("{series}-{number:06}")
}

/// A paid order as its letter tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// `R-000042`
    pub number: String,
    pub titles: Vec<String>,
    pub total: Money,
    pub issued_at: Moment,
}

/// The receipt of an order; none before it is paid.
pub async fn receipt_of(conn: &mut Conn, id: &OrderId) -> Result<Option<Receipt>> {
    let Some((series, number, issued_at)) = queries::receipt(conn, id).await? else { return Ok(None) };
    let Some(order) = queries::order(conn, id).await? else { return Ok(None) };
    let titles = queries::lines(conn, id).await?.into_iter().map(|line| line.title).collect();
    Ok(Some(Receipt { number: written(&series, number), titles, total: order.total, issued_at }))
}
