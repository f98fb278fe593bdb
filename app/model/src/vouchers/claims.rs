//! Claiming what a code holds.

use super::{GiftCard, Refusal};
use crate::ids::CourseId;
use crate::text::Slug;
use crate::{Moment, Money};
use serde::{Deserialize, Serialize};

/// "Claim" on the claim page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ClaimForm {
    #[serde(default)]
    pub code: String,
}

/// What a code holds, for whoever has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// As it was typed, in its plain form.
    pub code: String,
    pub holds: Holds,
    /// None on what no person gave.
    pub card: Option<GiftCard>,
    pub expires_at: Option<Moment>,
    /// Why it gives nothing (to this person).
    pub refusal: Option<Refusal>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holds {
    Course { id: CourseId, slug: Slug, title: String, instructor: String },
    Balance(Money),
    Seat { id: CourseId, slug: Slug, title: String, instructor: String, from: String },
}

/// What was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    Course(Slug),
    Balance(Money),
}
