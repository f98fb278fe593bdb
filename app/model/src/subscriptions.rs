//! The membership: plans, one person's subscription, and what staff see of all of them.

use crate::fault::FieldErrors;
use crate::ids::{CourseId, OrderId, PlanId, SubscriptionId};
use crate::money::Money;
use crate::orders::Key;
use crate::paging::Page;
use crate::payments::Provider;
use crate::text::Slug;
use crate::{Fault, Moment, Problem};
use serde::{Deserialize, Serialize};

crate::words! {
    /// Where a subscription is in its life.
    pub enum SubscriptionState {
        /// The first money, or the money after a pause, has not come yet.
        Incomplete = "incomplete",
        Trialing = "trialing",
        Active = "active",
        /// A renewal was not paid; there is still access for a while.
        PastDue = "past_due",
        Paused = "paused",
        Ended = "ended",
        /// The money it waited for never came.
        IncompleteExpired = "incomplete_expired",
    }
}

impl SubscriptionState {
    /// Nothing more can happen to it.
    pub const fn is_over(self) -> bool {
        matches!(self, SubscriptionState::Ended | SubscriptionState::IncompleteExpired)
    }
}

crate::words! {
    /// How a saved way of paying may be used.
    pub enum AgreementState {
        Active = "active",
        Ended = "ended",
    }
}

crate::words! {
    /// What an invoice is for.
    pub enum InvoiceKind {
        First = "first",
        Renewal = "renewal",
        /// The difference to a better plan.
        Upgrade = "upgrade",
    }
}

crate::words! {
    pub enum InvoiceState {
        Open = "open",
        Paid = "paid",
        Void = "void",
    }
}

/// Why a subscription cannot do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// There is one already, and it lives.
    AlreadySubscribed,
    /// The person had the trial before.
    TrialUsed,
    /// This plan is not offered.
    NotOffered,
    /// It is the plan they have.
    SamePlan,
    /// A payment for it is under way.
    PaymentInProgress,
    /// The price is another one than the page showed.
    PriceChanged { was: Money, now: Money },
    /// The trial is longer or shorter than the page said, in days; nought: there is none any more.
    TrialChanged { was: u32, now: u32 },
    /// Not possible in the state it is in.
    Transition,
}

/// A plan as it is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub id: PlanId,
    /// One, three or twelve.
    pub months: u32,
    pub price: Money,
    /// The price divided by the months, rounded; for comparison only.
    pub per_month: Money,
    /// Hundredths saved against paying month by month; nought where nothing.
    pub saves_percent: u32,
    /// Nought: none.
    pub trial_days: u32,
}

/// A course in the membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncludedCourse {
    pub id: CourseId,
    pub slug: Slug,
    pub title: String,
    pub language: crate::lang::ContentLang,
    pub instructor: String,
    pub seconds: u32,
    pub price: Money,
}

/// A provider that takes the membership's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayToPay {
    pub provider: Provider,
    /// It charges renewals by itself; otherwise each is a link.
    pub alone: bool,
}

/// The public page of the membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipPage {
    pub plans: Vec<Plan>,
    /// The plan that is chosen to begin with.
    pub chosen: PlanId,
    pub courses: u32,
    pub lessons: u32,
    pub seconds: u32,
    /// A few of them.
    pub shown: Vec<IncludedCourse>,
    /// The reader's own subscription lives.
    pub subscribed: Option<SubscriptionState>,
    /// The trial is open to the reader (also to somebody not signed in).
    pub trial_open: bool,
    /// By whom one can pay, the usual way first.
    pub ways: Vec<WayToPay>,
    /// When the first charge comes: now, or after the trial.
    pub today: Moment,
    pub key: Key,
}

/// "Subscribe" as it was sent, with what the page had said about the plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Subscribe {
    #[serde(default)]
    pub plan: String,
    #[serde(default)]
    pub trial: String,
    /// Minor units of the price of a period.
    #[serde(default)]
    pub price: String,
    /// How long the trial is, where there is one to begin with.
    #[serde(default)]
    pub trial_days: String,
    /// The browser's time zone; empty without script.
    #[serde(default)]
    pub zone: String,
    /// By which provider; empty where there is one.
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub consent: String,
    #[serde(default)]
    pub idem: String,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscribeRequest {
    pub plan: PlanId,
    /// Minor units: what a period costs by the page.
    pub price: i64,
    /// With the trial, so many days of it by the page.
    pub trial: Option<u32>,
    pub provider: Option<Provider>,
    pub key: Key,
}

impl Subscribe {
    /// Without the consent, which is never ticked beforehand, nothing begins (CN-04).
    pub fn parse(self) -> Result<SubscribeRequest, Fault> {
        let mut errors = FieldErrors::default();
        let plan = errors.take("plan", chosen(&self.plan));
        if self.consent != "yes" {
            errors.add("consent", Problem::Required);
        }
        let price = errors.take("price", self.price.parse().map_err(|_| Problem::NotANumber));
        let days = || self.trial_days.parse().map_err(|_| Problem::NotANumber);
        let trial = match self.trial == "yes" {
            true => errors.take("trial_days", days()).map(Some),
            false => Some(None),
        };
        let provider = errors.take("provider", provider(&self.provider));
        let key = Key::parse(&self.idem)?;
        let read = plan.zip(price).zip(trial).zip(provider);
        let read = read.map(|(((plan, price), trial), provider)| SubscribeRequest { plan, price, trial, provider, key });
        errors.finish(read)
    }
}

/// "Pay" and "come back" as they were sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PayMembership {
    /// By which provider; empty where there is one, or where one pays as before.
    #[serde(default)]
    pub provider: String,
}

