//! Codes that give something: gifts somebody paid for, codes the school hands out in batches, seats bought for several (SM-7).
//!
//! May call catalog, entitlement and ledger; orders call it when a line is paid or taken back. Announces `GiftIssued`,
//! `GiftClaimed`, `SeatAssigned`.

mod batch;
mod claim;
mod code;
mod dispute;
mod expire;
mod gift;
mod queries;
mod seats;
mod state;
mod views;

#[cfg(test)]
mod tests;

pub use batch::{approve, export, make, revoke_rest};
pub use claim::{claim, look};
pub use dispute::{forfeit, hand_back, withhold};
pub use expire::work;
pub use gift::{Gift, compose, draft, issue};
pub use queries::{NewPool, is_given};
pub use seats::{assign, open_pool, unassign};
pub use state::{Event, NotPossible, step};
pub use views::{Invitation, codes, gift_desk, invitation, issued_gift, seat_desk, show_pool};

use crate::ledger::{Entry, Links};
use crate::{App, Error, Result};
use model::vouchers::Refusal;
use store::Tx;

/// How long a gift is good.
const GIFT_YEAR: model::time::Span = model::time::days(365);
/// How long a seat that was taken back keeps its place from others.
const COOLING: model::time::Span = model::time::days(1);

fn no(refusal: Refusal) -> Error {
    Error::refuse(model::Refusal::Vouchers(refusal))
}

/// Movements about what one line paid for.
fn entry(line: &str, about: String) -> Entry {
    Entry::new(Links { line: Some(line.to_owned()), ..Links::default() }).about(about)
}

/// A line's money is about to go back: its gift, or its seats, are taken back first. Refused where somebody has them. Doing so
/// again changes nothing.
pub async fn take_back(app: &App, tx: &mut Tx, line: &str) -> Result<()> {
    gift::take_back(app, tx, line).await?;
    seats::take_back(app, tx, line).await
}
