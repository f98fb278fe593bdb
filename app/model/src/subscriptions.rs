//! The membership: plans, one person's subscription, and what staff see of all of them.

use crate::Moment;
use crate::ids::{CourseId, OrderId, PlanId, SubscriptionId};
use crate::money::Money;
use crate::orders::Key;
use crate::payments::Provider;
use crate::text::Slug;
use serde::{Deserialize, Serialize};

mod forms;
mod staff;

pub use forms::*;
pub use staff::*;

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
