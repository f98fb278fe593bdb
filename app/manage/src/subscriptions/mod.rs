//! Memberships as staff see them, and what is offered.

mod api;
mod list_page;
mod plans;

pub use list_page::SubscriptionsPage;

#[cfg(feature = "ssr")]
use crate::orders::CASHIERS;
#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/admin/subscriptions",
        name: "end",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::end(filled.read()?).await }),
    },
    Form {
        page: "/admin/subscriptions",
        name: "offer",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::offer_plan(filled.read()?).await }),
    },
    Form {
        page: "/admin/subscriptions",
        name: "withdraw",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::withdraw_plan(filled.read()?).await }),
    },
];
