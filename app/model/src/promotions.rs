//! Coupons: codes that take something off.

use serde::{Deserialize, Serialize};

/// Why a code takes nothing off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// There is no such code.
    Unknown,
    /// Its time has not come.
    NotYet,
    /// Its time is over, or it was ended.
    Expired,
    /// As often as it may be, it was used.
    UsedUp,
    /// This person has used it as often as one may.
    AlreadyUsed,
    /// It is for other courses.
    NotForThis,
    /// It is for a first order only.
    FirstOrderOnly,
    /// It is in another currency.
    OtherCurrency,
}
