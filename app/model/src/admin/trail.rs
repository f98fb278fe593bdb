//! The audit trail: who did what to what, and when.

use crate::fault::FieldErrors;
use crate::ids::AccountId;
use crate::time::{Moment, days};
use crate::{Fault, Problem};
use serde::{Deserialize, Serialize};

/// What the trail is narrowed to; empty texts do not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailFilter {
    /// Part of the name or address of who did it, a whole id, or `-` for the house itself.
    #[serde(default)]
    pub who: String,
    /// How the deed's word begins: `account.`, `refund`.
    #[serde(default)]
    pub what: String,
    /// What it was done to: a whole id, or a person's whole address.
    #[serde(default)]
    pub subject: String,
    /// Days in the school's zone, both included: `2026-11-21`.
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    /// Where the page before ended.
    #[serde(default)]
    pub after: String,
}

/// From when and before when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrailRange {
    pub from: Option<Moment>,
    pub before: Option<Moment>,
}

impl TrailFilter {
    /// The days as moments; a day that is none is told at its field.
    pub fn range(&self) -> Result<TrailRange, Fault> {
        let mut errors = FieldErrors::default();
        let from = errors.take("from", day(&self.from));
        let to = errors.take("to", day(&self.to));
        let range = from.zip(to).map(|(from, to)| TrailRange { from, before: to.map(|to| to + days(1)) });
        errors.finish(range)
    }
}

/// Midnight of a day in the school's zone (UTC+8); nothing where nothing is written.
fn day(text: &str) -> Result<Option<Moment>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = crate::books::day(text).ok_or(Problem::Unreadable)?;
    Ok(Some(Moment::from_millis((number * 24 - 8) * 3_600_000)))
}

/// One deed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailEntry {
    pub id: String,
    pub at: Moment,
    pub action: String,
    /// Nobody: the operator, or the house itself.
    pub actor: Option<AccountId>,
    pub actor_name: Option<String>,
    pub subject_kind: String,
    pub subject: String,
    /// The name of the person it was done to, where it was one.
    pub subject_name: Option<String>,
    pub detail: String,
}

/// A page of the trail, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailPage {
    pub filter: TrailFilter,
    pub entries: Vec<TrailEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_school_s_zone_and_the_last_one_is_included() {
        let filter = TrailFilter { from: "2026-03-02".into(), to: "2026-03-02".into(), ..Default::default() };
        let range = filter.range().unwrap();
        assert_eq!(range.from, Some(Moment::from_millis(1_772_380_800_000)));
        assert_eq!(range.before, Some(Moment::from_millis(1_772_380_800_000) + days(1)));
        assert_eq!(TrailFilter::default().range().unwrap(), TrailRange::default());
    }

    #[test]
    fn what_is_no_day_is_told_at_its_field() {
        for wrong in ["2026-13-01", "yesterday", "2026-1", "1969-12-31", "2026-01-01-01"] {
            let filter = TrailFilter { to: wrong.into(), ..Default::default() };
            assert_eq!(filter.range(), Err(Fault::field("to", Problem::Unreadable)), "{wrong}");
        }
    }
}
