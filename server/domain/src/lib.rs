//! What is true: the rules, the transactions and the SQL, area by area. Knows no page, no HTTP and no provider's wire format.
//!
//! How to read it: a use case takes `&App` and owns its transaction; an inner verb takes `&mut Tx` and cannot run outside one;
//! a read takes `&mut Conn`. Areas call downwards in this list and tell upwards by announcing an event (ARCHITECTURE.md).

// level 0: what every area stands on
pub mod actor;
pub mod app;
pub mod audit_trail;
pub mod error;
pub mod events;
pub mod guesses;
pub mod health;
pub mod limits;
pub mod ports;
pub mod prose;
pub mod put_off;
pub mod scan;
pub mod secrets;
pub mod vault;

// level 1
pub mod accounts;
pub mod ledger;
pub mod tokens;
// level 2
pub mod catalog;
pub mod earnings;
pub mod entitlement;
pub mod payments;
pub mod promotions;
pub mod vouchers;
// level 3
pub mod authoring;
pub mod media;
pub mod orders;
pub mod payouts;
pub mod receipts;
pub mod reconciliation;
pub mod settlement;
pub mod subscriptions;
pub mod uploads;
// level 4
pub mod community;
pub mod invoices;
pub mod learning;
pub mod referrals;
// level 6
pub mod feed;
pub mod notifications;
pub mod storefront;
// level 7
pub mod admin;
pub mod audit;
pub mod privacy;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use actor::{Member, Staff, Visitor};
pub use app::App;
pub use error::{Error, Result};

#[cfg(test)]
mod tests {
    store::on_both!(every_statement_prepares, async |db: store::Db| store::testing::prepare_everything(&db).await);
}
