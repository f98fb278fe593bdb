//! What is left of a period that was paid, and what a better plan costs for it: integers only, by whole seconds. Pure.

use crate::{Error, Result};
use model::{Moment, Money};

/// The period that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    pub starts: Moment,
    pub ends: Moment,
    /// What was paid for it.
    pub value: Money,
}

/// The numbers of a change of plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What is left of the old period.
    pub credit: Money,
    /// What the new plan costs for the time it covers.
    pub charge: Money,
    /// Charge less credit; below nought where the new plan is worth less.
    pub due: Money,
}

/// `amount * part / whole`, rounded down.
fn floor_mul(amount: Money, part: i64, whole: i64) -> Result<Money> {
    if whole <= 0 || part < 0 || amount.minor() < 0 {
        return Err(Error::bug("a share of no time"));
    }
    let product = i128::from(amount.minor()) * i128::from(part) / i128::from(whole);
    Ok(Money::new(i64::try_from(product).map_err(Error::bug)?, amount.currency()))
}

impl Running {
    fn seconds(&self, now: Moment) -> (i64, i64) {
        let total = self.ends.seconds().saturating_sub(self.starts.seconds()).max(1);
        let elapsed = now.seconds().saturating_sub(self.starts.seconds()).clamp(0, total);
        (elapsed, total)
    }

    /// What of the period was used up by `now`.
    pub fn used(&self, now: Moment) -> Result<Money> {
        let (elapsed, total) = self.seconds(now);
        floor_mul(self.value, elapsed, total)
    }

    /// What is left of it.
    pub fn credit(&self, now: Moment) -> Result<Money> {
        Ok(self.value.minus(self.used(now)?)?)
    }

    /// Another plan at `price` for the rest of this period.
    pub fn change(&self, price: Money, now: Moment) -> Result<Difference> {
        let (elapsed, total) = self.seconds(now);
        difference(self.credit(now)?, floor_mul(price, total - elapsed, total)?)
    }

    /// A plan of another length at `price`, whose first period begins now.
    pub fn restart(&self, price: Money, now: Moment) -> Result<Difference> {
        difference(self.credit(now)?, price)
    }
}

fn difference(credit: Money, charge: Money) -> Result<Difference> {
    Ok(Difference { credit, charge, due: charge.minus(credit)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Currency;
    use model::time::{days, seconds};
    use proptest::prelude::*;

    const START: Moment = Moment::from_millis(1_772_413_200_000);

    fn yuan(minor: i64) -> Money {
        Money::new(minor, Currency::Cny)
    }

    #[test]
    fn half_way_through_half_is_left() {
        let running = Running { starts: START, ends: START + days(30), value: yuan(3_000) };
        let change = running.change(yuan(5_000), START + days(15)).unwrap();
        assert_eq!((change.credit.minor(), change.charge.minor(), change.due.minor()), (1_500, 2_500, 1_000));
        let restart = running.restart(yuan(30_000), START + days(15)).unwrap();
        assert_eq!(restart.due.minor(), 28_500);
    }

    #[test]
    fn at_the_ends_of_the_period_all_and_nothing_is_left() {
        let running = Running { starts: START, ends: START + days(30), value: yuan(2_999) };
        assert_eq!(running.credit(START).unwrap(), yuan(2_999));
        assert_eq!(running.credit(START + days(30)).unwrap(), yuan(0));
        assert_eq!(running.credit(START + days(99)).unwrap(), yuan(0));
        assert_eq!(running.credit(START - days(1)).unwrap(), yuan(2_999));
    }

    #[test]
    fn a_share_of_no_time_or_of_less_than_nothing_is_refused() {
        assert_eq!(floor_mul(yuan(10), 1, 3).unwrap(), yuan(3));
        assert_eq!(floor_mul(yuan(0), 0, 1).unwrap(), yuan(0));
        for (amount, part, whole) in [(1, 1, 0), (1, 1, -1), (1, -1, 1), (-1, 1, 1)] {
            assert!(floor_mul(yuan(amount), part, whole).is_err(), "{amount} * {part} / {whole}");
        }
    }

    proptest! {
        #[test]
        fn sm_4_used_and_credit_make_the_price(value in 0i64..100_000_000, length in 1i64..40_000_000, elapsed in -10i64..50_000_000) {
            let running = Running { starts: START, ends: START + seconds(length), value: yuan(value) };
            let now = START + seconds(elapsed);
            let (used, credit) = (running.used(now).unwrap(), running.credit(now).unwrap());
            prop_assert_eq!(used.plus(credit).unwrap(), yuan(value));
            prop_assert!((0..=value).contains(&credit.minor()));
        }

        #[test]
        fn sm_4_there_and_back_in_the_same_second_costs_nothing_and_never_more(
            price in 0i64..100_000_000, better in 0i64..100_000_000, length in 1i64..40_000_000, elapsed in 0i64..40_000_000,
        ) {
            let running = Running { starts: START, ends: START + seconds(length), value: yuan(price) };
            let now = START + seconds(elapsed.min(length));
            let there = running.change(yuan(better), now).unwrap();
            let back = running.change(yuan(price), now).unwrap();
            // what the better plan cost for the rest is what is left of it in the same second
            let returned = back.charge.minus(there.charge).unwrap();
            let net = there.due.plus(returned).unwrap().minor();
            // what is left is rounded up and what is charged is rounded down: in doubt one cent is the subscriber's
            prop_assert!((-1..=0).contains(&net), "{net}");
            if elapsed == 0 {
                prop_assert_eq!(net, 0);
            }
        }

        #[test]
        fn sm_4_the_longer_one_waits_the_less_is_left(value in 0i64..100_000_000, length in 2i64..40_000_000, a in 0i64..40_000_000, b in 0i64..40_000_000) {
            let running = Running { starts: START, ends: START + seconds(length), value: yuan(value) };
            let (early, late) = (a.min(b), a.max(b));
            prop_assert!(running.credit(START + seconds(early)).unwrap().minor() >= running.credit(START + seconds(late)).unwrap().minor());
        }
    }
}
