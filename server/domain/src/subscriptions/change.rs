//! What a subscriber may do: cancel and undo, pause and resume, change the plan, pay what is open, forget the card.

use super::happen::{Cause, Happened, difference, happen, running};
use super::queries::{self, Subscription};
use super::state::{Event, Refused};
use super::subscribe::offered;
use super::{PRODUCT, invoice, plan_of, refuse};
use crate::error::OrNotFound;
use crate::orders::{self, Once};
use crate::{App, Error, Member, Result};
use model::ids::{OrderId, PlanId, SubscriptionId};
use model::orders::{Key, NextStep};
use model::payments::Payer;
use model::subscriptions::{ChangePlan, ChangePreview, Refusal, SubscriptionState};
use model::time::minutes;
use model::{Moment, Money};
use store::Tx;

/// How long a preview holds.
const PREVIEW: model::time::Span = minutes(30);

async fn own(tx: &mut Tx, member: &Member) -> Result<Subscription> {
    let latest = queries::latest_of(tx, &member.id, PRODUCT).await?.or_not_found()?;
    queries::lock(tx, &latest.id).await?.or_not_found()
}

/// One of the member's own; somebody else's is not found.
async fn this(tx: &mut Tx, member: &Member, id: &SubscriptionId) -> Result<Subscription> {
    queries::lock(tx, id).await?.filter(|one| one.account == member.id).or_not_found()
}

/// The one that is meant: one of the member's own, or their latest.
async fn meant(tx: &mut Tx, member: &Member, which: Option<&SubscriptionId>) -> Result<Subscription> {
    match which {
        Some(id) => this(tx, member, id).await,
        None => own(tx, member).await,
    }
}

/// The refusal is written down, so it must not undo the transaction.
async fn plain(app: &App, member: &Member, which: Option<&SubscriptionId>, event: Event) -> Result<Option<OrderId>> {
    let outcome = app
        .db
        .write(async |tx| {
            let one = meant(tx, member, which).await?;
            if is_so(&one, &event) {
                return Ok(Ok(None));
            }
            if event == Event::Resume && one.life.state == SubscriptionState::Incomplete {
                return Ok(Ok(invoice::payable(app, tx, &one).await?));
            }
            let happened = happen(app, tx, &one, &event, Cause { actor: Some(&member.id), ..Cause::default() }).await?;
            Ok::<_, Error>(happened.map(|happened| happened.order))
        })
        .await?;
    outcome.map_err(|(Refused::Transition | Refused::Early)| refuse(Refusal::Transition))
}

/// What is wanted is so already: pressed twice, or called again after the answer was lost.
fn is_so(one: &Subscription, event: &Event) -> bool {
    use SubscriptionState::{Active, PastDue, Paused, Trialing};
    let life = &one.life;
    match event {
        Event::Cancel => life.cancels || life.state.is_over(),
        Event::Undo => {
            matches!(life.state, Active | Trialing | PastDue) && !life.cancels && !life.pauses && life.becomes.is_none()
        }
        Event::Pause => life.state == Paused || (matches!(life.state, Active | Trialing) && life.pauses),
        _ => false,
    }
}

/// Ends at the end of the period that was paid; nothing is charged any more.
pub async fn cancel(app: &App, member: &Member) -> Result<()> {
    plain(app, member, None, Event::Cancel).await.map(drop)
}

/// The same for this one.
pub async fn cancel_this(app: &App, member: &Member, id: &SubscriptionId) -> Result<()> {
    plain(app, member, Some(id), Event::Cancel).await.map(drop)
}

/// Goes on after all: neither cancelled nor about to rest; where it was neither, without the change of plan that was meant.
pub async fn undo(app: &App, member: &Member) -> Result<()> {
    plain(app, member, None, Event::Undo).await.map(drop)
}

/// The same for this one.
pub async fn undo_this(app: &App, member: &Member, id: &SubscriptionId) -> Result<()> {
    plain(app, member, Some(id), Event::Undo).await.map(drop)
}

/// Rests from the end of the period.
pub async fn pause(app: &App, member: &Member) -> Result<()> {
    plain(app, member, None, Event::Pause).await.map(drop)
}

