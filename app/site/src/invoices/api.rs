//! What the pages of invoices ask the server.

#[cfg(feature = "ssr")]
use domain::invoices;
use leptos::prelude::*;
use model::ids::InvoiceId;
#[cfg(feature = "ssr")]
use model::invoices::InvoiceForm;
use model::invoices::{InvoiceDesk, InvoiceView};
#[cfg(feature = "ssr")]
use model::routes;

/// A page of the person's invoices, and what another one can be asked for.
#[server]
pub async fn read_my_invoices(page: u32) -> Result<InvoiceDesk, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(invoices::desk(&app, &buyer, page).await?)
}

/// One of the person's own.
#[server]
pub async fn read_my_invoice(id: InvoiceId) -> Result<InvoiceView, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(invoices::show(&app, &buyer, &id).await?)
}

/// "Ask for the invoice".
#[cfg(feature = "ssr")]
pub async fn ask_for_invoice(form: InvoiceForm) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    let id = invoices::ask(&app, &buyer, form).await?;
    Ok(wire::Next(routes::my_invoice(wire::lang(), &id)))
}

/// "Take it back".
#[cfg(feature = "ssr")]
pub async fn withdraw_invoice(id: InvoiceId) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    invoices::withdraw(&app, &buyer, &id).await?;
    Ok(wire::Next(routes::my_invoice(wire::lang(), &id)))
}
