//! Money going back: asked for by staff or sent back by itself; reserved in the ledger, submitted, and settled by evidence.

use super::checkout::refuse;
use super::once::Once;
use super::queries::{self, Line, Order, Refund};
use super::receipt;
use super::refund_state::{NotPossible, RefundEvent, step};
use super::settle::links;
use super::state::{self, Stray};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::ledger::{self, Account, Entry, Kind, Links, Resolution};
use crate::payments::{self, Attempt, RefundAsk, RefundFact, Trouble};
use crate::{App, Error, Result, Staff, catalog, entitlement, promotions, subscriptions, vouchers};
use model::Money;
use model::entitlement::Source;
use model::ids::{OrderId, RefundId};
use model::orders::{LineKind, OrderState, RefundForm, Refunded, Refusal};
use model::payments::{RefundCause, RefundState};
use model::time::{Span, days, hours, minutes, seconds};
use store::Tx;

/// When to ask again about a refund that gave no final answer; after the last a person must look.
const QUESTIONS: [Span; 9] = [seconds(10), minutes(1), minutes(5), hours(1), days(1), days(1), days(1), days(1), days(1)];

/// Staff ask for a refund of a paid order. Up to the limit it is approved as it is asked for; above, a second person decides.
pub async fn request_refund(app: &App, staff: &Staff, id: &OrderId, form: RefundForm) -> Result<RefundId> {
    let currency = queries::order(&mut app.db.read().await?, id).await?.or_not_found()?.total.currency();
    let request = form.parse(currency)?;
    let sent = format!("{id} {:?} {}", request.amount, request.reason);
    let once = Once { who: &staff.id, route: "refund", key: &request.key, request: sent };
    app.db
        .write(async |tx| {
            let order = queries::lock(tx, id).await?.or_not_found()?;
            if let Some(before) = once.before(tx).await? {
                return before.parse().map_err(Error::bug);
            }
            let paid_by =
                order.paid_attempt.clone().filter(|_| order.state == OrderState::Paid).ok_or_else(|| refuse(Refusal::Closed))?;
            let attempt = payments::lock(tx, &paid_by).await?;
            let left = refundable(&order, &attempt)?;
            let amount = request.amount.unwrap_or(left);
            if amount.minor() <= 0
                || amount.minor() > left.minor()
                || !payments::refund_reserve(tx, &attempt.id, amount.minor()).await?
            {
                return Err(refuse(Refusal::TooMuch { left }));
            }
            let mut refund = new_refund(app, &order, &attempt, amount, RefundCause::Staff, &request.reason);
            refund.requested_by = Some(staff.id.clone());
            (refund.clawback, refund.tax) = parts(tx, &order, amount).await?;
            queries::add_refund(tx, &refund).await?;
            note(app, tx, &refund, "requested", Some(staff)).await?;
            if amount.minor() <= app.settings.refund_limit {
                decide(app, tx, &order, &attempt, &refund, RefundEvent::Approve, Some(staff)).await?;
            }
            once.keep(app, tx, refund.id.as_str()).await?;
            Ok::<_, Error>(refund.id)
        })
        .await
}

/// A second person approves.
pub async fn approve(app: &App, staff: &Staff, id: &RefundId) -> Result<OrderId> {
    decided(app, staff, id, RefundEvent::Approve).await
}

/// Anyone of staff, the one who asked included, takes it back.
pub async fn reject(app: &App, staff: &Staff, id: &RefundId) -> Result<OrderId> {
    decided(app, staff, id, RefundEvent::Reject).await
}

async fn decided(app: &App, staff: &Staff, id: &RefundId, event: RefundEvent) -> Result<OrderId> {
    app.db
        .write(async |tx| {
            let (order, attempt, refund) = locked(tx, id).await?;
            if event == RefundEvent::Approve && refund.requested_by.as_ref() == Some(&staff.id) {
                return Err(refuse(Refusal::SecondPerson));
            }
            decide(app, tx, &order, &attempt, &refund, event, Some(staff)).await?;
            Ok::<_, Error>(order.id)
        })
        .await
}