/// The same for this one.
pub async fn pause_this(app: &App, member: &Member, id: &SubscriptionId) -> Result<()> {
    plain(app, member, Some(id), Event::Pause).await.map(drop)
}

/// Goes on after a rest: a new period begins when it is paid. Who has asked for that leads to the same invoice.
pub async fn resume(app: &App, member: &Member, payer: &Payer) -> Result<NextStep> {
    resumed(app, member, None, payer).await
}

/// The same for this one.
pub async fn resume_this(app: &App, member: &Member, id: &SubscriptionId, payer: &Payer) -> Result<NextStep> {
    resumed(app, member, Some(id), payer).await
}

async fn resumed(app: &App, member: &Member, which: Option<&SubscriptionId>, payer: &Payer) -> Result<NextStep> {
    let order = plain(app, member, which, Event::Resume).await?.ok_or_else(|| refuse(Refusal::Transition))?;
    orders::pay_invoice(app, member, &order, payer).await
}

/// Leads to paying what is open.
pub async fn pay_open(app: &App, member: &Member, payer: &Payer) -> Result<NextStep> {
    paid_open(app, member, None, payer).await
}

/// The same for this one.
pub async fn pay_this(app: &App, member: &Member, id: &SubscriptionId, payer: &Payer) -> Result<NextStep> {
    paid_open(app, member, Some(id), payer).await
}

async fn paid_open(app: &App, member: &Member, which: Option<&SubscriptionId>, payer: &Payer) -> Result<NextStep> {
    let order = app
        .db
        .write(async |tx| {
            let one = meant(tx, member, which).await?;
            invoice::payable(app, tx, &one).await
        })
        .await?;
    match order {
        Some(order) => orders::pay_invoice(app, member, &order, payer).await,
        None => Err(refuse(Refusal::Transition)),
    }
}

/// Forgets the saved way of paying: the next renewal is by a link. The worker ends it at the provider too.
pub async fn forget_payment(app: &App, member: &Member) -> Result<()> {
    app.db
        .write(async |tx| {
            let one = own(tx, member).await?;
            match &one.agreement {
                Some(id) => queries::end_agreement(tx, &one.id, id, app.now()).await,
                None => Ok(()),
            }
        })
        .await
}

/// What a change to `plan` would mean now.
pub async fn preview(app: &App, member: &Member, plan: &PlanId) -> Result<ChangePreview> {
    preview_of(app, member, None, plan).await
}

/// The same for this one.
pub async fn preview_this(app: &App, member: &Member, id: &SubscriptionId, plan: &PlanId) -> Result<ChangePreview> {
    preview_of(app, member, Some(id), plan).await
}

async fn preview_of(app: &App, member: &Member, which: Option<&SubscriptionId>, plan: &PlanId) -> Result<ChangePreview> {
    let at = Moment::from_millis(app.now().seconds() * 1_000);
    app.db
        .write(async |tx| {
            let one = meant(tx, member, which).await?;
            previewed(app, tx, &one, plan, at).await
        })
        .await
}

async fn previewed(app: &App, tx: &mut Tx, one: &Subscription, plan: &PlanId, at: Moment) -> Result<ChangePreview> {
    let to = offered(tx, plan).await?;
    if to.plan == one.tariff.plan && to.amount == one.tariff.amount {
        return Err(refuse(Refusal::SamePlan));
    }
    // what the button would refuse is not offered
    if one.life.state != SubscriptionState::Active || one.life.renewing || one.life.cancels {
        return Err(refuse(Refusal::Transition));
    }
    let (Some(ends), Some(running)) = (one.life.period_ends, running(tx, one).await?) else {
        return Err(refuse(Refusal::Transition));
    };
    let zero = Money::zero(to.amount.currency());
    let better =
        to.months > one.tariff.months || (to.months == one.tariff.months && to.amount.minor() > one.tariff.amount.minor());
    let difference = difference(&running, &one.tariff, &to, at)?;
    // a longer plan that costs nothing now is one for the end of the period
    let now = better && difference.due.minor() > 0;
    if now && one.life.pauses {
        return Err(refuse(Refusal::Transition));
    }
    let renews_at = match now && to.months != one.tariff.months {
        true => super::calendar::add_months(at, to.months, &one.zone)?,
        false => ends,
    };
    let all = queries::offered(tx, PRODUCT).await?;
    let id: model::ids::EventId = app.new_id();
    Ok(ChangePreview {
        from: plan_of(&one.tariff, &all),
        to: plan_of(&to, &all),
        now,
        credit: if now { difference.credit } else { zero },
        charge: if now { difference.charge } else { zero },
        due: if now { difference.due } else { zero },
        from_when: if now { at } else { ends },
        renews_at,
        at,
        key: Key::parse(id.as_str())?,
    })
}

