//! Money back on the buyer's wish: what a course promises, what that means for one purchase, and how one asks.

use crate::ids::{OrderId, OrderLineId, RefundId};
use crate::orders::{Key, REASON_MAX};
use crate::payments::RefundView;
use crate::{Fault, Moment, Money, Problem};
use serde::{Deserialize, Serialize};

/// What a course promises: all of the money back within `days`, with no more than `studied` per cent of it studied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundPolicy {
    pub days: u32,
    pub studied: u32,
}

impl RefundPolicy {
    /// The house's, where a course has none of its own.
    pub const HOUSE: RefundPolicy = RefundPolicy { days: 7, studied: 20 };
    /// The longest window that can be promised.
    pub const DAYS_MAX: u32 = 365;

    /// Nothing is promised.
    pub const fn is_none(self) -> bool {
        self.days == 0
    }
}

/// Why a refund is not a matter of course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutsidePolicy {
    /// The window closed then.
    TooLate { until: Moment },
    /// More was studied than the promise allows, in per cent.
    TooMuchStudied { studied: u32, allowed: u32 },
    /// The course was bought and refunded before.
    RefundedBefore,
}

/// A purchase measured against its promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub policy: RefundPolicy,
    pub until: Moment,
    /// Per cent of the course.
    pub studied: u32,
    /// Everything that stands against it; nothing: it is the buyer's right.
    pub outside: Vec<OutsidePolicy>,
}

impl Verdict {
    pub fn is_within(&self) -> bool {
        self.outside.is_empty()
    }
}

/// A line of an order that money can still come back for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundableLine {
    pub id: OrderLineId,
    pub title: String,
    pub left: Money,
    pub verdict: Verdict,
}

/// What the order's page offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundOffer {
    pub lines: Vec<RefundableLine>,
    /// A request that waits for a person and can be taken back.
    pub waiting: Vec<RefundId>,
}

/// A refund with what it takes of which line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundDetail {
    pub refund: RefundView,
    pub order: OrderId,
    pub destination: Destination,
    pub lines: Vec<(OrderLineId, Money)>,
}

crate::words! {
    /// Where the money goes.
    pub enum Destination {
        /// The way it came.
        Original = "original",
        Wallet = "wallet",
    }
}

/// "I want my money back" on the order's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AskRefund {
    /// The lines, by id; none: the only one there is.
    #[serde(default)]
    pub line: Vec<String>,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub destination: String,
    #[serde(default)]
    pub idem: String,
}

/// What that form says, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub lines: Vec<OrderLineId>,
    pub reason: String,
    pub destination: Destination,
    pub key: Key,
}

impl AskRefund {
    pub fn parse(self) -> Result<Asked, Fault> {
        let mut errors = crate::fault::FieldErrors::default();
        let reason = errors.take("reason", reason(&self.reason));
        let lines: Result<Vec<OrderLineId>, _> = self.line.iter().map(|id| id.parse()).collect();
        let lines = errors.take("line", lines.map_err(|_| Problem::NotAChoice));
        let destination = match self.destination.as_str() {
            "" => Some(Destination::Original),
            word => errors.take("destination", word.parse().map_err(|_| Problem::NotAChoice)),
        };
        let key = errors.take("idem", Key::parse(&self.idem).map_err(|_| Problem::Required));
        let asked = match (lines, reason, destination, key) {
            (Some(lines), Some(reason), Some(destination), Some(key)) => Some(Asked { lines, reason, destination, key }),
            _ => None,
        };
        errors.finish(asked)
    }
}

/// A reason in one's own words: not empty, not a novel.
pub fn reason(typed: &str) -> Result<String, Problem> {
    let reason = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match reason.chars().count() {
        0 => Err(Problem::Required),
        n if n > REASON_MAX as usize => Err(Problem::TooLong { max: REASON_MAX }),
        _ if reason.chars().any(char::is_control) => Err(Problem::Unreadable),
        _ => Ok(reason),
    }
}

/// "Take it back": a request that still waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Withdraw {
    pub refund: RefundId,
}

crate::words! {
    /// What to do with a refund that the provider leads nowhere.
    pub enum Remedy {
        /// Send it again.
        Retry = "retry",
        /// Our own bank has paid it.
        Paid = "paid",
    }
}

/// "Propose" on a refund that needs attention; and "confirm", which names what was shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Propose {
    pub refund: RefundId,
    #[serde(default)]
    pub remedy: String,
    /// The bank's reference, or why trying again will help.
    #[serde(default)]
    pub note: String,
}

impl Propose {
    pub fn parse(self) -> Result<(RefundId, Remedy, String), Fault> {
        let mut errors = crate::fault::FieldErrors::default();
        let remedy = errors.take("remedy", self.remedy.parse().map_err(|_| Problem::NotAChoice));
        let note = errors.take("note", reason(&self.note));
        errors.finish(remedy.zip(note)).map(|(remedy, note)| (self.refund, remedy, note))
    }
}

/// What was proposed for a refund, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    pub remedy: Remedy,
    pub note: String,
    pub by: String,
    /// The person looking may confirm it.
    pub yours_to_confirm: bool,
}