async fn decide(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    attempt: &Attempt,
    refund: &Refund,
    event: RefundEvent,
    staff: Option<&Staff>,
) -> Result<()> {
    let approved = Refund { approved_by: staff.map(|staff| staff.id.clone()), ..refund.clone() };
    change(app, tx, &approved, event, staff).await?;
    if event == RefundEvent::Reject {
        return payments::refund_release(tx, &attempt.id, refund.amount.minor()).await;
    }
    let lines = queries::lines(tx, &order.id).await?;
    if refund.cause == RefundCause::Staff {
        for line in &lines {
            vouchers::take_back(app, tx, line.id.as_str()).await?;
        }
    }
    let from = held_by(tx, order, &lines).await?;
    ledger::post(app, tx, &reservation(order, attempt, refund, &lines, from)).await?;
    queries::set_refund_due(tx, &refund.id, Some(app.now()), 0).await?;
    tx.wake();
    Ok(())
}

/// Sends money back that has no place, without asking anyone.
pub(super) async fn send_back(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    attempt: &Attempt,
    amount: Money,
    stray: Stray,
) -> Result<()> {
    let cause = match stray {
        Stray::Late => RefundCause::Late,
        Stray::Second => RefundCause::Second,
        Stray::Mismatch => RefundCause::Mismatch,
    };
    if !payments::refund_reserve(tx, &attempt.id, amount.minor()).await? {
        return Err(Error::bug("money to be sent back was not there"));
    }
    let refund = new_refund(app, order, attempt, amount, cause, "");
    queries::add_refund(tx, &refund).await?;
    note(app, tx, &refund, "requested", None).await?;
    decide(app, tx, order, attempt, &refund, RefundEvent::Approve, None).await
}

fn new_refund(app: &App, order: &Order, attempt: &Attempt, amount: Money, cause: RefundCause, reason: &str) -> Refund {
    let nothing = Money::zero(amount.currency());
    Refund {
        id: app.new_id(),
        order: order.id.clone(),
        attempt: attempt.id.clone(),
        cause,
        state: RefundState::Requested,
        amount,
        clawback: nothing,
        tax: nothing,
        reason: reason.to_owned(),
        requested_by: None,
        approved_by: None,
        created_at: app.now(),
        asked: 0,
        version: 1,
    }
}

/// What of the money that a provider took for the order is neither refunded nor asked back.
pub(super) fn refundable(order: &Order, attempt: &Attempt) -> Result<Money> {
    Ok(order.due.minus(Money::new(attempt.refund_reserved, order.due.currency()))?)
}

/// Of a refund: what comes from the instructor's share and what is tax. The last part takes the remainder, so that the parts of
/// a fully refunded order are exactly what was booked (INV-M4).
async fn parts(tx: &mut Tx, order: &Order, amount: Money) -> Result<(Money, Money)> {
    let zero = Money::zero(order.total.currency());
    let (mut share, mut tax) = (zero, zero);
    for line in queries::lines(tx, &order.id).await? {
        if line.opens() {
            share = share.plus(line.share)?;
        }
        tax = tax.plus(line.tax)?;
    }
    let (mut left, mut share_left, mut tax_left) = (order.total, share, tax);
    for other in queries::refunds_of(tx, &order.id).await? {
        if other.cause == RefundCause::Staff && other.state.is_reserved() {
            left = left.minus(other.amount)?;
            share_left = share_left.minus(other.clawback)?;
            tax_left = tax_left.minus(other.tax)?;
        }
    }
    if amount == left {
        return Ok((share_left, tax_left));
    }
    let total = order.total.minor();
    let portion = |whole: Money, left: Money| -> Result<Money> {
        let part = whole.portion(amount.minor(), total)?;
        Ok(if part.minor() > left.minor() { left } else { part })
    };
    Ok((portion(share, share_left)?, portion(tax, tax_left)?))
}

/// Where the money of an order is: what was paid for gifts and seats that nobody has yet, and for time that is not over, is not
/// earned.
async fn held_by(tx: &mut Tx, order: &Order, lines: &[Line]) -> Result<Account> {
    Ok(match lines {
        [line] if matches!(line.item.kind, LineKind::Gift | LineKind::SeatPack) => Account::Deferred(line.id.to_string()),
        [line] if line.item.kind == LineKind::Subscription && subscriptions::is_unearned(tx, &order.id).await? => {
            Account::Deferred(line.id.to_string())
        }
        _ => Account::Revenue,
    })
}

