//! What both pages of invoices show.

use leptos::prelude::*;
use locale::invoices;
use model::invoices::InvoiceState;
use ui::{Badge, Tone};

/// How far an invoice is, in a word.
#[component]
pub fn InvoiceBadge(state: InvoiceState) -> impl IntoView {
    let tone = match state {
        InvoiceState::None => Tone::Plain,
        InvoiceState::Requested | InvoiceState::Issuing => Tone::Info,
        InvoiceState::Issued => Tone::Success,
        InvoiceState::RedRequested | InvoiceState::RedIssued => Tone::Warning,
    };
    view! { <Badge tone>{invoices::state(wire::lang(), state)}</Badge> }
}
