//! Invoices for finance's own programs.

use super::queries::{self, Listed, Narrowed};
use crate::audit_trail::{self, Deed};
use crate::orders::{like, written};
use crate::{App, Result, Staff};
use locale::dates;
use model::csv::Sheet;
use model::invoices::{InvoiceFilter, InvoiceState};
use model::{Lang, Moment};

/// How many lines are read at once.
const BATCH: i64 = 1_000;

/// What the list shows, as CSV with a byte order mark; no cell of it can be a formula. That it was taken away is written down first.
pub async fn export(app: &App, staff: &Staff, lang: Lang, filter: &InvoiceFilter) -> Result<String> {
    let narrowed = format!("{} {}", filter.q, filter.state);
    app.db
        .write(async |tx| {
            let deed = Deed::new("invoices.exported", "invoices", &staff.id).by(&staff.id).detail(narrowed.trim());
            audit_trail::record(app, tx, deed).await
        })
        .await?;
    let like = like(&filter.q);
    let state = filter.state.as_str();
    let known = state.parse::<InvoiceState>().is_ok() || state == "waiting";
    let mut narrowed = Narrowed { like: like.as_deref(), state: known.then_some(state), now: app.now(), limit: BATCH, offset: 0 };
    let mut conn = app.db.read().await?;
    let mut sheet = Sheet::new(&locale::invoices::columns(lang));
    loop {
        let found = queries::list(&mut conn, &narrowed).await?.0;
        if found.is_empty() {
            return Ok(sheet.finish());
        }
        let orders = queries::orders_of(&mut conn, found.iter().map(|listed| listed.invoice.id.to_string()).collect()).await?;
        rows(&mut sheet, lang, found, &orders);
        narrowed.offset += BATCH;
    }
}

fn rows(sheet: &mut Sheet, lang: Lang, found: Vec<Listed>, orders: &[(String, String)]) {
    for Listed { invoice, .. } in found {
        let date = |at: Option<Moment>| at.map(dates::numeric).unwrap_or_default();
        let orders: Vec<&str> =
            orders.iter().filter(|(on, _)| on == invoice.id.as_str()).map(|(_, order)| order.as_str()).collect();
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
}
