//! Payouts as staff see them: one approves, another sends.

mod api;
mod page;

pub use page::StaffPayoutsPage;

#[cfg(feature = "ssr")]
use crate::orders::CASHIERS;
#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[Form {
    page: "/admin/payouts",
    name: "step",
    who: Who::Roles(CASHIERS),
    act: |filled| Box::pin(async move { api::move_payout(filled.read()?).await }),
}];
