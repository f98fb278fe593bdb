//! Money going back: decided, reserved in the ledger, and settled by evidence.

use super::book;
use super::checkout::refuse;
use super::once::Once;
use super::queries::{self, Line, Order, Refund};
use super::receipt;
use super::refund_ask::{new_refund, taken};
use super::refund_parts::Part;
use super::refund_reopen::reopen;
use super::refund_state::{NotPossible, RefundEvent, step};
use super::regain::regain;
use super::state::{self, Stray};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::ledger::{self, Account, Entry, Kind, Links, Resolution};
use crate::payments::{self, Attempt, RefundFact};
use crate::secrets::hash;
use crate::{App, Error, Result, Staff, catalog, earnings, entitlement, promotions, subscriptions, vouchers};
use model::Money;
use model::entitlement::Source;
use model::ids::{AccountId, OrderId, RefundId};
use model::orders::{DisputeState, Key, LineKind, Refunded, Refusal};
use model::payments::{RefundCause, RefundState};
use model::refunds::Destination;
use store::{Conn, Tx};

/// A second person approves: neither who asked for it nor whose money it is.
pub async fn approve(app: &App, staff: &Staff, id: &RefundId) -> Result<OrderId> {
    decided(app, staff, id, RefundEvent::Approve, None).await
}

/// Anyone of staff, the one who asked included, takes it back.
pub async fn reject(app: &App, staff: &Staff, id: &RefundId) -> Result<OrderId> {
    decided(app, staff, id, RefundEvent::Reject, None).await
}

/// A program approves: with its key sent again, nothing new happens, and nothing is wrong.
pub async fn approve_once(app: &App, staff: &Staff, id: &RefundId, key: &Key) -> Result<OrderId> {
    decided(app, staff, id, RefundEvent::Approve, Some(key)).await
}

/// A program rejects; its key as above.
pub async fn reject_once(app: &App, staff: &Staff, id: &RefundId, key: &Key) -> Result<OrderId> {
    decided(app, staff, id, RefundEvent::Reject, Some(key)).await
}

async fn decided(app: &App, staff: &Staff, id: &RefundId, event: RefundEvent, key: Option<&Key>) -> Result<OrderId> {
    let route = if event == RefundEvent::Approve { "approve_refund" } else { "reject_refund" };
    // one key may be sent for several refunds: it is this one's
    let key = key.map(|key| Key::parse(&hash(&format!("{id} {}", key.as_str())))).transpose()?;
    let once = key.as_ref().map(|key| Once { who: &staff.id, route, key, request: id.to_string() });
    let outcome = app
        .db
        .write(async |tx| {
            let (order, attempt, refund) = locked(tx, id).await?;
            if let Some(once) = &once
                && once.before(tx).await?.is_some()
            {
                return Ok(order.id);
            }
            let theirs = refund.requested_by.as_ref() == Some(&staff.id) || order.account == staff.id;
            if event == RefundEvent::Approve && theirs {
                return Err(refuse(Refusal::SecondPerson));
            }
            let dispute = queries::dispute_state(tx, &order.id).await?;
            let possible = match dispute {
                DisputeState::None | DisputeState::Won => true,
                DisputeState::Open => false,
                DisputeState::Lost => is_of_the_wallet_alone(tx, &refund).await?,
            };
            if event == RefundEvent::Approve && !possible {
                return Err(refuse(Refusal::Disputed));
            }
            decide(app, tx, &order, attempt.as_ref(), &refund, event, Some(&staff.id)).await?;
            if let Some(once) = &once {
                once.keep(app, tx, order.id.as_str()).await?;
            }
            Ok::<_, Error>(order.id)
        })
        .await;
    let wanted = Deed::new("refund.refused", "refund", id).by(&staff.id).detail(format!("{event:?}"));
    audit_trail::noting(app, wanted, outcome).await
}

