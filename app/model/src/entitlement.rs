//! Who may open what, and why.

use serde::{Deserialize, Serialize};

crate::words! {
    /// Where a right to open a course comes from.
    pub enum Source {
        /// Bought, or a free course taken.
        OrderLine = "order_line",
        Subscription = "subscription",
        /// A seat that a company assigned.
        Seat = "seat",
        Gift = "gift",
        /// Given by staff.
        Staff = "staff",
    }
}

crate::words! {
    pub enum GrantState {
        Active = "active",
        /// For the time being (a dispute is open).
        Suspended = "suspended",
        Revoked = "revoked",
        Expired = "expired",
    }
}

/// Why a course is open to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Their own course.
    Teaches,
    Granted(Source),
}

/// How far a course is open to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// Every lesson.
    Open(Reason),
    /// The lessons marked as preview.
    Preview,
    /// Nothing: there is no such course, or it is not offered.
    Closed,
}

impl Access {
    pub const fn is_open(self) -> bool {
        matches!(self, Access::Open(_))
    }
}
