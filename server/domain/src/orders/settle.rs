//! Money came: book it, grant what it paid for, or set it aside and send it back. One transaction, with everything in it.

use super::queries::{self, Line, Order};
use super::receipt;
use super::refund::send_back;
use super::state::{Event as Happened, Fit, Step, Stray, step};
use crate::audit_trail::{self, Deed};
use crate::entitlement::{self, Grant};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::ledger::{self, Account, Entry, Kind, Links};
use crate::payments::{self, Attempt};
use crate::{App, Error, Result, catalog};
use model::Money;
use model::entitlement::Source;
use model::orders::OrderState;
use store::Tx;

/// An attempt at this order succeeded and brought `captured`. The order is locked.
pub async fn attempt_succeeded(app: &App, tx: &mut Tx, order: &Order, attempt: &Attempt, captured: Money) -> Result<()> {
    let lines = queries::lines(tx, &order.id).await?;
    let fit = if order.paid_attempt.as_ref() == Some(&attempt.id) {
        Fit::Same
    } else if captured == order.total {
        Fit::Right { honoured: can_be_honoured(app, tx, order, &lines).await? }
    } else {
        Fit::Wrong
    };
    match step(order.state, Happened::AttemptSucceeded(fit)) {
        Ok(Step::Pay) => pay(app, tx, order, &lines, Some(attempt), "order.paid").await,
        Ok(Step::PayLate) => pay(app, tx, order, &lines, Some(attempt), "order.late_payment_honoured").await,
        Ok(Step::SetAside(stray)) => set_aside(app, tx, order, attempt, captured, stray).await,
        Ok(_) => Ok(()),
        Err(_) => Err(Error::bug("money came for an order that cannot take it")),
    }
}

/// An attempt at this order ended without money: the order waits on, and its buyer may try again.
pub fn attempt_failed(order: &Order) -> Result<()> {
    step(order.state, Happened::AttemptFailed).map(drop).map_err(|_| Error::bug("an attempt failed that cannot have been made"))
}

/// An order of nothing is paid as it is placed.
pub(super) async fn settle_free(app: &App, tx: &mut Tx, order: &Order) -> Result<()> {
    let lines = queries::lines(tx, &order.id).await?;
    pay(app, tx, order, &lines, None, "order.paid").await
}

/// Whether a late buyer may still have everything at the price of the order.
async fn can_be_honoured(app: &App, tx: &mut Tx, order: &Order, lines: &[Line]) -> Result<bool> {
    for line in lines {
        let Some(offer) = queries::offer(tx, &line.course).await? else { return Ok(false) };
        let owned = entitlement::owns(tx, &order.account, &line.course, app.now()).await?;
        if owned || !offer.listed || offer.price != line.net.plus(line.tax)? {
            return Ok(false);
        }
    }
    Ok(true)
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
    for line in lines {
        let grant = Grant {
            account: &order.account,
            course: &line.course,
            source: Source::OrderLine,
            source_id: line.id.as_str(),
            expires_at: None,
        };
        if entitlement::grant(app, tx, grant).await? {
            catalog::count_learners(tx, &line.course, 1).await?;
        }
    }
    receipt::issue(app, tx, order, lines).await?;
    close_siblings(app, tx, order, lines).await?;
    for line in lines {
        let told = serde_json::json!({
            "course": line.course, "total": order.total, "lang": order.lang,
        });
        announce(app, tx, Event::new(Happening::OrderPaid, &order.id).of(&order.account).with(told)).await?;
    }
    if let Some(attempt) = attempt {
        payments::close_others(tx, order.id.as_str(), Some(&attempt.id), app.now()).await?;
        ledger::post(app, tx, &capture(order, lines, attempt)).await?;
    }
    Ok(())
}

/// Other orders of the same courses that still wait are closed: nobody pays twice for one thing.
async fn close_siblings(app: &App, tx: &mut Tx, order: &Order, lines: &[Line]) -> Result<()> {
    for line in lines {
        while let Some(other) = queries::open_order(tx, &order.account, &line.course).await? {
            let other = queries::lock(tx, &other).await?.or_not_found()?;
            queries::close_order(tx, app, &other, OrderState::Canceled, None).await?;
            payments::close_others(tx, other.id.as_str(), None, app.now()).await?;
        }
    }
    Ok(())
}

/// psp → revenue and tax, revenue → the instructors' shares.
fn capture(order: &Order, lines: &[Line], attempt: &Attempt) -> Entry {
    let psp = || Account::Psp(attempt.provider);
    lines.iter().fold(Entry::new(links(order, attempt)), |entry, line| {
        entry.moved(psp(), Account::Revenue, line.net, Kind::Capture).moved(psp(), Account::Tax, line.tax, Kind::Tax).moved(
            Account::Revenue,
            Account::InstructorPending(line.instructor.clone()),
            line.share,
            Kind::Share,
        )
    })
}

pub(super) fn links(order: &Order, attempt: &Attempt) -> Links {
    Links { order: Some(order.id.to_string()), attempt: Some(attempt.id.to_string()), refund: None }
}

/// Money without a place: kept apart, and sent back by itself.
async fn set_aside(app: &App, tx: &mut Tx, order: &Order, attempt: &Attempt, captured: Money, stray: Stray) -> Result<()> {
    tracing::warn!(order.id = %order.id, attempt.id = %attempt.id, ?stray, "money came that has no place");
    let action = match stray {
        Stray::Late => "order.late_money",
        Stray::Second => "order.second_payment",
        Stray::Mismatch => "order.wrong_amount",
    };
    let detail = format!("{} {}", captured.minor(), captured.currency());
    audit_trail::record(app, tx, Deed::new(action, "order", &order.id).detail(detail)).await?;
    if stray == Stray::Mismatch || order.state == OrderState::Paid {
        queries::flag_for_review(tx, &order.id).await?;
    }
    if captured.minor() > 0 {
        let entry =
            Entry::new(links(order, attempt)).moved(Account::Psp(attempt.provider), Account::Suspense, captured, Kind::Stray);
        ledger::post(app, tx, &entry).await?;
        send_back(app, tx, order, attempt, captured, stray).await?;
    }
    Ok(())
}