/// Changes the plan as it was shown: a better one now, once its difference is paid; a smaller one at the end of the period.
/// None: nothing to pay.
pub async fn change_plan(app: &App, member: &Member, form: ChangePlan, payer: &Payer) -> Result<Option<NextStep>> {
    change(app, member, None, form, payer).await
}

/// The same for this one.
pub async fn change_this(
    app: &App,
    member: &Member,
    id: &SubscriptionId,
    form: ChangePlan,
    payer: &Payer,
) -> Result<Option<NextStep>> {
    change(app, member, Some(id), form, payer).await
}

async fn change(
    app: &App,
    member: &Member,
    which: Option<&SubscriptionId>,
    form: ChangePlan,
    payer: &Payer,
) -> Result<Option<NextStep>> {
    let request = form.parse()?;
    let sent = format!("{} {} {} {}", request.plan, request.due, request.price, request.at.millis());
    let once = Once { who: &member.id, route: "change_plan", key: &request.key, request: sent };
    let order = app
        .db
        .write(async |tx| {
            orders::lock_account(tx, &member.id).await?;
            if let Some(before) = once.before(tx).await? {
                return Ok(Ok(before.parse().ok().filter(|order: &OrderId| order.as_str() != "later")));
            }
            let one = meant(tx, member, which).await?;
            let shown = previewed(app, tx, &one, &request.plan, request.at).await?;
            let price = Money::new(request.price, shown.to.price.currency());
            if price != shown.to.price {
                return Err(refuse(Refusal::PriceChanged { was: price, now: shown.to.price }));
            }
            let age = app.now().since(request.at);
            if shown.due.minor() != request.due || age > PREVIEW || age.millis() < 0 {
                let fresh = previewed(app, tx, &one, &request.plan, app.now()).await?;
                let was = Money::new(request.due, fresh.due.currency());
                return Err(refuse(Refusal::PriceChanged { was, now: fresh.due }));
            }
            let order = match changed(app, tx, member, &one, &shown).await? {
                Ok(happened) => happened.order,
                Err(_) => return Ok(Err(refuse(Refusal::Transition))),
            };
            once.keep(app, tx, order.as_ref().map_or("later", |order| order.as_str())).await?;
            Ok::<_, Error>(Ok(order))
        })
        .await??;
    match order {
        Some(order) => orders::pay_invoice(app, member, &order, payer).await.map(Some),
        None => Ok(None),
    }
}

async fn changed(
    app: &App,
    tx: &mut Tx,
    member: &Member,
    one: &Subscription,
    shown: &ChangePreview,
) -> Result<Result<Happened, Refused>> {
    for open in queries::open_invoices(tx, &one.id).await? {
        if orders::is_being_paid(tx, &open.order).await? {
            return Err(refuse(Refusal::PaymentInProgress));
        }
    }
    let to = offered(tx, &shown.to.id).await?;
    let event = if shown.now { Event::Upgrade(to.id.clone()) } else { Event::Downgrade(to.id.clone()) };
    let cause = Cause { actor: Some(&member.id), computed_at: Some(shown.at), paid: None };
    let happened = happen(app, tx, one, &event, cause).await?;
    if happened.is_ok() {
        queries::add_consent(tx, &app.new_id(), one, &to, shown.from_when, app.now()).await?;
    }
    Ok(happened)
}
