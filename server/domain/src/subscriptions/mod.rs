//! The membership: plans, subscriptions to them, the clock's round over those that are due, and what their time was worth.
//!
//! Each period is paid by an ordinary order of one line. May call entitlement, ledger, payments and orders; orders and settlement
//! tell it what was paid, closed or sent back. Announces `Subscription…` events (subject: the subscription; account: the person).

mod calendar;
mod change;
mod clock;
mod happen;
mod invoice;
mod plans;
mod proration;
mod queries;
mod recognise;
mod revoke;
mod settle;
mod staff;
mod state;
mod studied;
mod subscribe;
mod views;

#[cfg(test)]
mod tests;

pub use calendar::SCHOOL_ZONE;
pub use change::{
    cancel, cancel_this, change_plan, change_this, forget_payment, pause, pause_this, pay_open, pay_this, preview, preview_this,
    resume, resume_this, undo, undo_this,
};
pub use clock::{round, work};
pub use plans::{NewPlan, begin_at, offer, put_plan, withdraw};
pub use recognise::forget_studied;
pub use settle::{
    agreement_ended, cancel_now, charge_failed, dispute_lost, dispute_opened, dispute_won, end_at_once, invoice_paid,
    is_unearned, lock_for_order, money_came_late, order_closed, order_refunded, refund_came_back, remember,
};
pub use staff::list;
pub use subscribe::{Subscribed, subscribe};
pub use views::{list_after, membership_page, my_membership, offered_plans, show};

use model::Money;
use model::subscriptions::{Plan, Refusal};
use queries::Tariff;

/// The one thing that can be subscribed to.
pub const PRODUCT: &str = "membership";

fn refuse(refusal: Refusal) -> crate::Error {
    crate::Error::refuse(model::Refusal::Subscriptions(refusal))
}

/// A plan as it is shown, beside all that are offered.
fn plan_of(tariff: &Tariff, all: &[Tariff]) -> Plan {
    let months = i64::from(tariff.months.max(1));
    let per_month = tariff.amount.portion(1, months).unwrap_or(tariff.amount);
    let monthly = all.iter().find(|other| other.months == 1).map(|other| other.amount.minor() * months);
    let saved = monthly.map_or(0, |monthly| monthly.saturating_sub(tariff.amount.minor()) * 100 / monthly.max(1));
    Plan {
        id: tariff.plan.clone(),
        months: tariff.months,
        price: tariff.amount,
        per_month: Money::new(per_month.minor(), tariff.amount.currency()),
        saves_percent: u32::try_from(saved).unwrap_or_default(),
        trial_days: tariff.trial_days,
    }
}
