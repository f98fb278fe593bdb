//! What instructors earn: what their courses promise, who gets which part, how long it waits, and the statement of it all.
//!
//! Knows sales only by what they brought and what they are called. Calls accounts and the ledger.

mod hold;
mod queries;
mod split;
mod statement;
mod terms;

pub use hold::{
    Given, Sold, Source, accrue, accrue_given, forfeit, freeze_policy, freeze_share, give_back, hold_shares, shares_of,
    shares_today, take_back, take_back_of_order, work,
};
pub use queries::lock_account;
pub use split::divide;
pub use statement::{Statement, balance, earned, yearly};
pub use terms::{course_terms, drop_author, frozen_policy, policy_of, policy_of_all, set_author, set_policy};

use model::time::{Span, days};

/// How long a share waits before it can be asked for: longer than most refund windows.
pub const HOLD: Span = days(HOLD_DAYS);
pub const HOLD_DAYS: i64 = 14;
