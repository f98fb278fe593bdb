//! Recommending and its share.

use crate::paging::Page;
use crate::{Moment, Money};
use serde::{Deserialize, Serialize};

/// The page of one's own link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareDesk {
    pub link: String,
    /// What any address of ours takes as `?via=`.
    pub code: String,
    /// The share, in hundredths of a per cent.
    pub share_bp: u32,
    pub window_days: i64,
    pub hold_days: i64,
    /// How many people came by it.
    pub brought: u64,
    pub shares: Page<ShareRow>,
}

/// The share of one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareRow {
    pub title: String,
    pub amount: Money,
    /// Taken back with a refund.
    pub reversed: Money,
    pub is_held: bool,
    pub earned_at: Moment,
    pub due_at: Moment,
}
