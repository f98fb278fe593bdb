//! What visitors and buyers see: pages, and the server functions behind them, by area.

pub mod accounts;
pub mod cart;
pub mod catalog;
mod head;
pub mod home;
pub mod house;
pub mod invoices;
pub mod notices;
pub mod offline;
pub mod orders;
pub mod privacy;
pub mod referrals;
pub mod search;
pub mod subscriptions;
pub mod tokens;
pub mod vouchers;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub fn forms() -> Vec<wire::Form> {
    [
        accounts::FORMS,
        accounts::identity::FORMS,
        accounts::passkeys::FORMS,
        catalog::FORMS,
        orders::FORMS,
        cart::FORMS,
        tokens::FORMS,
        privacy::FORMS,
        notices::FORMS,
        invoices::FORMS,
        vouchers::FORMS,
        subscriptions::FORMS,
    ]
    .concat()
}
