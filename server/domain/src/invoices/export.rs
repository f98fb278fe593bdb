//! Invoices for finance's own programs.

use super::queries::{self, Narrowed};
use crate::orders::{like, written};
use crate::{App, Result, Staff};
use locale::dates;
use model::csv::Sheet;
use model::invoices::{InvoiceFilter, InvoiceState};
use model::{Lang, Moment};

/// The most lines of one file.
const LINES: i64 = 50_000;

/// What the list shows, as CSV with a byte order mark; no cell of it can be a formula.
pub async fn export(app: &App, _staff: &Staff, lang: Lang, filter: &InvoiceFilter) -> Result<String> {
    let like = like(&filter.q);
    let state = filter.state.as_str();
    let known = state.parse::<InvoiceState>().is_ok() || state == "waiting";
    let narrowed = Narrowed { like: like.as_deref(), state: known.then_some(state), now: app.now(), limit: LINES, offset: 0 };
    let mut conn = app.db.read().await?;
    let mut sheet = Sheet::new(&locale::invoices::columns(lang));
    for listed in queries::list(&mut conn, &narrowed).await?.0 {
        let invoice = listed.invoice;
        let date = |at: Option<Moment>| at.map(dates::numeric).unwrap_or_default();
        let orders = queries::covered(&mut conn, &invoice.id).await?;
        let orders: Vec<String> = orders.into_iter().map(|part| part.order.to_string()).collect();
        let heading = &invoice.heading;
        sheet.row([
            written(super::SERIES, invoice.number),
            locale::invoices::state(lang, invoice.state).to_owned(),
            locale::invoices::title_kind(lang, heading.kind).to_owned(),
            locale::invoices::invoice_kind(lang, heading.invoice).to_owned(),
            heading.title.clone(),
            heading.tax_number.as_ref().map(|number| number.as_str().to_owned()).unwrap_or_default(),
            invoice.amount.decimal(),
            invoice.amount.currency().to_string(),
            heading.email.to_string(),
            heading.bank.clone(),
            heading.address.clone(),
            orders.join(" "),
            date(Some(invoice.asked_at)),
            invoice.tax_office_number.clone().unwrap_or_default(),
            date(invoice.issued_at),
            invoice.red_amount.decimal(),
            invoice.red_number.clone().unwrap_or_default(),
            date(invoice.red_at),
        ]);
    }
    Ok(sheet.finish())
}
