//! What orders and payments tell: an invoice was paid or closed, a charge failed, money went back, an agreement is over.
//!
//! Whoever calls has locked the subscription (by its order) before the order.

use super::happen::{Cause, happen};
use super::queries::{self, Agreement, Invoice, Subscription};
use super::state::Event;
use crate::error::OrNotFound;
use crate::ledger::{self, Account, Entry, Kind, Links, Move};
use crate::payments::Attempt;
use crate::{App, Error, Result, Staff, entitlement};
use model::Money;
use model::ids::{AccountId, AttemptId, OrderId, SubscriptionId};
use model::payments::Provider;
use model::subscriptions::{InvoiceKind, InvoiceState};
use store::{Conn, Tx};

/// Locks the subscription an order belongs to, if it belongs to one: before the order is locked.
pub async fn lock_for_order(tx: &mut Tx, order: &OrderId) -> Result<()> {
    if let Some(id) = queries::of_order(tx, order).await? {
        queries::lock(tx, &id).await?;
    }
    Ok(())
}

async fn invoiced(tx: &mut Tx, order: &OrderId) -> Result<Option<(Subscription, Invoice)>> {
    let Some(invoice) = queries::invoice_of_order(tx, order).await? else { return Ok(None) };
    let one = queries::lock(tx, &invoice.subscription).await?.or_not_found()?;
    Ok(Some((one, invoice)))
}

/// The order of an invoice is being paid, in the same transaction.
pub async fn invoice_paid(app: &App, tx: &mut Tx, order: &OrderId) -> Result<()> {
    let Some((one, invoice)) = invoiced(tx, order).await? else { return Err(Error::bug("a subscription without its invoice")) };
    let event = match invoice.kind {
        InvoiceKind::Upgrade => {
            let to = queries::tariff_of(tx, &invoice.price).await?;
            Event::UpgradePaid { anew: to.months != one.tariff.months }
        }
        InvoiceKind::First | InvoiceKind::Renewal => Event::Paid,
    };
    queries::close_invoice(tx, order, InvoiceState::Paid, app.now()).await?;
    let cause = Cause { paid: Some(&invoice), ..Cause::default() };
    match happen(app, tx, &one, &event, cause).await? {
        Ok(happened) => queries::pays_for(tx, order, happened.after.number).await,
        Err(_) => Err(Error::bug("an invoice was paid that nobody waits for")),
    }
}

/// The buyer closed the order, or its time is over: a difference is dropped, a beginning is given up. A renewal is asked for anew
/// when somebody wants to pay it.
pub async fn order_closed(app: &App, tx: &mut Tx, order: &OrderId) -> Result<()> {
    let Some((one, invoice)) = invoiced(tx, order).await? else { return Ok(()) };
    if invoice.state != InvoiceState::Open {
        return Ok(());
    }
    let event = match invoice.kind {
        InvoiceKind::Upgrade => Event::UpgradeDropped,
        InvoiceKind::First => Event::Cancel,
        InvoiceKind::Renewal => return Ok(()),
    };
    happen(app, tx, &one, &event, Cause::default()).await.map(drop)
}

/// Money came for an order that was closed: written down with a subscription that is over. It goes back by itself.
pub async fn money_came_late(app: &App, tx: &mut Tx, order: &OrderId) -> Result<()> {
    match invoiced(tx, order).await? {
        Some((one, _)) if one.life.state.is_over() => happen(app, tx, &one, &Event::LateMoney, Cause::default()).await.map(drop),
        _ => Ok(()),
    }
}

/// A charge ended without money; the clock deals with it at once.
pub async fn charge_failed(app: &App, tx: &mut Tx, order: &OrderId, attempt: &AttemptId, hard: bool) -> Result<()> {
    let Some(id) = queries::of_order(tx, order).await? else { return Ok(()) };
    if hard {
        queries::note_hard(tx, attempt).await?;
    }
    queries::look_at(tx, &id, app.now()).await?;
    tx.wake();
    Ok(())
}

/// A payment by its payer succeeded, who let the provider charge again later. Kept where it paid the order (`paid`); what came
/// twice or too late goes back, and is no way to pay the next time. A charge made alone names the agreement it was made by, which
/// may have been forgotten meanwhile: nothing is kept of it.
pub async fn remember(app: &App, tx: &mut Tx, order: &OrderId, attempt: &Attempt, token: &str, paid: bool) -> Result<()> {
    let Some((one, _)) = invoiced(tx, order).await? else { return Ok(()) };
    if queries::charge_of(tx, &attempt.id).await?.is_some() {
        return Ok(());
    }
    let agreement = Agreement { id: app.new_id(), provider: attempt.provider, token: token.to_owned() };
    if !paid || one.life.state.is_over() {
        return queries::refuse_agreement(tx, &agreement, &one.account, app.now()).await;
    }
    let kept = queries::keep_agreement(tx, &agreement, &one.account, &one.id, app.now()).await?;
    match &one.agreement {
        // the one before, unless it is the same
        Some(before) if kept => queries::drop_agreement(tx, before, app.now()).await,
        _ => Ok(()),
    }
}

/// The payer or the provider ended an agreement: renewals are by link from now on.
pub async fn agreement_ended(app: &App, tx: &mut Tx, provider: Provider, token: &str) -> Result<bool> {
    queries::agreement_over(tx, provider, token, app.now()).await
}

