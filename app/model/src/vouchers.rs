//! Codes that give something: gifts, redeem codes in batches, seats.

mod batches;
mod claims;
mod code;
mod gifts;
mod seats;

pub use batches::*;
pub use claims::*;
pub use code::*;
pub use gifts::*;
pub use seats::*;

use serde::{Deserialize, Serialize};

crate::words! {
    /// What a code gives.
    pub enum VoucherKind {
        /// A course that somebody paid for.
        Gift = "gift",
        /// A course, from a batch of the school's.
        Course = "course",
        /// Money for the gift balance, from a batch of the school's.
        Balance = "balance",
    }
}

crate::words! {
    /// SM-7: the life of a code.
    pub enum VoucherState {
        /// Put together, not paid.
        Unpaid = "unpaid",
        Issued = "issued",
        Claimed = "claimed",
        Expired = "expired",
        Revoked = "revoked",
    }
}

crate::words! {
    /// How far a seat has come.
    pub enum SeatState {
        /// Assigned to an address, whose owner has not claimed it.
        Invited = "invited",
        Claimed = "claimed",
        /// Taken back.
        Freed = "freed",
    }
}

/// Why a code gives nothing, or a seat cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No such code.
    Unknown,
    /// Somebody has claimed it already.
    Claimed,
    Expired,
    Revoked,
    /// The person has the course already; the code stays good for somebody else.
    Owned,
    /// The course is their own.
    OwnCourse,
    /// Every seat is assigned, or still cooling down.
    NoSeat,
    /// This address has a seat already.
    HasSeat,
    /// The seat is meant for another address.
    OtherAddress,
    /// The codes of a batch are given out once.
    AlreadyExported,
    /// More than one person may give: a second one approves first.
    Waits,
    /// The second person is not who made them.
    OwnBatch,
    /// The payer's bank asks for the money; nobody can take it until that is decided.
    Withheld,
    /// The gift was claimed: it cannot be refunded any more.
    NotRefundable,
    /// Not possible in the state things are in.
    Transition,
}
