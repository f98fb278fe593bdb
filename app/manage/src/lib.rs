//! What organisations and staff see: pages, and the server functions behind them, by area.

pub mod admin;
pub mod coupons;
pub mod invoices;
pub mod orders;
mod place;
pub mod subscriptions;
pub mod vouchers;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub fn forms() -> Vec<wire::Form> {
    [orders::FORMS, coupons::FORMS, invoices::FORMS, vouchers::FORMS, subscriptions::FORMS].concat()
}
