//! Something happens to a subscription: the machine says what it means, and here it is done, in one transaction.

use super::calendar::add_months;
use super::invoice::{self, Wanted};
use super::proration::{Difference, Running};
use super::queries::{self, Invoice, Subscription, Tariff};
use super::state::{Effect, Event, Letter, Life, Refused, step};
use crate::audit_trail::{self, Deed};
use crate::error::Error;
use crate::events::{self, Happening, announce};
use crate::payments::Attempt;
use crate::{App, Result, entitlement, orders};
use model::Moment;
use model::ids::{AccountId, OrderId};
use model::orders::OrderState;
use model::subscriptions::{InvoiceKind, InvoiceState, SubscriptionState};
use store::Tx;

/// Why it happens, and what is known beyond the event.
#[derive(Default)]
pub(super) struct Cause<'a> {
    /// The person whose doing it is.
    pub actor: Option<&'a AccountId>,
    /// The invoice that was paid.
    pub paid: Option<&'a Invoice>,
    /// The moment a difference was computed for.
    pub computed_at: Option<Moment>,
}

/// What came of it.
pub(super) struct Happened {
    pub after: Subscription,
    /// An order that waits for money.
    pub order: Option<OrderId>,
    /// A charge that has to be sent once this is committed.
    pub charge: Option<Attempt>,
}

/// Lets `event` happen to a locked subscription. Refused: nothing changed, and one row of the trail says so.
pub(super) async fn happen(
    app: &App,
    tx: &mut Tx,
    before: &Subscription,
    event: &Event,
    cause: Cause<'_>,
) -> Result<Result<Happened, Refused>> {
    let now = app.now();
    let (life, effects) = match step(&before.life, event, now) {
        Ok(found) => found,
        Err(refused) => {
            let detail = format!("{} while {}", event.word(), before.life.state);
            let deed = Deed::new("subscription.refused", "subscription", &before.id).by_any(cause.actor).detail(detail);
            audit_trail::record(app, tx, deed).await?;
            return Ok(Err(refused));
        }
    };
    let mut done = Happened { after: Subscription { life, ..before.clone() }, order: None, charge: None };
    for effect in &effects {
        perform(app, tx, before, event, &cause, &mut done, effect).await?;
    }
    if done.after.life.state.is_over() {
        done.after.ended_at = Some(now);
    }
    queries::save(tx, before, &done.after).await?;
    if let Some(unused) = done.after.agreement.take_if(|_| done.after.life.state.is_over()) {
        queries::end_agreement(tx, &before.id, &unused, now).await?;
    }
    let deed = Deed::new(format!("subscription.{}", event.word()), "subscription", &before.id);
    audit_trail::record(app, tx, deed.by_any(cause.actor).detail(done.after.life.state.as_str())).await?;
    Ok(Ok(done))
}

async fn perform(
    app: &App,
    tx: &mut Tx,
    before: &Subscription,
    event: &Event,
    cause: &Cause<'_>,
    done: &mut Happened,
    effect: &Effect,
) -> Result<()> {
    let now = app.now();
    match effect {
        Effect::Open => match done.after.life.access_until() {
            Some(until) => entitlement::open_pass(app, tx, &before.account, before.id.as_str(), until).await,
            None => Ok(()),
        },
        Effect::Close => entitlement::close_pass(tx, before.id.as_str(), now).await,
        Effect::Change => {
            let paid = cause.paid.ok_or_else(|| Error::bug("a plan changed that was not paid for"))?;
            done.after.tariff = queries::tariff_of(tx, &paid.price).await?;
            if paid.kind == InvoiceKind::Upgrade && matches!(event, Event::UpgradePaid { anew: false }) {
                queries::add_value(tx, &before.id, before.number, paid.amount.minor()).await?;
            }
            Ok(())
        }
        Effect::Begin => begin(tx, before, cause, &mut done.after, now).await,
        Effect::Continue => follow(tx, cause, &mut done.after, now).await,
        Effect::Invoice => {
            let wanted = wanted(tx, before, event, cause, now).await?;
            done.order = Some(invoice::write(app, tx, before, &wanted).await?);
            Ok(())
        }
        Effect::Charge => {
            done.charge = invoice::charge(app, tx, &done.after).await?;
            Ok(())
        }
        Effect::AskToPay => ask_to_pay(app, tx, &done.after).await,
        Effect::Remind => remind(app, tx, before, &done.after.life, now).await,
        Effect::Void => void(app, tx, before, now).await,
        Effect::SendBack => Ok(()),
        Effect::Tell(letter) => {
            let what = match letter {
                Letter::PastDue => return ask_to_pay(app, tx, &done.after).await,
                Letter::Begun => Happening::SubscriptionBegun,
                Letter::Ended => Happening::SubscriptionEnded,
                Letter::Cancelled => Happening::SubscriptionCancelled,
                Letter::Paused => Happening::SubscriptionPaused,
            };
            // whoever cancels what is owed keeps the grace
            let until = if *letter == Letter::Cancelled { done.after.life.access_until() } else { done.after.life.period_ends };
            tell(app, tx, &done.after, what, serde_json::json!({ "until": until })).await
        }
    }
}

/// The link to what waits for money, and until when it can be paid with access as it is.
async fn ask_to_pay(app: &App, tx: &mut Tx, of: &Subscription) -> Result<()> {
    let Some(order) = invoice::payable(app, tx, of).await? else { return Ok(()) };
    let told = serde_json::json!({ "order": order, "until": of.life.access_until() });
    tell(app, tx, of, Happening::SubscriptionDue, told).await
}

