//! What finance's pages ask the server.

#[cfg(feature = "ssr")]
use super::FINANCE;
#[cfg(feature = "ssr")]
use domain::invoices;
use leptos::prelude::*;
use model::ids::InvoiceId;
use model::invoices::{InvoiceFilter, StaffInvoice, StaffInvoices};
#[cfg(feature = "ssr")]
use model::invoices::{IssueForm, RefuseForm};
#[cfg(feature = "ssr")]
use model::routes;

/// Invoices by what finance looks for.
#[server]
pub async fn read_staff_invoices(filter: InvoiceFilter) -> Result<StaffInvoices, wire::Error> {
    let (app, staff) = wire::staff(FINANCE)?;
    Ok(invoices::list(&app, &staff, filter).await?)
}

/// One invoice with its trail.
#[server]
pub async fn read_staff_invoice(id: InvoiceId) -> Result<StaffInvoice, wire::Error> {
    let (app, staff) = wire::staff(FINANCE)?;
    Ok(invoices::show_for_staff(&app, &staff, &id).await?)
}

/// "Export as CSV": for whoever has just shown who they are.
#[cfg(feature = "ssr")]
pub async fn export_invoices(filter: InvoiceFilter) -> Result<wire::Next, wire::Error> {
    wire::proven_staff(FINANCE)?;
    Ok(wire::Next(routes::admin_invoices_csv(wire::lang()) + &super::list_page::in_address(&filter)))
}

/// "Take it in hand".
#[cfg(feature = "ssr")]
pub async fn take_invoice(id: InvoiceId) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(FINANCE)?;
    invoices::take(&app, &staff, &id).await?;
    Ok(back(&id))
}

/// "It is issued".
#[cfg(feature = "ssr")]
pub async fn issue_invoice(id: InvoiceId, form: IssueForm) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(FINANCE)?;
    invoices::issue(&app, &staff, &id, form).await?;
    Ok(back(&id))
}

/// "The red-letter invoice is issued".
#[cfg(feature = "ssr")]
pub async fn issue_red_invoice(id: InvoiceId, form: IssueForm) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(FINANCE)?;
    invoices::issue_red(&app, &staff, &id, form).await?;
    Ok(back(&id))
}

/// "Add the file".
#[cfg(feature = "ssr")]
pub async fn attach_file(id: InvoiceId, form: IssueForm) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(FINANCE)?;
    invoices::attach(&app, &staff, &id, form).await?;
    Ok(back(&id))
}

/// "Refuse it".
#[cfg(feature = "ssr")]
pub async fn refuse_invoice(id: InvoiceId, form: RefuseForm) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(FINANCE)?;
    invoices::refuse(&app, &staff, &id, form).await?;
    Ok(back(&id))
}

#[cfg(feature = "ssr")]
fn back(id: &InvoiceId) -> wire::Next {
    wire::Next(routes::admin_invoice(wire::lang(), id))
}