/// Whether a refund takes nothing but what a wallet paid, and nothing of anybody's share: all that a lost dispute has left.
async fn is_of_the_wallet_alone(conn: &mut Conn, refund: &Refund) -> Result<bool> {
    for part in queries::parts_of_refund(conn, &refund.id).await? {
        if !(part.of.due()?.is_zero() && part.of.share.is_zero()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Approves or rejects; nobody: the house itself. What only the wallet paid is back at once.
pub(super) async fn decide(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    attempt: Option<&Attempt>,
    refund: &Refund,
    event: RefundEvent,
    by: Option<&AccountId>,
) -> Result<()> {
    let approved = Refund { approved_by: by.filter(|_| event == RefundEvent::Approve).cloned(), ..refund.clone() };
    let mut refund = change(app, tx, &approved, event, by).await?;
    if event == RefundEvent::Reject {
        return release(tx, &refund).await;
    }
    // after a lost dispute nobody has anything of it
    if refund.cause.is_asked() && queries::dispute_state(tx, &order.id).await? != DisputeState::Lost {
        for part in queries::parts_of_refund(tx, &refund.id).await? {
            vouchers::take_back(app, tx, part.line.as_str()).await?;
        }
    }
    for entry in reservation(tx, order, attempt, &refund).await? {
        ledger::post(app, tx, &entry).await?;
    }
    if refund.due.is_zero() {
        for event in [RefundEvent::Submit, RefundEvent::Fact(RefundFact::Succeeded)] {
            refund = change(app, tx, &refund, event, None).await?;
        }
        return succeeded(app, tx, order, &refund).await;
    }
    queries::set_refund_due(tx, &refund.id, Some(app.now()), 0).await?;
    tx.wake();
    Ok(())
}

/// What was set aside of the payment can be refunded again.
async fn release(tx: &mut Tx, refund: &Refund) -> Result<()> {
    match &refund.attempt {
        Some(attempt) => payments::refund_release(tx, attempt, refund.due.minor()).await,
        None => Ok(()),
    }
}

/// The attempt whose money goes back, kept from changing; none: the wallet paid it all.
pub(super) async fn lock_attempt(tx: &mut Tx, id: Option<&model::ids::AttemptId>) -> Result<Option<Attempt>> {
    match id {
        Some(id) => Ok(Some(payments::lock(tx, id).await?)),
        None => Ok(None),
    }
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
    let refund = new_refund(app, order, Some(attempt), amount, cause, "");
    queries::add_refund(tx, &refund).await?;
    note(app, tx, &refund, "requested", None).await?;
    decide(app, tx, order, Some(attempt), &refund, RefundEvent::Approve, None).await
}

/// Reserved, line by line: where its money went → the provider and the wallet, tax → there, the instructors' shares → revenue;
/// or suspense → psp.
pub(super) async fn reservation(tx: &mut Tx, order: &Order, attempt: Option<&Attempt>, refund: &Refund) -> Result<Vec<Entry>> {
    let psp = || match attempt {
        Some(attempt) => Ok(Account::Psp(attempt.provider)),
        None => Err(Error::bug("money shall go back that no provider took")),
    };
    let links = Links {
        order: Some(order.id.to_string()),
        attempt: attempt.map(|attempt| attempt.id.to_string()),
        refund: Some(refund.id.to_string()),
        ..Links::default()
    };
    if !refund.cause.is_asked() {
        return Ok(vec![Entry::new(links).reserved(Account::Suspense, psp()?, refund.amount, Kind::StrayRefund)]);
    }
    let lines = queries::lines(tx, &order.id).await?;
    let mut entries = Vec::new();
    for part in queries::parts_of_refund(tx, &refund.id).await? {
        let line = lines.iter().find(|line| line.id == part.line).ok_or_else(|| Error::bug("a refund of no line"))?;
        let of = part.of;
        let from = source(tx, order, line, of.amount.minus(of.tax)?).await?;
        let mut entry = Entry::new(Links { line: Some(line.id.to_string()), ..links.clone() })
            .reserved(Account::Tax, from.clone(), of.tax, Kind::RefundTax)
            .reserved(from.clone(), Account::WalletGift(order.account.clone()), of.gift, Kind::Refund);
        let (due, cash) = match refund.destination {
            Destination::Original => (of.due()?, of.cash()?),
            Destination::Wallet => (Money::zero(of.amount.currency()), of.amount.minus(of.gift)?),
        };
        entry = entry.reserved(from.clone(), Account::Wallet(order.account.clone()), cash, Kind::Refund);
        if !due.is_zero() {
            entry = entry.reserved(from.clone(), psp()?, due, Kind::Refund);
        }
        entries.push(match (line.item.kind, from) {
            // what was shared of time that is over
            (LineKind::Subscription, Account::Revenue) => {
                let left = not_refunded_before(tx, order, &part).await?;
                earnings::take_back_of_order(tx, &refund.id, &order.id, of.amount, left, entry).await?
            }
            _ => earnings::take_back(tx, &refund.id, &part.line, of.share, entry).await?,
        });
    }
    Ok(entries)
}

/// What was left of a line before this part of it, which counts already, was taken.
async fn not_refunded_before(tx: &mut Tx, order: &Order, part: &Part) -> Result<Money> {
    let taken = taken(tx, order).await?;
    let line = taken.iter().find(|line| line.line == part.line).ok_or_else(|| Error::bug("a refund of no line"))?;
    Ok(line.left()?.plus(part.of.amount)?)
}

/// Where the money of a line, without its tax, is now.
pub(super) async fn source(tx: &mut Tx, order: &Order, line: &Line, net: Money) -> Result<Account> {
    let at_first = book::earned_by(order, line);
    if line.item.kind == LineKind::Subscription {
        return Ok(if subscriptions::is_unearned(tx, &order.id).await? { at_first } else { Account::Revenue });
    }
    if matches!(at_first, Account::Deferred(_)) && queries::dispute_state(tx, &order.id).await? == DisputeState::Lost {
        // what nobody had been given is owed to nobody since
        let forfeited = ledger::moved_between(tx, &at_first, &Account::Breakage, net.currency()).await?;
        return Ok(if forfeited.minor() >= net.minor() { Account::Breakage } else { Account::Revenue });
    }
    let there = match &at_first {
        Account::Revenue => return Ok(at_first),
        account => ledger::balance(tx, account, net.currency()).await?,
    };
    match at_first {
        account if there.minor() >= net.minor() => Ok(account),
        // it was given meanwhile: earned
        Account::Deferred(_) => Ok(Account::Revenue),
        // it was spent
        _ => Err(refuse(Refusal::TooMuch { left: there })),
    }
}

/// A provider's answer, or that there is none.
pub(super) async fn happened(app: &App, tx: &mut Tx, id: &RefundId, event: RefundEvent) -> Result<()> {
    let (order, attempt, refund) = locked(tx, id).await?;
    let event = meant(&refund, event);
    with_all_it_means(app, tx, &order, attempt.as_ref(), &refund, event).await
}

pub(super) async fn with_all_it_means(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    attempt: Option<&Attempt>,
    refund: &Refund,
    event: RefundEvent,
) -> Result<()> {
    let id = &refund.id;
    let Ok(after) = step(refund.state, event) else {
        let detail = format!("{event:?} while {}", refund.state);
        return audit_trail::record(app, tx, Deed::new("refund.refused", "refund", id).detail(detail)).await;
    };
    if after == refund.state {
        return Ok(());
    }
    if refund.state == RefundState::Failed {
        return reopen(app, tx, order, attempt, refund, event).await;
    }
    let changed = change(app, tx, refund, event, None).await?;
    match (refund.state, after) {
        (_, RefundState::Succeeded) => succeeded(app, tx, order, refund).await,
        (RefundState::Succeeded, RefundState::Failed) => {
            came_back(app, tx, order, refund).await?;
            match refund.cause.is_asked() {
                // it can be asked for again
                true => Ok(()),
                false => reopen(app, tx, order, attempt, &changed, RefundEvent::Reopen).await,
            }
        }
        (_, RefundState::Failed) => {
            // the shares before the ledger, as where they are released
            earnings::give_back(app, tx, id).await?;
            ledger::resolve(app, tx, id.as_str(), Resolution::Void).await?;
            release(tx, refund).await
        }
        (_, RefundState::NeedsAttention) if refund.cause != RefundCause::Staff => {
            tracing::error!(refund.id = %id, "a refund that no colleague asked for cannot go: a person must look");
            queries::flag_for_review(tx, &order.id).await
        }
        _ => Ok(()),
    }
}

/// Only of what a colleague asked for it is enough to say that it failed: they look, and ask again. Everything else has to go all
/// the same, and a person must see how.
fn meant(refund: &Refund, event: RefundEvent) -> RefundEvent {
    match event {
        RefundEvent::Fact(RefundFact::Failed) if refund.cause != RefundCause::Staff && refund.state != RefundState::Succeeded => {
            RefundEvent::Fact(RefundFact::Abnormal)
        }
        event => event,
    }
}

/// The money is back with the buyer: booked; every line that is over ends its right.
pub(super) async fn succeeded(app: &App, tx: &mut Tx, order: &Order, refund: &Refund) -> Result<()> {
    ledger::resolve(app, tx, refund.id.as_str(), Resolution::Post).await?;
    queries::set_refund_due(tx, &refund.id, None, refund.asked).await?;
    if !refund.cause.is_asked() {
        return Ok(());
    }
    state::step(order.state, state::Event::Refunded).map_err(|_| Error::bug("a refund of an order that was not paid"))?;
    let refunded = order.refunded.plus(refund.amount)?;
    let extent = if refunded == order.total { Refunded::Full } else { Refunded::Partial };
    queries::set_refunded(tx, order, refunded, extent).await?;
    receipt::credit(app, tx, order, refund).await?;
    if extent == Refunded::Full {
        promotions::give_back(app, tx, &order.id).await?;
    }
    let parts = queries::parts_of_refund(tx, &refund.id).await?;
    for line in queries::lines(tx, &order.id).await? {
        let touched = parts.iter().any(|part| part.line == line.id);
        if extent == Refunded::Full || (touched && is_over(tx, &line).await?) {
            for course in entitlement::revoke(app, tx, Source::OrderLine, line.id.as_str()).await? {
                catalog::count_learners(tx, &course, -1).await?;
                regain(app, tx, order, &course).await?;
            }
        }
    }
    subscriptions::order_refunded(app, tx, &order.id, refund.amount, extent == Refunded::Full).await?;
    let told = serde_json::json!({ "amount": refund.amount, "due": refund.due, "state": extent, "lang": order.lang });
    announce(app, tx, Event::new(Happening::OrderRefunded, &order.id).of(&order.account).with(told)).await?;
    Ok(())
}

/// Everything that was paid for the line has gone back.
async fn is_over(tx: &mut Tx, line: &Line) -> Result<bool> {
    let total = line.amount()?;
    Ok(total.minor() > 0 && queries::refunded_of_line(tx, &line.id).await? >= total.minor())
}

/// The bank sent a refund back that had succeeded: everything is booked the other way round; access stays ended until staff decide.
async fn came_back(app: &App, tx: &mut Tx, order: &Order, refund: &Refund) -> Result<()> {
    release(tx, refund).await?;
    earnings::give_back(app, tx, &refund.id).await?;
    let back = ledger::reverse(app, tx, refund.id.as_str()).await?;
    queries::flag_for_review(tx, &order.id).await?;
    if refund.cause.is_asked() {
        if order.refunded == order.total {
            promotions::use_again(app, tx, &order.id).await?;
        }
        let refunded = order.refunded.minus(refund.amount)?;
        let state = if refunded.is_zero() { Refunded::None } else { Refunded::Partial };
        queries::set_refunded(tx, order, refunded, state).await?;
        subscriptions::refund_came_back(app, tx, &order.id, refund.amount, &back).await?;
        let told = serde_json::json!({ "amount": refund.amount, "lang": order.lang });
        announce(app, tx, Event::new(Happening::RefundReturned, &order.id).of(&order.account).with(told)).await?;
    }
    Ok(())
}

pub(super) async fn locked(tx: &mut Tx, id: &RefundId) -> Result<(Order, Option<Attempt>, Refund)> {
    let unlocked = queries::refund(tx, id).await?.or_not_found()?;
    subscriptions::lock_for_order(tx, &unlocked.order).await?;
    let order = queries::lock(tx, &unlocked.order).await?.or_not_found()?;
    let attempt = lock_attempt(tx, unlocked.attempt.as_ref()).await?;
    let refund = queries::refund(tx, id).await?.or_not_found()?;
    Ok((order, attempt, refund))
}

/// The refund after `event`, with a row of the trail where that changed it.
pub(super) async fn change(
    app: &App,
    tx: &mut Tx,
    refund: &Refund,
    event: RefundEvent,
    by: Option<&AccountId>,
) -> Result<Refund> {
    let state = step(refund.state, event).map_err(|NotPossible| refuse(Refusal::Transition))?;
    if state == refund.state {
        return Ok(refund.clone());
    }
    if !queries::set_refund_state(tx, refund, state, app.now()).await? {
        return Err(Error::bug("a refund changed under its lock"));
    }
    note(app, tx, refund, state.as_str(), by).await?;
    Ok(Refund { state, version: refund.version + 1, ..refund.clone() })
}

pub(super) async fn note(app: &App, tx: &mut Tx, refund: &Refund, action: &str, by: Option<&AccountId>) -> Result<()> {
    let detail = format!("{} {} {}", refund.amount.minor(), refund.amount.currency(), refund.reason);
    let deed = Deed::new(format!("refund.{action}"), "refund", &refund.id).by_any(by).detail(detail);
    audit_trail::record(app, tx, deed).await
}
