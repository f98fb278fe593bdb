//! Recommending: by whose link somebody came, and that person's share of what they buy.
//!
//! Reads orders and follows `OrderPaid`, `OrderRefunded`, `RefundReturned` and `DisputeLost`; calls the ledger. The first link within thirty days counts, nobody
//! recommends to themselves, and a share is held for two weeks before it goes to the wallet.

mod queries;
mod share;
mod touch;
mod views;

#[cfg(test)]
mod tests;

pub use share::{FOLLOWER, work};
pub use touch::{looks_like_a_code, touch};
pub use views::desk;

use model::time::{Span, days};

/// How long a link counts.
pub const WINDOW: Span = days(30);
/// How long a share is held.
pub const HOLD: Span = days(14);
