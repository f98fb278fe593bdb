//! Beginning: with money, or with the trial.

use super::queries::{self, Subscription, Tariff};
use super::state::Life;
use super::{PRODUCT, invoice, refuse};
use crate::audit_trail::{self, Deed};
use crate::events::Happening;
use crate::orders::{self, Once};
use crate::{App, Error, Member, Result, entitlement};
use model::Lang;
use model::ids::PlanId;
use model::orders::NextStep;
use model::payments::Payer;
use model::subscriptions::{InvoiceKind, Refusal, Subscribe, SubscribeRequest, SubscriptionState};
use model::time::days;
use model::{Moment, Money};
use store::Tx;

/// Where somebody goes who subscribed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscribed {
    /// To pay, or to see how the payment stands.
    Pay(NextStep),
    /// Nothing to pay: the trial has begun.
    Trial,
}

/// Subscribes, once per form. Whoever has begun and not paid yet is led to the same order, of the plan chosen last. Months are counted
/// on the calendar of `zone`, or, where we know no such zone, on the school's.
pub async fn subscribe(app: &App, member: &Member, lang: Lang, zone: &str, form: Subscribe, payer: &Payer) -> Result<Subscribed> {
    let request = form.parse()?;
    let sent = format!("{} {} {:?}", request.plan, request.price, request.trial);
    let once = Once { who: &member.id, route: "subscribe", key: &request.key, request: sent };
    let order = app
        .db
        .write(async |tx| {
            orders::lock_account(tx, &member.id).await?;
            if let Some(before) = once.before(tx).await? {
                return Ok(before.parse().ok());
            }
            let order = begin(app, tx, member, lang, zone, &request).await?;
            once.keep(app, tx, order.as_ref().map_or("trial", |order| order.as_str())).await?;
            Ok::<_, Error>(order)
        })
        .await?;
    match order {
        Some(order) if order.as_str() != "trial" => {
            let payer = payer.clone().by(request.provider.or(payer.provider));
            orders::pay_invoice(app, member, &order, &payer).await.map(Subscribed::Pay)
        }
        _ => Ok(Subscribed::Trial),
    }
}

async fn begin(
    app: &App,
    tx: &mut Tx,
    member: &Member,
    lang: Lang,
    zone: &str,
    request: &SubscribeRequest,
) -> Result<Option<model::ids::OrderId>> {
    let tariff = offered(tx, &request.plan).await?;
    as_shown(&tariff, request)?;
    if let Some(other) = queries::latest_of(tx, &member.id, PRODUCT).await?
        && !other.life.state.is_over()
    {
        if other.life.state != SubscriptionState::Incomplete || request.trial.is_some() {
            return Err(refuse(Refusal::AlreadySubscribed));
        }
        let waiting = queries::lock(tx, &other.id).await?.filter(|one| one.life.state == SubscriptionState::Incomplete);
        let waiting = waiting.ok_or_else(|| refuse(Refusal::PaymentInProgress))?;
        return again(app, tx, &waiting, &tariff).await.map(Some);
    }
    if request.trial.is_some() && (tariff.trial_days == 0 || !queries::take_trial(tx, &member.id, PRODUCT, app.now()).await?) {
        return Err(refuse(Refusal::TrialUsed));
    }
    let zone = if super::calendar::is_zone(zone) { zone } else { super::calendar::SCHOOL_ZONE };
    let one = new(app, member, lang, zone, tariff, request.trial.is_some());
    if !queries::add(tx, &one).await? {
        return Err(refuse(Refusal::AlreadySubscribed));
    }
    let charge_at = one.life.period_ends.unwrap_or(app.now());
    queries::add_consent(tx, &app.new_id(), &one, &one.tariff, charge_at, app.now()).await?;
    let deed = Deed::new("subscription.begun", "subscription", &one.id).by(&member.id).detail(one.life.state.as_str());
    audit_trail::record(app, tx, deed).await?;
    if request.trial.is_none() {
        return first(app, tx, &one).await.map(Some);
    }
    queries::add_period(tx, &one, model::Money::zero(one.tariff.amount.currency())).await?;
    if let Some(until) = one.life.access_until() {
        entitlement::open_pass(app, tx, &one.account, one.id.as_str(), until).await?;
    }
    let until = serde_json::json!({ "until": one.life.period_ends, "trial": true });
    super::happen::tell(app, tx, &one, Happening::SubscriptionBegun, until).await?;
    Ok(None)
}

/// What was agreed to is what the page said: its price, and how long the trial is.
fn as_shown(tariff: &Tariff, request: &SubscribeRequest) -> Result<()> {
    let was = Money::new(request.price, tariff.amount.currency());
    if was != tariff.amount {
        return Err(refuse(Refusal::PriceChanged { was, now: tariff.amount }));
    }
    match request.trial {
        Some(was) if was != tariff.trial_days => Err(refuse(Refusal::TrialChanged { was, now: tariff.trial_days })),
        _ => Ok(()),
    }
}

/// The plan at today's price.
pub(super) async fn offered(tx: &mut Tx, plan: &PlanId) -> Result<Tariff> {
    queries::offered(tx, PRODUCT)
        .await?
        .into_iter()
        .find(|tariff| tariff.plan == *plan)
        .ok_or_else(|| refuse(Refusal::NotOffered))
}

/// Another plan may have been chosen meanwhile; what waits for money is asked for in one order and no more.
async fn again(app: &App, tx: &mut Tx, one: &Subscription, tariff: &Tariff) -> Result<model::ids::OrderId> {
    if one.tariff.id == tariff.id
        && let Some(order) = invoice::payable(app, tx, one).await?
    {
        return Ok(order);
    }
    for open in queries::open_invoices(tx, &one.id).await? {
        if orders::is_being_paid(tx, &open.order).await? {
            return Err(refuse(Refusal::PaymentInProgress));
        }
    }
    super::happen::void(app, tx, one, app.now()).await?;
    let chosen = Subscription { tariff: tariff.clone(), life: Life { since: app.now(), ..one.life.clone() }, ..one.clone() };
    queries::save(tx, one, &chosen).await?;
    audit_trail::record(app, tx, Deed::new("subscription.chosen_again", "subscription", &one.id).by(&one.account)).await?;
    queries::add_consent(tx, &app.new_id(), &chosen, tariff, app.now(), app.now()).await?;
    first(app, tx, &chosen).await
}

async fn first(app: &App, tx: &mut Tx, one: &Subscription) -> Result<model::ids::OrderId> {
    let wanted = invoice::Wanted {
        kind: InvoiceKind::First,
        number: one.number + 1,
        tariff: one.tariff.clone(),
        amount: one.tariff.amount,
        credit: model::Money::zero(one.tariff.amount.currency()),
        until: invoice::until(one, false, app.now()),
    };
    invoice::write(app, tx, one, &wanted).await
}

fn new(app: &App, member: &Member, lang: Lang, zone: &str, tariff: Tariff, trial: bool) -> Subscription {
    let now = app.now();
    let trial_ends: Option<Moment> = trial.then(|| now + days(i64::from(tariff.trial_days)));
    let state = if trial { SubscriptionState::Trialing } else { SubscriptionState::Incomplete };
    Subscription {
        id: app.new_id(),
        account: member.id.clone(),
        tariff,
        life: Life { state, period_ends: trial_ends, ..Life::new(now) },
        zone: zone.to_owned(),
        // the first paid period begins where the trial ends
        anchor: trial_ends,
        months_done: 0,
        row: 0,
        number: 0,
        starts: trial.then_some(now),
        agreement: None,
        lang,
        created_at: now,
        ended_at: None,
        version: 1,
    }
}