/// Whose money an order's refund is: the deferred account holds it (true), or its period was earned (false).
pub async fn is_unearned(conn: &mut Conn, order: &OrderId) -> Result<bool> {
    Ok(queries::placed(conn, order).await?.is_some_and(|placed| !placed.earned))
}

/// Money of an invoice went back: what its period is worth goes down; all of it back ends the subscription. A difference that is
/// asked for counts what was left of that money, and is asked for no more.
pub async fn order_refunded(app: &App, tx: &mut Tx, order: &OrderId, amount: Money, all: bool) -> Result<()> {
    let Some(placed) = queries::placed(tx, order).await? else { return Ok(()) };
    if !placed.earned {
        queries::take_value(tx, &placed.subscription, placed.number, amount.minor()).await?;
    }
    let one = queries::lock(tx, &placed.subscription).await?.or_not_found()?;
    if all && placed.number == one.number && !one.life.state.is_over() {
        happen(app, tx, &one, &Event::CancelNow, Cause::default()).await?.map(drop).ok();
    } else if one.life.upgrades.is_some() && !one.life.state.is_over() {
        happen(app, tx, &one, &Event::UpgradeDropped, Cause::default()).await?.map(drop).ok();
    }
    Ok(())
}

/// A refund that had succeeded was sent back by the bank, and was booked `back`: its money is where it was. Time that was earned
/// meanwhile cannot earn it any more: it is earned now, and stays with the school.
pub async fn refund_came_back(app: &App, tx: &mut Tx, order: &OrderId, amount: Money, back: &[Move]) -> Result<()> {
    let Some(placed) = queries::placed(tx, order).await? else { return Ok(()) };
    if !placed.earned {
        return queries::add_value(tx, &placed.subscription, placed.number, amount.minor()).await;
    }
    let links = Links { order: Some(order.to_string()), ..Links::default() };
    let mut entry = Entry::new(links).about(format!("returned:{order}"));
    for moved in back {
        if let Some(line) = moved.credit.strip_prefix("deferred:") {
            entry = entry.moved(Account::Deferred(line.to_owned()), Account::Revenue, moved.amount, Kind::Recognition);
        }
    }
    ledger::post(app, tx, &entry).await
}

/// A bank asks back an invoice's money: as long as it decides there is no access, and nothing is charged alone.
pub async fn dispute_opened(tx: &mut Tx, order: &OrderId) -> Result<()> {
    match queries::of_order(tx, order).await? {
        Some(id) => entitlement::suspend_pass(tx, id.as_str(), true).await,
        None => Ok(()),
    }
}

/// It may keep the money: what it closed is open again, unless another of the subscription's payments is in dispute.
pub async fn dispute_won(tx: &mut Tx, order: &OrderId) -> Result<()> {
    let Some(id) = queries::of_order(tx, order).await? else { return Ok(()) };
    if queries::is_disputed(tx, &id, Some(order)).await? {
        return Ok(());
    }
    entitlement::suspend_pass(tx, id.as_str(), false).await
}

/// A dispute about an invoice's money was lost: what of it was not earned is owed to nobody, and the subscription ends. Adds the
/// movements to `entry`, which its caller posts.
pub async fn dispute_lost(app: &App, tx: &mut Tx, order: &OrderId, entry: Entry) -> Result<Entry> {
    let mut entry = entry;
    let Some((one, invoice)) = invoiced(tx, order).await? else { return Ok(entry) };
    if !one.life.state.is_over() {
        happen(app, tx, &one, &Event::DisputeLost, Cause::default()).await.map(drop)?;
    }
    ledger::hold(tx).await?;
    for (line, held) in queries::held_of_order(tx, order, invoice.amount.currency()).await? {
        queries::take_value(tx, &one.id, invoice.paid.unwrap_or(invoice.number), held.minor()).await?;
        entry = entry.moved(Account::Deferred(line), Account::Breakage, held, Kind::Breakage);
    }
    Ok(entry)
}

/// Staff end a subscription now. Money goes back by a refund of its own.
pub async fn cancel_now(app: &App, staff: &Staff, id: &SubscriptionId) -> Result<()> {
    let outcome = app
        .db
        .write(async |tx| {
            let one = queries::lock(tx, id).await?.or_not_found()?;
            happen(app, tx, &one, &Event::CancelNow, Cause { actor: Some(&staff.id), ..Cause::default() }).await
        })
        .await?;
    outcome.map(drop).map_err(|_| super::refuse(model::subscriptions::Refusal::Transition))
}

/// Ends whatever of this person's goes on, now and for good; what waits to be paid is not to be paid any more.
pub async fn end_at_once(app: &App, tx: &mut Tx, account: &AccountId) -> Result<()> {
    let Some(latest) = queries::latest_of(tx, account, super::PRODUCT).await? else { return Ok(()) };
    let one = queries::lock(tx, &latest.id).await?.or_not_found()?;
    if one.life.state.is_over() {
        return Ok(());
    }
    match happen(app, tx, &one, &Event::CancelNow, Cause::default()).await? {
        Ok(_) => Ok(()),
        Err(refused) => Err(Error::bug(format!("subscription {} cannot be ended: {refused:?}", one.id))),
    }
}
