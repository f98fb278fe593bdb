//! Receipts and credit notes: numbered without gaps, sealed, written once. What they look like is `receipts`'.

use super::queries::{self, Line, Order, Refund};
use crate::error::OrNotFound;
use crate::secrets::hash;
use crate::{App, Error, Result};
use model::ids::{OrderId, RefundId};
use model::invoices::Seller;
use model::orders::LineKind;
use model::payments::Provider;
use model::{Moment, Money};
use serde::{Deserialize, Serialize};
use store::{Conn, Tx};

/// Receipts, and credit notes beside them.
const RECEIPTS: &str = "R";
const CREDITS: &str = "C";

/// Who pays, as they were called then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    pub name: String,
    pub email: String,
}

/// What a receipt says, for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptDocument {
    pub series: String,
    pub number: i64,
    pub order: OrderId,
    pub issued_at: Moment,
    pub seller: Seller,
    pub buyer: Buyer,
    pub lines: Vec<ReceiptLine>,
    pub total: Money,
    /// Of the total: from the gift balance, and from the person's own money in the wallet.
    pub gift: Money,
    pub cash: Money,
    /// Who brought the rest; none where nothing was left.
    pub provider: Option<Provider>,
}

/// One thing that was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    pub kind: LineKind,
    pub title: String,
    pub quantity: u32,
    pub list: Money,
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    /// The courses of a bundle.
    pub holds: Vec<String>,
}

/// What a credit note says, for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditDocument {
    pub series: String,
    pub number: i64,
    /// Of the receipt that it takes back, or a part of it: `R-000042`.
    pub receipt: String,
    pub order: OrderId,
    pub refund: RefundId,
    pub issued_at: Moment,
    pub seller: Seller,
    pub buyer: Buyer,
    /// Of what it takes back, in whole or in part.
    pub titles: Vec<String>,
    pub amount: Money,
    pub tax: Money,
    pub total: Money,
}

/// Writes the receipt of a paid order for its [`buyer`], in the transaction that pays it. From here on until it ends whoever wants a
/// number waits.
pub async fn issue(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    lines: &[Line],
    buyer: Buyer,
    provider: Option<Provider>,
) -> Result<()> {
    let number = queries::next_number(tx, RECEIPTS).await?;
    let document = ReceiptDocument {
        series: RECEIPTS.into(),
        number,
        order: order.id.clone(),
        issued_at: app.now(),
        seller: app.settings.seller.clone(),
        buyer,
        lines: lines.iter().map(told).collect(),
        total: order.total,
        gift: order.gift,
        cash: order.cash,
        provider,
    };
    let document = serde_json::to_string(&document).map_err(Error::bug)?;
    queries::add_receipt(tx, RECEIPTS, number, &order.id, app.now(), &document, &hash(&document)).await
}

/// Writes the credit note of money that went back to its buyer, in the transaction that notes it.
pub async fn credit(app: &App, tx: &mut Tx, order: &Order, refund: &Refund) -> Result<()> {
    let (series, number, _) = queries::receipt(tx, &order.id).await?.ok_or_else(|| Error::bug("a refund without a receipt"))?;
    let receipt = written(&series, number);
    let number = queries::next_number(tx, CREDITS).await?;
    let parts = queries::parts_of_refund(tx, &refund.id).await?;
    let mut lines = queries::lines(tx, &order.id).await?;
    lines.retain(|line| parts.iter().any(|part| part.line == line.id));
    let document = CreditDocument {
        series: CREDITS.into(),
        number,
        receipt,
        order: order.id.clone(),
        refund: refund.id.clone(),
        issued_at: app.now(),
        seller: app.settings.seller.clone(),
        buyer: buyer(tx, order).await?,
        titles: lines.into_iter().map(|line| line.title).collect(),
        amount: refund.amount,
        tax: refund.tax,
        total: order.total,
    };
    let document = serde_json::to_string(&document).map_err(Error::bug)?;
    queries::add_credit_note(tx, CREDITS, number, (&order.id, &refund.id), app.now(), &document, &hash(&document)).await
}

/// Who pays an order, as they are called now.
pub async fn buyer(tx: &mut Tx, order: &Order) -> Result<Buyer> {
    Ok(Buyer { name: order.buyer.clone(), email: queries::email(tx, &order.account).await? })
}

fn told(line: &Line) -> ReceiptLine {
    let bundle = line.item.kind == LineKind::Bundle;
    ReceiptLine {
        kind: line.item.kind,
        title: line.title.clone(),
        quantity: line.item.quantity,
        list: line.list,
        discount: line.discount,
        net: line.net,
        tax: line.tax,
        holds: line.parts.iter().filter(|_| bundle).map(|part| part.title.clone()).collect(),
    }
}

/// How a document's number is written: `R-000042`.
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
    let Some((series, number, issued_at, total)) = queries::receipt_with_total(conn, id).await? else { return Ok(None) };
    let titles = queries::titles(conn, id).await?;
    Ok(Some(Receipt { number: written(&series, number), titles, total, issued_at }))
}

/// What an order's receipt says; none before it is paid.
pub async fn receipt_document(conn: &mut Conn, id: &OrderId) -> Result<ReceiptDocument> {
    let document = queries::receipt_document(conn, id).await?.or_not_found()?;
    serde_json::from_str(&document).map_err(Error::bug)
}

/// What the credit note of this number says, if it is of this order.
pub async fn credit_document(conn: &mut Conn, id: &OrderId, number: i64) -> Result<CreditDocument> {
    let document = queries::credit_document(conn, id, number).await?.or_not_found()?;
    serde_json::from_str(&document).map_err(Error::bug)
}
