//! Invoices as those who asked for them see them.

use super::queries::{self, Invoice};
use crate::error::OrNotFound;
use crate::orders::{self, new_key, written};
use crate::{App, Member, Result};
use model::Money;
use model::ids::{InvoiceId, OrderId};
use model::invoices::{InvoiceDesk, InvoiceOrder, InvoiceRow, InvoiceView, Invoiceable};
use model::paging::Leaf;
use store::Conn;

const PER_PAGE: u32 = 30;
/// How many orders can be chosen from; what is older comes up as the later ones are invoiced.
const OFFERED: i64 = 100;

/// A page of a person's invoices, and what they can ask another one for.
pub async fn desk(app: &App, buyer: &Member, page: u32) -> Result<InvoiceDesk> {
    let mut conn = app.db.read().await?;
    let total = queries::count_of_account(&mut conn, &buyer.id).await?;
    let (first, leaf) = (Leaf::of(1, 1, total), Leaf::of(page, PER_PAGE, total));
    let last = queries::of_account(&mut conn, &buyer.id, first).await?.into_iter().next();
    let all = queries::of_account(&mut conn, &buyer.id, leaf).await?;
    let mut invoiceable = Vec::new();
    let candidates = queries::candidates(&mut conn, &buyer.id, OFFERED + 1).await?;
    let more = candidates.len() > usize::try_from(OFFERED).unwrap_or(usize::MAX);
    for found in candidates.into_iter().take(usize::try_from(OFFERED).unwrap_or(usize::MAX)) {
        let amount = left(&mut conn, &found.order).await?;
        if amount.minor() > 0 {
            invoiceable.push(Invoiceable { amount, ..found });
        }
    }
    Ok(InvoiceDesk {
        last: last.map(|invoice| invoice.heading),
        rows: leaf.with(all.iter().map(row).collect()),
        invoiceable,
        more,
        email: queries::email(&mut conn, &buyer.id).await?,
        key: new_key(app)?,
    })
}

/// What an invoice may still say of an order.
pub(super) async fn left(conn: &mut Conn, id: &OrderId) -> Result<Money> {
    let order = orders::order(conn, id).await?.or_not_found()?;
    orders::invoiceable(conn, &order).await
}

pub(super) fn row(invoice: &Invoice) -> InvoiceRow {
    InvoiceRow {
        id: invoice.id.clone(),
        number: written(super::SERIES, invoice.number),
        state: invoice.state,
        title: invoice.heading.title.clone(),
        amount: invoice.amount,
        asked_at: invoice.asked_at,
    }
}

/// Its number and, where finance refused it, why; for letters.
pub async fn told(conn: &mut Conn, id: &InvoiceId) -> Result<Option<(String, String)>> {
    let found = queries::invoice(conn, id).await?;
    Ok(found.map(|invoice| (written(super::SERIES, invoice.number), invoice.reason)))
}

/// One of the person's own.
pub async fn show(app: &App, buyer: &Member, id: &InvoiceId) -> Result<InvoiceView> {
    let mut conn = app.db.read().await?;
    let invoice = queries::invoice(&mut conn, id).await?.filter(|invoice| invoice.account == buyer.id).or_not_found()?;
    view(&mut conn, invoice).await
}

pub(super) async fn view(conn: &mut Conn, invoice: Invoice) -> Result<InvoiceView> {
    let titles = queries::told(conn, &invoice.id).await?;
    let mut shown = Vec::new();
    for (part, (title, _)) in queries::covered(conn, &invoice.id).await?.into_iter().zip(titles) {
        let went_back = part.amount.minus(left(conn, &part.order).await?)?;
        let went_back = if went_back.minor() < 0 { Money::zero(went_back.currency()) } else { went_back };
        shown.push(InvoiceOrder { order: part.order, title, amount: part.amount, went_back });
    }
    let files = queries::files(conn, &invoice.id).await?;
    let red_amount = invoice.red_shown()?;
    Ok(InvoiceView {
        number: written(super::SERIES, invoice.number),
        id: invoice.id,
        state: invoice.state,
        heading: invoice.heading,
        amount: invoice.amount,
        red_amount,
        orders: shown,
        asked_at: invoice.asked_at,
        due_at: invoice.due_at,
        tax_office_number: invoice.tax_office_number,
        issued_at: invoice.issued_at,
        red_number: invoice.red_number,
        red_at: invoice.red_at,
        reason: invoice.reason,
        files,
    })
}
