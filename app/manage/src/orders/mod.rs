//! Orders and refunds as staff see them.

mod api;
mod order_page;
mod orders_page;
mod refund_page;
mod refunds_page;
pub(crate) mod tables;

pub use order_page::StaffOrderPage;
pub use orders_page::StaffOrdersPage;
pub use refund_page::RefundPage;
pub use refunds_page::StaffRefundsPage;
pub use tables::RefundBadge;

#[cfg(feature = "ssr")]
use model::accounts::Role;
#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// Who may send money back.
#[cfg(feature = "ssr")]
pub const CASHIERS: &[Role] = &[Role::Finance, Role::Admin];

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/admin/orders/{id}",
        name: "looked_at",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::looked_at(filled.param("id")?).await }),
    },
    Form {
        page: "/admin/orders/{id}/refund",
        name: "refund",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::refund_order(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/admin/refunds",
        name: "approve",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::approve_refund(filled.read()?).await }),
    },
    Form {
        page: "/admin/refunds",
        name: "propose_remedy",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::propose_remedy(filled.read()?).await }),
    },
    Form {
        page: "/admin/refunds",
        name: "confirm_remedy",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::confirm_remedy(filled.read()?).await }),
    },
    Form {
        page: "/admin/refunds",
        name: "reject",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::reject_refund(filled.read()?).await }),
    },
];
