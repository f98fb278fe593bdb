//! Two lists of movements beside each other. Pure.

use crate::payments::Settled;
use model::books::MovementKind;
use model::{Currency, Moment};
use std::collections::BTreeMap;

/// Where two lists differ, and how long each is on the day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    pub theirs: u32,
    pub ours: u32,
    pub differences: Vec<Differs>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub reference: String,
    pub kind: MovementKind,
    pub currency: Currency,
    pub theirs: i64,
    pub ours: i64,
}

type Key<'a> = (&'a str, MovementKind, Currency);

/// By payment and direction. What is the same on the day is the same; what differs there but not over everything that was
/// fetched only crossed midnight.
pub fn compare(theirs: &[Settled], ours: &[Settled], from: Moment, until: Moment) -> Compared {
    let on_day = |moved: &&Settled| moved.at >= from && moved.at < until;
    let day = |list: &[Settled]| u32::try_from(list.iter().filter(on_day).count()).unwrap_or(u32::MAX);
    let mut sums: BTreeMap<Key<'_>, [i64; 4]> = BTreeMap::new();
    for (side, list) in [theirs, ours].into_iter().enumerate() {
        for moved in list {
            let sum = sums.entry((&moved.reference, moved.kind, moved.amount.currency())).or_default();
            sum[side] = sum[side].saturating_add(moved.amount.minor());
            if on_day(&moved) {
                sum[2 + side] = sum[2 + side].saturating_add(moved.amount.minor());
            }
        }
    }
    let differences = sums
        .into_iter()
        .filter(|(_, [all_theirs, all_ours, day_theirs, day_ours])| day_theirs != day_ours && all_theirs != all_ours)
        .map(|((reference, kind, currency), [theirs, ours, ..])| Differs {
            reference: reference.to_owned(),
            kind,
            currency,
            theirs,
            ours,
        })
        .collect();
    Compared { theirs: day(theirs), ours: day(ours), differences }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Money;
    use model::time::hours;

    const DAY: Moment = Moment::from_millis(1_772_380_800_000);

    fn moved(reference: &str, kind: MovementKind, minor: i64, hour: i64) -> Settled {
        Settled { reference: reference.into(), kind, amount: Money::new(minor, Currency::Cny), at: DAY + hours(hour) }
    }

    #[test]
    fn inv_19_only_what_differs_is_told() {
        let theirs = [
            moved("a", MovementKind::Capture, 100, 1),
            moved("b", MovementKind::Capture, 200, 23),
            moved("c", MovementKind::Capture, 300, 5),
            moved("c", MovementKind::Refund, 50, 6),
            moved("d", MovementKind::Capture, 9, 30),
        ];
        let ours = [
            moved("a", MovementKind::Capture, 100, 1),
            // booked a moment after midnight
            moved("b", MovementKind::Capture, 200, 24),
            moved("c", MovementKind::Capture, 310, 5),
            moved("e", MovementKind::Capture, 7, 8),
        ];
        let found = compare(&theirs, &ours, DAY, DAY + hours(24));
        let differences: Vec<_> = found.differences.iter().map(|d| (d.reference.as_str(), d.kind, d.theirs, d.ours)).collect();
        let expected =
            [("c", MovementKind::Capture, 300, 310), ("c", MovementKind::Refund, 50, 0), ("e", MovementKind::Capture, 0, 7)];
        assert_eq!(differences, expected);
        assert_eq!((found.theirs, found.ours), (4, 3));
    }
}
