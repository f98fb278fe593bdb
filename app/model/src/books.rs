//! What staff look through to keep the books straight: money without a place, notifications, ours against the provider's.

use crate::ids::{AttemptId, OrderId};
use crate::paging::Page;
use crate::payments::{Provider, RefundCause, RefundState};
use crate::{Currency, Fault, Moment, Money, Problem};
use serde::{Deserialize, Serialize};

/// Money that has no place, and how far it has come on its way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stray {
    pub order: OrderId,
    pub email: String,
    pub attempt: Option<AttemptId>,
    pub amount: Money,
    pub cause: RefundCause,
    pub state: RefundState,
    pub at: Moment,
}

/// Everything that ever had no place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspense {
    /// What lies there now, by currency.
    pub balances: Vec<Money>,
    pub strays: Page<Stray>,
}

crate::words! {
    /// How far a notification has come.
    pub enum NoticeState {
        Received = "received",
        Processed = "processed",
        Ignored = "ignored",
        Failed = "failed",
        /// Tried often enough: a person must look.
        Dead = "dead",
    }
}

impl NoticeState {
    /// It can be tried again by hand.
    pub const fn may_replay(self) -> bool {
        matches!(self, NoticeState::Dead | NoticeState::Failed | NoticeState::Ignored)
    }
}

/// A notification as it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    pub id: String,
    pub provider: Provider,
    pub event_id: String,
    pub state: NoticeState,
    pub tries: u32,
    pub problem: String,
    pub received_at: Moment,
    pub due_at: Option<Moment>,
}

/// The inbox, narrowed to a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    pub state: Option<NoticeState>,
    pub counts: Vec<(NoticeState, u64)>,
    pub notices: Page<NoticeRow>,
}

/// "Try again".
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Replay {
    pub notice: String,
}

crate::words! {
    /// How a comparison ended.
    pub enum Outcome {
        Same = "same",
        Different = "different",
        NoAnswer = "no_answer",
    }
}

crate::words! {
    /// What moved.
    pub enum MovementKind {
        Capture = "capture",
        Refund = "refund",
        /// A refund that the payer's bank sent back.
        RefundReturned = "refund_returned",
        /// Withheld, because a payer's bank wants it back.
        Dispute = "dispute",
        DisputeWon = "dispute_won",
    }
}

/// Where the provider's books and ours differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Our attempt, as the provider has it.
    pub reference: String,
    /// Its order, where we know it.
    pub order: Option<OrderId>,
    pub kind: MovementKind,
    pub currency: Currency,
    pub theirs: i64,
    pub ours: i64,
}

/// One day with one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciliation {
    pub provider: Provider,
    /// The first moment of the day.
    pub day: Moment,
    pub outcome: Outcome,
    /// How many movements each side has.
    pub theirs: u32,
    pub ours: u32,
    pub asked_by: Option<String>,
    pub at: Moment,
    pub differences: Vec<Difference>,
}

/// "Compare now".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Compare {
    /// `2026-11-21`, in Shanghai.
    #[serde(default)]
    pub day: String,
}

impl Compare {
    /// The number of the day since 1970-01-01.
    pub fn parse(self) -> Result<i64, Fault> {
        day(&self.day).ok_or_else(|| Fault::field("day", Problem::Unreadable))
    }
}

/// The number since 1970-01-01 of a day written `2026-11-21`.
pub(crate) fn day(text: &str) -> Option<i64> {
    let mut parts = text.trim().splitn(3, '-');
    let mut next = || parts.next()?.parse::<i64>().ok();
    let (year, month, day) = (next()?, next()?, next()?);
    let known = (2000..=2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then(|| day_number(year, month, day))
}

/// The number of a day since 1970-01-01 in the Gregorian calendar.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        let day = |text: &str| Compare { day: text.into() }.parse();
        assert!(day("1970-01-01").is_err(), "before there was a school");
        assert_eq!(day("2026-11-21"), Ok(20_778));
        assert_eq!(day(" 2024-02-29 "), Ok(19_782));
        for wrong in ["", "2026", "2026-13-01", "2026-1-x", "26-11-21-1"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
