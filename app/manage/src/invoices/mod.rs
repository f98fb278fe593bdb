//! Finance issues invoices.

mod api;
mod invoice_page;
mod list_page;
mod parts;

pub use invoice_page::StaffInvoicePage;
pub use list_page::StaffInvoicesPage;

#[cfg(feature = "ssr")]
use model::accounts::Role;
#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// Who issues invoices.
#[cfg(feature = "ssr")]
pub const FINANCE: &[Role] = &[Role::Finance, Role::Admin];

#[cfg(feature = "ssr")]
macro_rules! form {
    ($name:literal, $act:expr) => {
        Form { page: "/admin/invoices/{id}", name: $name, who: Who::Roles(FINANCE), act: $act }
    };
}

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/admin/invoices",
        name: "export",
        who: Who::Roles(FINANCE),
        act: |filled| Box::pin(async move { api::export_invoices(filled.read()?).await }),
    },
    form!("take", |filled| Box::pin(async move { api::take_invoice(filled.param("id")?).await })),
    form!("issue", |filled| Box::pin(async move { api::issue_invoice(filled.param("id")?, filled.read()?).await })),
    form!("issue_red", |filled| Box::pin(async move { api::issue_red_invoice(filled.param("id")?, filled.read()?).await })),
    form!("attach", |filled| Box::pin(async move { api::attach_file(filled.param("id")?, filled.read()?).await })),
    form!("refuse", |filled| Box::pin(async move { api::refuse_invoice(filled.param("id")?, filled.read()?).await })),
];
