//! Money came: book it, grant what it paid for, or set it aside and send it back. One transaction, with everything in it.

use super::book;
use super::close::close;
use super::fulfil::fulfil;
use super::price::{Choices, price_and_hold};
use super::queries::{self, Line, Order};
use super::receipt;
use super::refund::send_back;
use super::state::{Event as Happened, Fit, Step, Stray, step};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::ledger::{self, Account, Entry, Kind, Links, Resolution};
use crate::payments::{self, Attempt};
use crate::{App, Error, Result, catalog, earnings, promotions, subscriptions};
use model::Money;
use model::ids::OrderId;
use model::orders::{Bar, Item, LineKind, OrderState};
use model::payments::RefundCause;
use store::Tx;

/// An attempt at this order succeeded and brought `captured`. The order is locked.
pub async fn attempt_succeeded(app: &App, tx: &mut Tx, order: &Order, attempt: &Attempt, captured: Money) -> Result<()> {
    let lines = queries::lines(tx, &order.id).await?;
    let fit = if order.paid_attempt.as_ref() == Some(&attempt.id) {
        Fit::Same
    } else if captured == order.due {
        Fit::Right { honoured: can_be_honoured(app, tx, order, &lines).await? }
    } else {
        Fit::Wrong
    };
    let next = step(order.state, Happened::AttemptSucceeded(fit));
    if next == Ok(Step::Pay) && !are_gifts_unpaid(tx, &lines).await? {
        // another order of the same gift was quicker
        close(app, tx, order, OrderState::Canceled, None).await?;
        return set_aside(app, tx, order, attempt, captured, Stray::Late).await;
    }
    match next {
        Ok(Step::Pay) => pay(app, tx, order, &lines, Some(attempt), "order.paid").await,
        Ok(Step::PayLate) => pay(app, tx, order, &lines, Some(attempt), "order.late_payment_honoured").await,
        Ok(Step::SetAside(stray)) => set_aside(app, tx, order, attempt, captured, stray).await,
        Ok(_) => Ok(()),
        Err(_) => Err(Error::bug("money came for an order that cannot take it")),
    }
}

