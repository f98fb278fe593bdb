//! Paying instructors: their bank account, what they ask for, and how two people of staff bring it to a provider or the bank.
//!
//! Calls accounts, earnings, payments and the ledger; settlement hands it what providers tell.

mod ask;
mod bank;
mod queries;
mod send;
mod staff;
mod state;
#[cfg(test)]
mod tests;

pub use ask::{earnings, request, withdraw, yearly_csv};
pub use bank::{census, reseal, set_bank};
pub use send::{told, work};
pub use staff::{list, step_on};

use model::time::{Span, hours};

/// The least that is paid out, in minor units.
pub const LEAST: i64 = 10_000;
/// Nothing is paid to a changed bank account for this long: time for its owner to notice.
pub const BANK_HOLD: Span = hours(72);

fn refuse(refusal: model::earnings::Refusal) -> crate::Error {
    crate::Error::refuse(model::Refusal::Earnings(refusal))
}
