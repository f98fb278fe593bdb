//! What organisations and staff see: pages, and the server functions behind them, by area.

pub mod admin;
pub mod books;
pub mod coupons;
pub mod invoices;
pub mod orders;
pub mod payouts;
mod place;
pub mod subscriptions;
pub mod vouchers;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub fn forms() -> Vec<wire::Form> {
    [
        orders::FORMS,
        coupons::FORMS,
        invoices::FORMS,
        vouchers::FORMS,
        subscriptions::FORMS,
        payouts::FORMS,
        books::FORMS,
        admin::FORMS,
    ]
    .concat()
}