impl PayMembership {
    pub fn parse(self) -> Result<Option<Provider>, Fault> {
        let mut errors = FieldErrors::default();
        let chosen = errors.take("provider", provider(&self.provider));
        errors.finish(chosen)
    }
}

fn provider(text: &str) -> Result<Option<Provider>, Problem> {
    match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Problem::NotAChoice),
    }
}

fn chosen(text: &str) -> Result<PlanId, Problem> {
    match text {
        "" => Err(Problem::Required),
        text => text.parse().map_err(|_| Problem::NotAChoice),
    }
}

/// "Change the plan" as it was sent: the plan, what the preview said it costs now and from then on, and when that was computed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChangePlan {
    #[serde(default)]
    pub plan: String,
    /// Minor units of the preview's "to pay now".
    #[serde(default)]
    pub due: String,
    /// Minor units of the plan's price, which renewals cost.
    #[serde(default)]
    pub price: String,
    /// Milliseconds: the moment of the preview.
    #[serde(default)]
    pub at: String,
    #[serde(default)]
    pub consent: String,
    #[serde(default)]
    pub idem: String,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRequest {
    pub plan: PlanId,
    pub due: i64,
    pub price: i64,
    pub at: Moment,
    pub key: Key,
}

impl ChangePlan {
    pub fn parse(self) -> Result<ChangeRequest, Fault> {
        let mut errors = FieldErrors::default();
        let plan = errors.take("plan", chosen(&self.plan));
        let due = errors.take("due", self.due.parse().map_err(|_| Problem::NotANumber));
        let price = errors.take("price", self.price.parse().map_err(|_| Problem::NotANumber));
        let at = errors.take("at", self.at.parse().map(Moment::from_millis).map_err(|_| Problem::NotANumber));
        if self.consent != "yes" {
            errors.add("consent", Problem::Required);
        }
        let key = Key::parse(&self.idem)?;
        let read = plan.zip(due).zip(price).zip(at);
        let read = read.map(|(((plan, due), price), at)| ChangeRequest { plan, due, price, at, key });
        errors.finish(read)
    }
}

/// What a change of plan would mean, to the cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePreview {
    pub from: Plan,
    pub to: Plan,
    /// Now, with money; else at the end of the period, without.
    pub now: bool,
    /// What is left of the period that was paid.
    pub credit: Money,
    /// What the new plan costs for the time it covers.
    pub charge: Money,
    /// To pay now.
    pub due: Money,
    /// From when the new plan counts.
    pub from_when: Moment,
    /// The next renewal and its amount.
    pub renews_at: Moment,
    /// When this was computed; the order is made of the same moment.
    pub at: Moment,
    pub key: Key,
}

/// One invoice of a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceRow {
    pub order: OrderId,
    pub kind: InvoiceKind,
    pub state: InvoiceState,
    pub amount: Money,
    pub at: Moment,
    /// The receipt's number, once it is paid.
    pub receipt: Option<String>,
}

/// One person's subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MySubscription {
    pub id: SubscriptionId,
    pub state: SubscriptionState,
    pub plan: Plan,
    /// Ends at the end of the period.
    pub cancels: bool,
    /// Rests from the end of the period.
    pub pauses: bool,
    /// Begins to count at the end of the period.
    pub becomes: Option<Plan>,
    pub period_ends: Option<Moment>,
    /// None: there is no access.
    pub access_until: Option<Moment>,
    /// A bank decides about the money that paid for it; as long there is no access.
    pub suspended: bool,
    pub paused_until: Option<Moment>,
    pub ended_at: Option<Moment>,
    /// What the next period costs, where there will be one.
    pub next_amount: Option<Money>,
    /// When that is charged or asked for; later than the end of the period where its reminder is late.
    pub charge_at: Option<Moment>,
    /// Until when there is access where it is cancelled, or would be if it were cancelled now; none: it would end at once.
    pub cancels_until: Option<Moment>,
    /// The reminder of the next charge was sent.
    pub reminded: bool,
    /// There is a saved way of paying, and it is charged by itself.
    pub pays_alone: bool,
    /// By whom what waits can be paid, the way of the last time first; none while a payment is open already.
    pub ways: Vec<WayToPay>,
    /// What waits to be paid.
    pub to_pay: Option<Money>,
    pub invoices: Vec<InvoiceRow>,
    /// What one may change to.
    pub others: Vec<Plan>,
    pub key: Key,
}

/// The page of one's own membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyMembership {
    /// None: there never was one.
    pub subscription: Option<MySubscription>,
}

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

    #[test]
    fn cn_04_nothing_begins_without_consent() {
        let form = Subscribe { plan: "plan-1".into(), price: "3000".into(), idem: "key".into(), ..Subscribe::default() };
        assert_eq!(form.clone().parse(), Err(Fault::field("consent", Problem::Required)));
        let form = Subscribe { consent: "yes".into(), ..form };
        assert!(form.parse().is_ok());
    }

    #[test]
    fn nothing_begins_without_what_the_page_said_of_it() {
        let form = Subscribe {
            plan: "plan-1".into(),
            trial: "yes".into(),
            consent: "yes".into(),
            idem: "key".into(),
            ..Subscribe::default()
        };
        let Err(Fault::Invalid(errors)) = form.clone().parse() else { panic!("it was taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["price", "trial_days"]);
        let request = Subscribe { price: "3000".into(), trial_days: "7".into(), ..form }.parse().unwrap();
        assert_eq!((request.price, request.trial), (3_000, Some(7)));
    }
}
