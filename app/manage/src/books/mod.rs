//! Keeping the books straight: money without a place, notifications, ours against the provider's.

mod api;
mod reconciliation_page;
mod suspense_page;
mod webhooks_page;

pub use reconciliation_page::ReconciliationPage;
pub use suspense_page::SuspensePage;
pub use webhooks_page::WebhooksPage;

#[cfg(feature = "ssr")]
use crate::orders::CASHIERS;
#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/admin/webhooks",
        name: "replay",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::replay_notice(filled.read()?).await }),
    },
    Form {
        page: "/admin/reconciliation",
        name: "compare",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::compare_day(filled.read()?).await }),
    },
];