/// Reserved: revenue → psp, tax → psp, the instructors' shares → revenue; or suspense → psp.
fn reservation(order: &Order, attempt: &Attempt, refund: &Refund, lines: &[Line], from: Account) -> Entry {
    let links = Links { refund: Some(refund.id.to_string()), ..links(order, attempt) };
    let psp = || Account::Psp(attempt.provider);
    if refund.cause != RefundCause::Staff {
        return Entry::new(links).reserved(Account::Suspense, psp(), refund.amount, Kind::StrayRefund);
    }
    // tax is at most the amount (checked by the table)
    let net = refund.amount.minus(refund.tax).unwrap_or(refund.amount);
    let parts: Vec<_> = lines.iter().flat_map(|line| line.parts.iter().map(move |part| (line, part))).collect();
    let weights: Vec<(String, u64)> =
        parts.iter().map(|(line, part)| (format!("{} {}", line.id, part.course), part.share.minor().unsigned_abs())).collect();
    let entry =
        Entry::new(links).reserved(from, psp(), net, Kind::Refund).reserved(Account::Tax, psp(), refund.tax, Kind::RefundTax);
    parts.iter().zip(refund.clawback.split(&weights)).fold(entry, |entry, ((_, part), back)| {
        entry.reserved(Account::InstructorPending(part.instructor.clone()), Account::Revenue, back, Kind::Clawback)
    })
}

/// Refunds whose time has come.
pub async fn due_refunds(app: &App, limit: i64) -> Result<Vec<RefundId>> {
    queries::due_refunds(&mut app.db.read().await?, app.now(), limit).await
}

/// Sends a refund to its provider, or asks again: the same call with the same key. Written down first, answered after.
pub async fn submit_refund(app: &App, id: &RefundId) -> Result<()> {
    let ready = app
        .db
        .write(async |tx| {
            let (order, attempt, refund) = locked(tx, id).await?;
            let Ok(after) = step(refund.state, RefundEvent::Submit) else {
                queries::set_refund_due(tx, id, None, refund.asked).await?;
                return Ok(None);
            };
            if after != refund.state {
                change(app, tx, &refund, RefundEvent::Submit, None).await?;
                let request =
                    crate::secrets::hash(&format!("{} {} {}", attempt.id, refund.amount.minor(), refund.amount.currency()));
                payments::note_call(tx, id.as_str(), attempt.provider, &request, app.now()).await?;
            }
            let pause = usize::try_from(refund.asked).ok().and_then(|asked| QUESTIONS.get(asked));
            if pause.is_none() {
                tracing::error!(refund.id = %id, "a refund stays unclear: a person must look");
                change(app, tx, &refund, RefundEvent::GiveUp, None).await?;
                queries::set_refund_due(tx, id, None, refund.asked).await?;
                return Ok(None);
            }
            queries::set_refund_due(tx, id, pause.map(|pause| app.now() + *pause), refund.asked + 1).await?;
            Ok::<_, Error>(Some((order, attempt, refund)))
        })
        .await?;
    let Some((_, attempt, refund)) = ready else { return Ok(()) };
    let Some(payment) = attempt.provider_id.clone() else { return Err(Error::bug("a captured attempt without a payment")) };
    let ask = RefundAsk { refund: id.to_string(), payment, amount: refund.amount, reason: refund.reason.clone() };
    let answer = payments::gateway(app, attempt.provider)?.refund(&ask).await;
    let fact = match answer {
        Ok(found) => RefundEvent::Fact(found.fact),
        Err(Trouble::Refused(reason)) => {
            tracing::warn!(refund.id = %id, %reason, "a provider refused a refund");
            RefundEvent::Fact(RefundFact::Failed)
        }
        Err(Trouble::Silent(reason)) => {
            tracing::warn!(refund.id = %id, %reason, "a provider gave no answer about a refund");
            RefundEvent::Lost
        }
    };
    app.db.write(async |tx| happened(app, tx, id, fact).await).await
}

/// A provider tells how a refund has come along.
pub async fn refund_fact(app: &App, tx: &mut Tx, id: &RefundId, fact: RefundFact) -> Result<()> {
    happened(app, tx, id, RefundEvent::Fact(fact)).await
}

