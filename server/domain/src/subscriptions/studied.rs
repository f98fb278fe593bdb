//! What a subscriber learned from, and how long: each moment of a recording once. Pure.

use super::queries::Studied;
use model::ids::{AccountId, CourseId};
use std::collections::{BTreeMap, BTreeSet};

/// A course.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taught {
    pub course: CourseId,
    /// Whose it is.
    pub owner: AccountId,
    pub title: String,
}

/// Milliseconds by course: recordings by the stretches that were watched, what is read by its length once it is ticked.
pub fn by_course(all: &[Studied]) -> BTreeMap<Taught, u64> {
    let mut watched: BTreeMap<(Taught, &str), Vec<(i64, i64)>> = BTreeMap::new();
    let mut read: BTreeSet<(Taught, &str, i64)> = BTreeSet::new();
    for one in all {
        let taught = one.taught.clone();
        match (one.played, one.kind.as_str()) {
            (true, "watched") => {
                let stretches: Vec<(i64, i64)> = serde_json::from_str(&one.ranges).unwrap_or_default();
                let whole = one.seconds.saturating_mul(1_000);
                let inside = stretches.into_iter().map(|(from, to)| (from.clamp(0, whole), to.clamp(0, whole)));
                watched.entry((taught, &one.lesson)).or_default().extend(inside);
            }
            (false, "ticked") => {
                read.insert((taught, &one.lesson, one.seconds));
            }
            _ => (),
        }
    }
    let mut sums: BTreeMap<Taught, u64> = BTreeMap::new();
    for ((taught, _), stretches) in watched {
        *sums.entry(taught).or_default() += unique(stretches);
    }
    for (taught, _, seconds) in read {
        *sums.entry(taught).or_default() += seconds.max(0).unsigned_abs() * 1_000;
    }
    sums.retain(|_, studied| *studied > 0);
    sums
}

/// How long the stretches are together, where they overlap only once.
fn unique(mut stretches: Vec<(i64, i64)>) -> u64 {
    stretches.sort_unstable();
    let mut covered = 0;
    let mut sum = 0u64;
    for (from, to) in stretches {
        let from = from.max(covered);
        if to > from {
            sum += (to - from).unsigned_abs();
            covered = to;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn studied(owner: &str, lesson: &str, played: bool, kind: &str, ranges: &str) -> Studied {
        Studied {
            taught: Taught {
                course: format!("of-{owner}").parse().expect("an id"),
                owner: owner.parse().expect("an id"),
                title: String::new(),
            },
            lesson: lesson.into(),
            played,
            kind: kind.into(),
            ranges: ranges.into(),
            seconds: 300,
        }
    }

    #[test]
    fn what_is_watched_again_counts_once() {
        let all = [
            studied("ada", "one", true, "watched", "[[0, 60000], [30000, 90000]]"),
            studied("ada", "one", true, "watched", "[[0, 90000]]"),
            studied("bob", "two", true, "watched", "[[0, 30000]]"),
        ];
        let sums = by_course(&all);
        assert_eq!(sums.values().copied().collect::<Vec<_>>(), vec![90_000, 30_000]);
    }

    #[test]
    fn reading_counts_by_its_length_and_a_recording_no_further_than_its_end() {
        let all = [
            studied("ada", "text", false, "ticked", "[]"),
            studied("ada", "text", false, "ticked", "[]"),
            studied("bob", "video", true, "watched", "[[0, 9999999]]"),
            studied("bob", "video", true, "ticked", "[]"),
            studied("eve", "video", true, "watched", "nonsense"),
        ];
        let sums = by_course(&all);
        assert_eq!(sums.values().copied().collect::<Vec<_>>(), vec![300_000, 300_000]);
    }
}