/// Whether every gift on these lines can still be paid: one is paid once.
async fn are_gifts_unpaid(tx: &mut Tx, lines: &[Line]) -> Result<bool> {
    for line in lines.iter().filter(|line| line.item.kind == LineKind::Gift) {
        if crate::vouchers::draft(tx, &line.item.id).await?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// An attempt at this order ended without money: the order waits on, and its buyer may try again.
pub fn attempt_failed(order: &Order) -> Result<()> {
    step(order.state, Happened::AttemptFailed).map(drop).map_err(|_| Error::bug("an attempt failed that cannot have been made"))
}

/// An order that no provider is asked for is paid as it is placed.
pub(super) async fn settle_free(app: &App, tx: &mut Tx, order: &Order) -> Result<()> {
    let lines = queries::lines(tx, &order.id).await?;
    pay(app, tx, order, &lines, None, "order.paid").await
}

/// Whether a late buyer may still have everything as it was ordered: the prices, the wallet's part and the coupon, whose use is
/// reserved again here, last of all.
async fn can_be_honoured(app: &App, tx: &mut Tx, order: &Order, lines: &[Line]) -> Result<bool> {
    if order.state == OrderState::AwaitingPayment {
        return Ok(true);
    }
    if order.state == OrderState::Paid {
        return Ok(false);
    }
    let items: Vec<Item> = lines.iter().map(|line| line.item.clone()).collect();
    let now = price_and_hold(app, tx, &order.account, &items, &Choices::default()).await?;
    if now.lines.len() != lines.len() {
        return Ok(false);
    }
    for (line, (offer, _)) in lines.iter().zip(&now.lines) {
        let open = match &offer.bar {
            None => true,
            // another order of it that waits is closed by this one
            Some(Bar::Ordered(_)) => true,
            Some(_) => false,
        };
        let courses: Vec<_> = offer.parts.iter().map(|part| &part.course.id).collect();
        let ordered: Vec<_> = line.parts.iter().map(|part| &part.course).collect();
        if !open || courses != ordered || offer.price != line.amount()?.plus(line.coupon)? {
            return Ok(false);
        }
    }
    if now.balance.gift.minor() < order.gift.minor() || now.balance.cash.minor() < order.cash.minor() {
        return Ok(false);
    }
    // a reduction for a first order, and there is another order by now
    if promotions::is_for_first_orders(tx, &order.id).await? && queries::ordered_before(tx, &order.account).await? {
        return Ok(false);
    }
    promotions::reserve_again(app, tx, &order.id).await
}

async fn pay(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    lines: &[Line],
    attempt: Option<&Attempt>,
    action: &'static str,
) -> Result<()> {
    queries::pay_order(tx, order, attempt.map(|attempt| &attempt.id), app.now()).await?;
    audit_trail::record(app, tx, Deed::new(action, "order", &order.id).detail(order.state.as_str())).await?;
    promotions::consume(app, tx, &order.id).await?;
    let mut opened = Vec::new();
    for line in lines {
        opened.extend(fulfil(app, tx, order, line).await?);
        queries::remove_cart_item(tx, &order.account, &line.item).await?;
    }
    if lines.iter().any(|line| !line.coupon.is_zero()) {
        queries::drop_cart_coupon(tx, &order.account).await?;
    }
    let told = serde_json::json!({ "total": order.total, "lang": order.lang });
    announce(app, tx, Event::new(Happening::OrderPaid, &order.id).of(&order.account).with(told)).await?;
    if let Some(attempt) = attempt {
        payments::close_others(tx, order.id.as_str(), Some(&attempt.id), app.now()).await?;
    }
    let waited = order.state == OrderState::AwaitingPayment;
    let mut entries = if waited { Vec::new() } else { book::taken_late(order, lines) };
    for (line, entry) in lines.iter().zip(book::paid(order, lines, attempt)?) {
        entries.push(if line.opens() { accrue(app, tx, order, line, entry).await? } else { entry });
    }
    let buyer = receipt::buyer(tx, order).await?;
    close_siblings(app, tx, order, lines).await?;
    // From here on everybody waits for us who writes into the ledger, numbers a receipt or counts learners: so this is last, and in
    // this order, as where orders are placed and refunded. Else two wait for each other.
    if waited && !(order.gift.is_zero() && order.cash.is_zero()) {
        ledger::resolve_order(app, tx, order.id.as_str(), Resolution::Post).await?;
    }
    ledger::post_all(app, tx, &entries).await?;
    receipt::issue(app, tx, order, lines, buyer, attempt.map(|attempt| attempt.provider)).await?;
    opened.sort_unstable();
    for course in &opened {
        catalog::count_learners(tx, course, 1).await?;
    }
    Ok(())
}

/// The shares of its courses' instructors, as they were frozen with the line.
async fn accrue(app: &App, tx: &mut Tx, order: &Order, line: &Line, entry: Entry) -> Result<Entry> {
    let mut entry = entry;
    for part in &line.parts {
        let shares = earnings::shares_of(tx, &line.id, &part.course).await?;
        let sold = earnings::Sold {
            source: earnings::Source::OrderLine,
            source_id: line.id.as_str(),
            course: Some(&part.course),
            order: Some(order.id.as_str()),
            title: &part.title,
            net: part.net,
            pool: part.share,
            shares: &shares,
        };
        entry = earnings::accrue(app, tx, &sold, entry).await?;
    }
    Ok(entry)
}

/// Other orders of the same courses that still wait are closed: nobody pays twice for one thing.
pub(super) async fn close_siblings(app: &App, tx: &mut Tx, order: &Order, lines: &[Line]) -> Result<()> {
    for part in lines.iter().filter(|line| line.opens()).flat_map(|line| &line.parts) {
        while let Some(other) = queries::open_order(tx, &order.account, &part.course).await? {
            close_sibling(app, tx, &other).await?;
        }
    }
    // and of the same gifts
    for line in lines.iter().filter(|line| line.item.kind == LineKind::Gift) {
        while let Some(other) = queries::open_order_of_gift(tx, &line.item.id).await? {
            close_sibling(app, tx, &other).await?;
        }
    }
    Ok(())
}

async fn close_sibling(app: &App, tx: &mut Tx, id: &OrderId) -> Result<()> {
    let other = queries::lock(tx, id).await?.or_not_found()?;
    close(app, tx, &other, OrderState::Canceled, None).await?;
    payments::close_others(tx, id.as_str(), None, app.now()).await?;
    Ok(())
}

pub(super) fn links(order: &Order, attempt: &Attempt) -> Links {
    Links { order: Some(order.id.to_string()), attempt: Some(attempt.id.to_string()), ..Links::default() }
}

/// Money without a place: kept apart, and sent back by itself.
async fn set_aside(app: &App, tx: &mut Tx, order: &Order, attempt: &Attempt, captured: Money, stray: Stray) -> Result<()> {
    tracing::warn!(order.id = %order.id, attempt.id = %attempt.id, ?stray, "money came that has no place");
    let (action, why) = match stray {
        Stray::Late => ("order.late_money", RefundCause::Late),
        Stray::Second => ("order.second_payment", RefundCause::Second),
        Stray::Mismatch => ("order.wrong_amount", RefundCause::Mismatch),
    };
    let detail = format!("{} {}", captured.decimal(), captured.currency());
    audit_trail::record(app, tx, Deed::new(action, "order", &order.id).detail(detail)).await?;
    if stray == Stray::Mismatch || order.state == OrderState::Paid {
        queries::flag_for_review(tx, &order.id).await?;
    }
    if stray == Stray::Late {
        subscriptions::money_came_late(app, tx, &order.id).await?;
    }
    if captured.minor() > 0 {
        let entry =
            Entry::new(links(order, attempt)).moved(Account::Psp(attempt.provider), Account::Suspense, captured, Kind::Stray);
        ledger::post(app, tx, &entry).await?;
        send_back(app, tx, order, attempt, captured, stray).await?;
        let told = serde_json::json!({ "amount": captured, "why": why });
        announce(app, tx, Event::new(Happening::MoneyStrayed, &order.id).of(&order.account).with(told)).await?;
    }
    Ok(())
}
