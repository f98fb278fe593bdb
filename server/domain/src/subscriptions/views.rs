//! The membership as its page and its members see it.

use super::queries::{self, Subscription, Tariff};
use super::state::{Event, LONGEST_PAUSE, Life, step};
use super::{PRODUCT, plan_of};
use crate::error::OrNotFound;
use crate::{App, Member, Result, Visitor, entitlement, orders, payments};
use model::ids::SubscriptionId;
use model::orders::Key;
use model::payments::Provider;
use model::subscriptions::{MembershipPage, MyMembership, MySubscription, Plan, SubscriptionState, WayToPay};
use model::{Currency, Moment};
use store::Conn;

/// How many of its courses the page shows.
const SHOWN: i64 = 8;

fn new_key(app: &App) -> Result<Key> {
    let id: model::ids::EventId = app.new_id();
    Ok(Key::parse(id.as_str())?)
}

/// The public page. None where nothing is offered.
pub async fn membership_page(app: &App, visitor: &Visitor) -> Result<Option<MembershipPage>> {
    let mut conn = app.db.read().await?;
    let all = queries::offered(&mut conn, PRODUCT).await?;
    // the longest is the one most people want to see first
    let Some(longest) = all.iter().max_by_key(|tariff| tariff.months) else { return Ok(None) };
    let (chosen, currency) = (longest.plan.clone(), longest.amount.currency());
    let (mut subscribed, mut trial_open) = (None, true);
    if let Some(me) = &visitor.me {
        let latest = queries::latest_of(&mut conn, &me.id, PRODUCT).await?;
        subscribed = latest.map(|one| one.life.state).filter(|state| !state.is_over());
        trial_open = !queries::had_trial(&mut conn, &me.id, PRODUCT).await?;
    }
    let (courses, lessons, seconds) = queries::size(&mut conn).await?;
    let language = match visitor.lang {
        model::Lang::Zh => "zh-CN",
        model::Lang::En => "en",
    };
    Ok(Some(MembershipPage {
        plans: all.iter().map(|tariff| plan_of(tariff, &all)).collect(),
        chosen,
        courses,
        lessons,
        seconds,
        shown: queries::included(&mut conn, language, SHOWN).await?,
        subscribed,
        trial_open,
        ways: ways(app, currency, None),
        today: app.now(),
        key: new_key(app)?,
    }))
}

/// What can be subscribed to now.
pub async fn offered_plans(app: &App) -> Result<Vec<Plan>> {
    let all = queries::offered(&mut app.db.read().await?, PRODUCT).await?;
    Ok(all.iter().map(|tariff| plan_of(tariff, &all)).collect())
}

/// By whom money of this currency can be paid; `first` before the others.
fn ways(app: &App, currency: Currency, first: Option<Provider>) -> Vec<WayToPay> {
    let there = app.ports.gateways.iter().filter(|gateway| gateway.takes(currency));
    let mut all: Vec<WayToPay> =
        there.map(|gateway| WayToPay { provider: gateway.provider(), alone: gateway.charges_alone() }).collect();
    all.sort_by_key(|way| Some(way.provider) != first);
    all
}

/// One's own membership: the one that lives, or the last that did.
pub async fn my_membership(app: &App, member: &Member) -> Result<MyMembership> {
    let mut conn = app.db.read().await?;
    let Some(one) = queries::latest_of(&mut conn, &member.id, PRODUCT).await? else {
        return Ok(MyMembership { subscription: None });
    };
    let all = queries::offered(&mut conn, PRODUCT).await?;
    Ok(MyMembership { subscription: Some(shown(app, &mut conn, &one, &all).await?) })
}

/// One of the member's own; somebody else's is not found.
pub async fn show(app: &App, member: &Member, id: &SubscriptionId) -> Result<MySubscription> {
    let mut conn = app.db.read().await?;
    let one = queries::one(&mut conn, id).await?.filter(|one| one.account == member.id).or_not_found()?;
    let all = queries::offered(&mut conn, PRODUCT).await?;
    shown(app, &mut conn, &one, &all).await
}

/// The member's own that come after `after` in the list, the latest first, at most `limit`.
pub async fn list_after(app: &App, member: &Member, after: Option<&SubscriptionId>, limit: u32) -> Result<Vec<MySubscription>> {
    let mut conn = app.db.read().await?;
    let all = queries::offered(&mut conn, PRODUCT).await?;
    let mut found = Vec::new();
    for one in queries::of_member(&mut conn, &member.id, after, i64::from(limit)).await? {
        found.push(shown(app, &mut conn, &one, &all).await?);
    }
    Ok(found)
}

/// Until when there is access after cancelling.
fn cancels_until(life: &Life, now: Moment) -> Option<Moment> {
    if life.cancels {
        return life.access_until();
    }
    step(life, &Event::Cancel, now).ok().and_then(|(cancelled, _)| cancelled.access_until())
}

async fn shown(app: &App, conn: &mut Conn, one: &Subscription, all: &[Tariff]) -> Result<MySubscription> {
    let life = &one.life;
    let becomes = match &life.becomes {
        Some(price) => Some(queries::tariff_of(conn, price).await?),
        None => None,
    };
    let next = becomes.as_ref().unwrap_or(&one.tariff).amount;
    let goes_on = !life.state.is_over() && !life.cancels && !life.pauses && life.state != SubscriptionState::Incomplete;
    let open = queries::open_invoices(conn, &one.id).await?;
    let being_paid = match open.last() {
        Some(invoice) => payments::live(conn, invoice.order.as_str()).await?.is_some(),
        None => false,
    };
    let last = orders::last_way(conn, &one.account).await?;
    let suspended = !life.state.is_over() && entitlement::is_suspended(conn, one.id.as_str()).await?;
    Ok(MySubscription {
        id: one.id.clone(),
        state: life.state,
        plan: plan_of(&one.tariff, all),
        cancels: life.cancels,
        pauses: life.pauses,
        becomes: becomes.filter(|_| !life.cancels).map(|tariff| plan_of(&tariff, all)),
        period_ends: life.period_ends,
        access_until: life.access_until().filter(|_| !suspended),
        suspended,
        paused_until: (life.state == SubscriptionState::Paused).then(|| life.since + LONGEST_PAUSE),
        ended_at: one.ended_at,
        next_amount: goes_on.then_some(next),
        charge_at: life.expects_charge_at(app.now()).filter(|_| goes_on),
        cancels_until: cancels_until(life, app.now()),
        reminded: life.reminded_at.is_some(),
        pays_alone: super::invoice::saved(app, conn, one).await?,
        ways: if being_paid { Vec::new() } else { ways(app, next.currency(), last) },
        to_pay: open.last().map(|invoice| invoice.amount),
        invoices: queries::invoice_rows(conn, &one.id).await?,
        others: all.iter().filter(|tariff| tariff.plan != one.tariff.plan).map(|tariff| plan_of(tariff, all)).collect(),
        key: new_key(app)?,
    })
}