/// A row of periods begins now. What is left of a period that runs goes over into the new one.
async fn begin(tx: &mut Tx, before: &Subscription, cause: &Cause<'_>, after: &mut Subscription, now: Moment) -> Result<()> {
    let paid = cause.paid.ok_or_else(|| Error::bug("a period began that was not paid for"))?;
    let mut value = paid.amount;
    let mut starts = now;
    if before.life.state == SubscriptionState::Active
        && let Some(running) = running(tx, before).await?
    {
        // a period cannot end in the moment it began
        starts = now.max(running.starts + model::time::seconds(1));
        let credit = if running.value.minor() < paid.credit.minor() { running.value } else { paid.credit };
        queries::cut_period(tx, before, starts, running.value.minus(credit)?).await?;
        value = value.plus(credit)?;
    }
    after.number = before.number + 1;
    first_of_a_row(after, starts)?;
    queries::add_period(tx, after, value).await
}

/// The next period begins where the last one ended; months are counted from the anchor. Where it would be over already, because
/// nobody was at work for so long, a new row begins now: nobody pays for time that is wholly gone.
async fn follow(tx: &mut Tx, cause: &Cause<'_>, after: &mut Subscription, now: Moment) -> Result<()> {
    let paid = cause.paid.ok_or_else(|| Error::bug("a period began that was not paid for"))?;
    let anchor = after.anchor.ok_or_else(|| Error::bug("a renewal without a beginning"))?;
    let ends = add_months(anchor, after.months_done + after.tariff.months, &after.zone)?;
    after.number += 1;
    if ends > now {
        after.months_done += after.tariff.months;
        after.starts = after.life.period_ends;
        after.life.period_ends = Some(ends);
    } else {
        first_of_a_row(after, now)?;
    }
    queries::add_period(tx, after, paid.amount).await
}

/// The first period of another row: months are counted from `starts`.
fn first_of_a_row(after: &mut Subscription, starts: Moment) -> Result<()> {
    after.row += 1;
    after.anchor = Some(starts);
    after.months_done = after.tariff.months;
    after.starts = Some(starts);
    after.life.period_ends = Some(add_months(starts, after.months_done, &after.zone)?);
    Ok(())
}

/// The period that runs and is not earned yet.
pub(super) async fn running(tx: &mut Tx, of: &Subscription) -> Result<Option<Running>> {
    let value = queries::period_value(tx, of).await?;
    Ok(of.starts.zip(of.life.period_ends).zip(value).map(|((starts, ends), value)| Running { starts, ends, value }))
}

/// The difference to `to`, computed at `now`.
pub(super) fn difference(running: &Running, from: &Tariff, to: &Tariff, now: Moment) -> Result<Difference> {
    if from.months == to.months { running.change(to.amount, now) } else { running.restart(to.amount, now) }
}

/// The invoice that an event asks for.
async fn wanted(tx: &mut Tx, before: &Subscription, event: &Event, cause: &Cause<'_>, now: Moment) -> Result<Wanted> {
    let change = |price: &Option<model::ids::PriceId>| price.clone().unwrap_or_else(|| before.tariff.id.clone());
    if let Event::Upgrade(price) = event {
        let tariff = queries::tariff_of(tx, price).await?;
        let running = running(tx, before).await?.ok_or_else(|| Error::bug("a difference to no period"))?;
        let difference = difference(&running, &before.tariff, &tariff, cause.computed_at.unwrap_or(now))?;
        return Ok(Wanted {
            kind: InvoiceKind::Upgrade,
            number: before.number,
            amount: difference.due,
            credit: difference.credit,
            tariff,
            until: now + orders::PATIENCE,
        });
    }
    let tariff = queries::tariff_of(tx, &change(&before.life.becomes)).await?;
    let renewal = matches!(event, Event::PeriodEnd(_));
    Ok(Wanted {
        kind: if renewal { InvoiceKind::Renewal } else { InvoiceKind::First },
        number: before.number + 1,
        amount: tariff.amount,
        credit: model::Money::zero(tariff.amount.currency()),
        tariff,
        until: invoice::until(before, renewal, now),
    })
}

/// What the next charge will be, told before it happens.
async fn remind(app: &App, tx: &mut Tx, of: &Subscription, after: &Life, now: Moment) -> Result<()> {
    let price = of.life.becomes.as_ref().unwrap_or(&of.tariff.id);
    let amount = queries::tariff_of(tx, price).await?.amount;
    let charge_at = after.may_charge_at().ok_or_else(|| Error::bug("a reminder of no charge"))?;
    queries::add_reminder(tx, &app.new_id(), of, amount, charge_at, now).await?;
    let alone = invoice::means(app, tx, of).await? == super::state::Means::Alone;
    let told = serde_json::json!({ "amount": amount, "at": charge_at, "alone": alone });
    tell(app, tx, of, Happening::SubscriptionReminder, told).await
}

/// Nothing is to be paid any more: the invoices are void and their orders closed, whoever may be paying them now.
pub(super) async fn void(app: &App, tx: &mut Tx, of: &Subscription, now: Moment) -> Result<()> {
    for open in queries::open_invoices(tx, &of.id).await? {
        queries::close_invoice(tx, &open.order, InvoiceState::Void, now).await?;
        if orders::order(tx, &open.order).await?.is_some_and(|order| order.state == OrderState::AwaitingPayment) {
            orders::withdraw(app, tx, &open.order).await?;
        }
    }
    Ok(())
}

pub(super) async fn tell(app: &App, tx: &mut Tx, of: &Subscription, what: Happening, detail: serde_json::Value) -> Result<()> {
    announce(app, tx, events::Event::new(what, &of.id).of(&of.account).with(detail)).await
}
