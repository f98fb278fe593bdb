//! Invoices as finance sees them.

use super::queries::{self, Narrowed};
use super::views::{row, view};
use crate::audit_trail;
use crate::error::OrNotFound;
use crate::orders::like;
use crate::{App, Result, Staff};
use model::ids::InvoiceId;
use model::invoices::{InvoiceFilter, InvoiceState, StaffInvoice, StaffInvoiceRow, StaffInvoices};
use model::orders::TrailView;
use model::paging::{Page, pages};

const PER_PAGE: u32 = 30;

/// Invoices by what finance looks for, those that wait longest first.
pub async fn list(app: &App, _staff: &Staff, filter: InvoiceFilter) -> Result<StaffInvoices> {
    let mut number = filter.page.clamp(1, 10_000);
    let like = like(&filter.q);
    let state = filter.state.as_str();
    let known = state.parse::<InvoiceState>().is_ok() || state == "waiting";
    let mut narrowed = Narrowed {
        like: like.as_deref(),
        state: known.then_some(state),
        now: app.now(),
        limit: i64::from(PER_PAGE),
        offset: i64::from(number - 1) * i64::from(PER_PAGE),
    };
    let mut conn = app.db.read().await?;
    let (mut found, mut total) = queries::list(&mut conn, &narrowed).await?;
    if found.is_empty() && number > 1 {
        // behind the end: the last page there is
        narrowed.offset = 0;
        total = queries::list(&mut conn, &narrowed).await?.1;
        number = pages(u64::try_from(total).unwrap_or_default(), PER_PAGE);
        narrowed.offset = i64::from(number - 1) * i64::from(PER_PAGE);
        found = queries::list(&mut conn, &narrowed).await?.0;
    }
    let mut items = Vec::new();
    for listed in found {
        items.push(StaffInvoiceRow {
            row: row(&listed.invoice),
            email: listed.invoice.heading.email.clone(),
            tax_number: listed.invoice.heading.tax_number.clone(),
            red_amount: listed.invoice.red_shown()?,
            is_late: listed.is_late,
        });
    }
    let total = u64::try_from(total).unwrap_or_default();
    let waiting = queries::waiting(&mut conn).await?;
    Ok(StaffInvoices { filter, page: Page { items, number, per_page: PER_PAGE, total }, waiting })
}

/// One invoice with its trail.
pub async fn show_for_staff(app: &App, _staff: &Staff, id: &InvoiceId) -> Result<StaffInvoice> {
    let mut conn = app.db.read().await?;
    let invoice = queries::invoice(&mut conn, id).await?.or_not_found()?;
    let buyer_id = invoice.account.clone();
    let trail = audit_trail::of(&mut conn, &[id.to_string()]).await?;
    Ok(StaffInvoice {
        buyer: queries::name(&mut conn, &buyer_id).await?,
        buyer_id,
        invoice: view(&mut conn, invoice).await?,
        trail: trail
            .into_iter()
            .map(|done| TrailView { action: done.action, actor: done.actor, detail: done.detail, at: done.at })
            .collect(),
    })
}
