//! What a course promises, measured against one purchase. Pure.

use model::Moment;
use model::refunds::{OutsidePolicy, RefundPolicy, Verdict};
use model::time::{Span, days};

/// How far somebody got in a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Studied {
    /// Its length; nought where it has none (text).
    pub length: Span,
    pub watched: Span,
    pub done: bool,
}

/// A lesson without length weighs as much as this.
const AT_LEAST: Span = model::time::minutes(1);

/// The purchase as far as the promise cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    pub paid_at: Moment,
    /// Every lesson that is not open to all anyway.
    pub lessons: Vec<Studied>,
    /// The same person had the same course refunded before.
    pub refunded_before: bool,
}

/// Per cent of the course, by time, rounded down.
pub fn studied(lessons: &[Studied]) -> u32 {
    let weight = |lesson: &Studied| lesson.length.max(AT_LEAST).millis();
    let whole: i64 = lessons.iter().map(weight).sum();
    let got: i64 = lessons
        .iter()
        .map(|lesson| if lesson.done { weight(lesson) } else { lesson.watched.millis().clamp(0, weight(lesson)) })
        .sum();
    if whole == 0 { 0 } else { u32::try_from(got.saturating_mul(100) / whole).unwrap_or(100) }
}

/// Whether the promise covers it, and everything that stands against it.
pub fn verdict(policy: RefundPolicy, purchase: &Purchase, now: Moment) -> Verdict {
    let until = purchase.paid_at + days(i64::from(policy.days));
    let studied = studied(&purchase.lessons);
    let mut outside = Vec::new();
    if now > until {
        outside.push(OutsidePolicy::TooLate { until });
    }
    if studied > policy.studied {
        outside.push(OutsidePolicy::TooMuchStudied { studied, allowed: policy.studied });
    }
    if purchase.refunded_before {
        outside.push(OutsidePolicy::RefundedBefore);
    }
    Verdict { policy, until, studied, outside }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::{minutes, seconds};
    use proptest::prelude::*;

    const PAID: Moment = Moment::from_millis(1_772_413_200_000);

    fn lesson(length: i64, watched: i64, done: bool) -> Studied {
        Studied { length: seconds(length), watched: seconds(watched), done }
    }

    fn bought(lessons: Vec<Studied>) -> Purchase {
        Purchase { paid_at: PAID, lessons, refunded_before: false }
    }

    #[test]
    fn cn_05_within_days_and_share_it_is_the_buyer_s_right() {
        let little = bought(vec![lesson(600, 120, false), lesson(0, 0, false)]);
        let found = verdict(RefundPolicy::HOUSE, &little, PAID + days(7));
        assert_eq!((found.is_within(), found.studied, found.until), (true, 18, PAID + days(7)));
    }

    #[test]
    fn cn_05_everything_that_stands_against_it_is_told_at_once() {
        let much = Purchase { refunded_before: true, ..bought(vec![lesson(600, 0, true), lesson(600, 0, false)]) };
        let found = verdict(RefundPolicy::HOUSE, &much, PAID + days(7) + minutes(1));
        let expected = [
            OutsidePolicy::TooLate { until: PAID + days(7) },
            OutsidePolicy::TooMuchStudied { studied: 50, allowed: 20 },
            OutsidePolicy::RefundedBefore,
        ];
        assert_eq!(found.outside, expected);
    }

    #[test]
    fn a_text_counts_when_it_was_read_and_a_course_of_nothing_was_not_studied() {
        assert_eq!(studied(&[lesson(0, 0, true), lesson(0, 0, false)]), 50);
        assert_eq!(studied(&[]), 0);
        assert_eq!(studied(&[lesson(60, 9_999, false)]), 100, "no more than all of it");
    }

    proptest! {
        #[test]
        fn studying_more_never_lowers_the_share(watched in prop::collection::vec((0i64..2_000, 0i64..2_000), 1..8), more in 0i64..500) {
            let before: Vec<_> = watched.iter().map(|(length, seen)| lesson(*length, *seen, false)).collect();
            let after: Vec<_> = watched.iter().map(|(length, seen)| lesson(*length, *seen + more, false)).collect();
            prop_assert!(studied(&before) <= studied(&after) && studied(&after) <= 100);
        }
    }
}
