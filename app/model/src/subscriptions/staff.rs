//! What staff see and do: the plans on offer, and everybody's subscriptions.

use super::SubscriptionState;
use crate::fault::FieldErrors;
use crate::ids::{OrderId, PlanId, SubscriptionId};
use crate::money::Money;
use crate::paging::Page;
use crate::{Fault, Moment, Problem};
use serde::{Deserialize, Serialize};

/// "End now" on the staff's list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EndSubscription {
    #[serde(default)]
    pub subscription: String,
}

impl EndSubscription {
    pub fn parse(self) -> Result<SubscriptionId, Fault> {
        self.subscription.parse().map_err(|_| Fault::NotFound)
    }
}

/// "Offer this" on the staff's page: a plan of one length, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OfferPlan {
    #[serde(default)]
    pub months: String,
    /// In yuan.
    #[serde(default)]
    pub price: String,
    /// Empty or nought: none.
    #[serde(default)]
    pub trial_days: String,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOffer {
    pub months: u32,
    pub price: Money,
    pub trial_days: u32,
}

/// The longest trial, in days; the shortest leaves time for the reminder.
const TRIAL: std::ops::RangeInclusive<u32> = 7..=60;
/// Prices of a plan, in fen.
const PRICES: std::ops::RangeInclusive<i64> = 100..=10_000_000;

impl OfferPlan {
    pub fn parse(self) -> Result<PlanOffer, Fault> {
        let mut errors = FieldErrors::default();
        let months = errors.take(
            "months",
            match self.months.as_str() {
                "1" => Ok(1),
                "3" => Ok(3),
                "12" => Ok(12),
                _ => Err(Problem::NotAChoice),
            },
        );
        let price = errors.take(
            "price",
            match Money::parse(&self.price, crate::Currency::Cny) {
                Some(price) if PRICES.contains(&price.minor()) => Ok(price),
                Some(_) => Err(Problem::OutOfRange { min: PRICES.start() / 100, max: PRICES.end() / 100 }),
                None => Err(Problem::NotAnAmount),
            },
        );
        let trial_days = errors.take(
            "trial_days",
            match self.trial_days.trim() {
                "" | "0" => Ok(0),
                text => match text.parse() {
                    Ok(days) if TRIAL.contains(&days) => Ok(days),
                    Ok(_) => Err(Problem::OutOfRange { min: i64::from(*TRIAL.start()), max: i64::from(*TRIAL.end()) }),
                    Err(_) => Err(Problem::NotANumber),
                },
            },
        );
        let read = months.zip(price).zip(trial_days).map(|((months, price), trial_days)| PlanOffer { months, price, trial_days });
        errors.finish(read)
    }
}

/// "Offer it no longer".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WithdrawPlan {
    #[serde(default)]
    pub plan: String,
}

impl WithdrawPlan {
    pub fn parse(self) -> Result<PlanId, Fault> {
        self.plan.parse().map_err(|_| Fault::NotFound)
    }
}

/// A plan as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPlan {
    pub id: PlanId,
    pub months: u32,
    /// For whoever begins now.
    pub price: Money,
    pub trial_days: u32,
    pub offered: bool,
    /// How many have it, at whatever price.
    pub members: u32,
}

/// What the staff's list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SubscriptionFilter {
    pub q: String,
    pub state: String,
    pub page: u32,
}

/// A subscription as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffSubscription {
    pub id: SubscriptionId,
    pub name: String,
    pub email: String,
    pub state: SubscriptionState,
    pub cancels: bool,
    pub pauses: bool,
    pub months: u32,
    pub price: Money,
    pub period_ends: Option<Moment>,
    pub since: Moment,
    /// The invoice that waits for money.
    pub open_order: Option<OrderId>,
}

/// The staff's page of subscriptions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffSubscriptions {
    pub filter: SubscriptionFilter,
    pub page: Page<StaffSubscription>,
    /// How many live, by state.
    pub living: Vec<(SubscriptionState, u32)>,
    pub plans: Vec<StaffPlan>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_says_everything_that_is_wrong_with_it() {
        let typed = |months: &str, price: &str, trial: &str| OfferPlan {
            months: months.into(),
            price: price.into(),
            trial_days: trial.into(),
        };
        let offer = typed("12", "299", "").parse().unwrap();
        assert_eq!((offer.months, offer.price.minor(), offer.trial_days), (12, 29_900, 0));
        let Err(Fault::Invalid(errors)) = typed("2", "0.5", "3").parse() else { panic!("it was taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["months", "price", "trial_days"]);
    }
}
