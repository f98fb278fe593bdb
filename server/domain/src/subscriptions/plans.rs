//! What is offered.

use super::queries::{self, Subscription};
use super::state::Life;
use super::{PRODUCT, SCHOOL_ZONE};
use crate::audit_trail::{self, Deed};
use crate::events::{Event, Happening, announce};
use crate::{App, Error, Result, Staff, entitlement};
use model::ids::{AccountId, PlanId, PriceId, SubscriptionId};
use model::subscriptions::{OfferPlan, SubscriptionState};
use model::time::days;
use model::{Lang, Moment, Money};
use store::Tx;

/// A plan about to be offered.
#[derive(Debug, Clone, Copy)]
pub struct NewPlan {
    /// One, three or twelve.
    pub months: u32,
    pub price: Money,
    /// Nought, or a week and more.
    pub trial_days: u32,
    pub position: i64,
}

/// Offers a plan.
pub async fn put_plan(app: &App, tx: &mut Tx, plan: NewPlan) -> Result<PlanId> {
    let id: PlanId = app.new_id();
    queries::add_plan(tx, &id, PRODUCT, plan.months, plan.trial_days, plan.position).await?;
    queries::set_price(tx, &app.new_id::<PriceId>(), &id, plan.price, app.now()).await?;
    audit_trail::record(app, tx, Deed::new("plan.offered", "plan", &id).detail(plan.price.decimal())).await?;
    Ok(id)
}

/// Staff offer a plan of one length: a new one, or the one there is at another price or with another trial. Whoever has it keeps
/// their price.
pub async fn offer(app: &App, staff: &Staff, form: OfferPlan) -> Result<()> {
    let offer = form.parse()?;
    app.db
        .write(async |tx| {
            // a colleague may be offering the same one just now
            queries::add_plan(tx, &app.new_id(), PRODUCT, offer.months, offer.trial_days, i64::from(offer.months)).await?;
            let id = queries::plan_of_length(tx, PRODUCT, offer.months)
                .await?
                .ok_or_else(|| Error::bug("a plan that is not there"))?;
            // from here on nobody else changes it
            queries::offer_plan(tx, &id, offer.trial_days).await?;
            if queries::live_price(tx, &id).await? != Some(offer.price) {
                queries::set_price(tx, &app.new_id::<PriceId>(), &id, offer.price, app.now()).await?;
            }
            let detail = format!("{} {} days of trial", offer.price.decimal(), offer.trial_days);
            audit_trail::record(app, tx, Deed::new("plan.offered", "plan", &id).by(&staff.id).detail(detail)).await?;
            announce(app, tx, Event::new(Happening::PlansChanged, &id)).await
        })
        .await
}

/// Staff offer a plan no longer. Whoever has it keeps it.
pub async fn withdraw(app: &App, staff: &Staff, id: &PlanId) -> Result<()> {
    app.db
        .write(async |tx| {
            if !queries::withdraw_plan(tx, id).await? {
                return Err(Error::not_found());
            }
            audit_trail::record(app, tx, Deed::new("plan.withdrawn", "plan", id).by(&staff.id)).await?;
            announce(app, tx, Event::new(Happening::PlansChanged, id)).await
        })
        .await
}

/// A trial that began `at`, without a form: for people of the demo, whose memberships move no money.
pub async fn begin_at(
    app: &App,
    tx: &mut Tx,
    account: &AccountId,
    lang: Lang,
    plan: &PlanId,
    at: Moment,
) -> Result<SubscriptionId> {
    let all = queries::offered(tx, PRODUCT).await?;
    let tariff = all.into_iter().find(|one| one.plan == *plan).ok_or_else(|| Error::bug("a plan that is not offered"))?;
    if !queries::take_trial(tx, account, PRODUCT, at).await? {
        return Err(Error::bug("a second trial"));
    }
    let ends = at + days(i64::from(tariff.trial_days));
    let one = Subscription {
        id: app.new_id(),
        account: account.clone(),
        life: Life { state: SubscriptionState::Trialing, period_ends: Some(ends), ..Life::new(at) },
        zone: SCHOOL_ZONE.to_owned(),
        anchor: Some(ends),
        months_done: 0,
        row: 0,
        number: 0,
        starts: Some(at),
        agreement: None,
        lang,
        created_at: at,
        ended_at: None,
        version: 1,
        tariff,
    };
    if !queries::add(tx, &one).await? {
        return Err(Error::bug("a second subscription"));
    }
    queries::add_consent(tx, &app.new_id(), &one, &one.tariff, ends, at).await?;
    queries::add_period(tx, &one, Money::zero(one.tariff.amount.currency())).await?;
    audit_trail::record(app, tx, Deed::new("subscription.begun", "subscription", &one.id).by(account)).await?;
    if let Some(until) = one.life.access_until() {
        entitlement::open_pass(app, tx, account, one.id.as_str(), until).await?;
    }
    Ok(one.id)
}
