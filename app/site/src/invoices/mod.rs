//! 发票: asking for invoices, and what became of them.

mod api;
mod desk_page;
mod invoice_page;
mod parts;
mod tax_number;

pub use desk_page::InvoicesPage;
pub use invoice_page::InvoicePage;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/me/invoices",
        name: "ask",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::ask_for_invoice(filled.read()?).await }),
    },
    Form {
        page: "/me/invoices/{id}",
        name: "withdraw",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::withdraw_invoice(filled.param("id")?).await }),
    },
];