async fn happened(app: &App, tx: &mut Tx, id: &RefundId, event: RefundEvent) -> Result<()> {
    let (order, attempt, refund) = locked(tx, id).await?;
    let Ok(after) = step(refund.state, event) else {
        let detail = format!("{event:?} while {}", refund.state);
        return audit_trail::record(app, tx, Deed::new("refund.refused", "refund", id).detail(detail)).await;
    };
    if after == refund.state {
        return Ok(());
    }
    change(app, tx, &refund, event, None).await?;
    match (refund.state, after) {
        (_, RefundState::Succeeded) => succeeded(app, tx, &order, &refund).await,
        (RefundState::Succeeded, RefundState::Failed) => came_back(app, tx, &order, &attempt, &refund).await,
        (_, RefundState::Failed) => {
            ledger::resolve(app, tx, id.as_str(), Resolution::Void).await?;
            payments::refund_release(tx, &attempt.id, refund.amount.minor()).await
        }
        _ => Ok(()),
    }
}

async fn succeeded(app: &App, tx: &mut Tx, order: &Order, refund: &Refund) -> Result<()> {
    ledger::resolve(app, tx, refund.id.as_str(), Resolution::Post).await?;
    queries::set_refund_due(tx, &refund.id, None, refund.asked).await?;
    if refund.cause != RefundCause::Staff {
        return Ok(());
    }
    state::step(order.state, state::Event::Refunded).map_err(|_| Error::bug("a refund of an order that was not paid"))?;
    let refunded = order.refunded.plus(refund.amount)?;
    let extent = if refunded == order.total { Refunded::Full } else { Refunded::Partial };
    queries::set_refunded(tx, order, refunded, extent).await?;
    receipt::credit(app, tx, order, refund).await?;
    if extent == Refunded::Full {
        promotions::give_back(app, tx, &order.id).await?;
        for line in queries::lines(tx, &order.id).await? {
            for course in entitlement::revoke(app, tx, Source::OrderLine, line.id.as_str()).await? {
                catalog::count_learners(tx, &course, -1).await?;
            }
        }
    }
    subscriptions::order_refunded(app, tx, &order.id, refund.amount, extent == Refunded::Full).await?;
    let told = serde_json::json!({ "amount": refund.amount, "state": extent, "lang": order.lang });
    announce(app, tx, Event::new(Happening::OrderRefunded, &order.id).of(&order.account).with(told)).await?;
    Ok(())
}

/// The bank sent a refund back that had succeeded: everything is booked the other way round; access stays ended until staff decide.
async fn came_back(app: &App, tx: &mut Tx, order: &Order, attempt: &Attempt, refund: &Refund) -> Result<()> {
    payments::refund_release(tx, &attempt.id, refund.amount.minor()).await?;
    ledger::reverse(app, tx, refund.id.as_str()).await?;
    queries::flag_for_review(tx, &order.id).await?;
    if refund.cause == RefundCause::Staff {
        let refunded = order.refunded.minus(refund.amount)?;
        let state = if refunded.is_zero() { Refunded::None } else { Refunded::Partial };
        queries::set_refunded(tx, order, refunded, state).await?;
        subscriptions::refund_came_back(tx, &order.id, refund.amount).await?;
    }
    Ok(())
}

async fn locked(tx: &mut Tx, id: &RefundId) -> Result<(Order, Attempt, Refund)> {
    let unlocked = queries::refund(tx, id).await?.or_not_found()?;
    subscriptions::lock_for_order(tx, &unlocked.order).await?;
    let order = queries::lock(tx, &unlocked.order).await?.or_not_found()?;
    let attempt = payments::lock(tx, &unlocked.attempt).await?;
    let refund = queries::refund(tx, id).await?.or_not_found()?;
    Ok((order, attempt, refund))
}

async fn change(app: &App, tx: &mut Tx, refund: &Refund, event: RefundEvent, staff: Option<&Staff>) -> Result<()> {
    let state = step(refund.state, event).map_err(|NotPossible| refuse(Refusal::Transition))?;
    if state == refund.state {
        return Ok(());
    }
    if !queries::set_refund_state(tx, refund, state, app.now()).await? {
        return Err(Error::bug("a refund changed under its lock"));
    }
    note(app, tx, refund, state.as_str(), staff).await
}

async fn note(app: &App, tx: &mut Tx, refund: &Refund, action: &str, staff: Option<&Staff>) -> Result<()> {
    let detail = format!("{} {} {}", refund.amount.minor(), refund.amount.currency(), refund.reason);
    let actor = staff.map(|staff| &staff.id);
    let deed = Deed::new(format!("refund.{action}"), "refund", &refund.id).by_any(actor).detail(detail);
    audit_trail::record(app, tx, deed).await
}
