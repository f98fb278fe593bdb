//! Money of an order went back, or was lost to the payer's bank: its invoice says less from now on, or a red-letter one has to say so. Where the bank sent it back,
//! what was not taken off yet is not taken off.

use super::issue::move_on;
use super::queries::{self, Covered};
use super::state::Event;
use crate::error::OrNotFound;
use crate::events::{Follower, Happening, Logged};
use crate::{App, Error, Result, orders};
use model::Money;
use model::ids::{InvoiceId, OrderId};
use model::invoices::InvoiceState;
use store::Tx;

/// Keeps invoices in step with refunds and lost disputes.
pub const FOLLOWER: Follower = Follower { name: "invoices", handle: |app, tx, logged| Box::pin(follow(app, tx, logged)) };

async fn follow(app: &App, tx: &mut Tx, logged: &Logged) -> Result<()> {
    if !matches!(logged.event.kind, Happening::OrderRefunded | Happening::RefundReturned | Happening::DisputeLost) {
        return Ok(());
    }
    let order: OrderId = logged.event.subject.parse().map_err(Error::bug)?;
    match queries::live_of(tx, &order).await? {
        Some(id) => money_back(app, tx, &id).await,
        None => Ok(()),
    }
}

/// Looks at what is left of every order on it. Doing so again changes nothing.
async fn money_back(app: &App, tx: &mut Tx, id: &InvoiceId) -> Result<()> {
    let covered = queries::covered(tx, id).await?;
    let mut left = Vec::new();
    for part in &covered {
        // the order before the invoice, as everywhere
        let order = orders::lock(tx, &part.order).await?.or_not_found()?;
        left.push(orders::invoiceable(tx, &order).await?);
    }
    let invoice = queries::lock(tx, id).await?.or_not_found()?;
    let zero = Money::zero(invoice.amount.currency());
    let remains = left.iter().try_fold(zero, |sum, amount| sum.plus(*amount))?;
    let went_back = invoice.amount.minus(remains)?;
    let event = Event::MoneyBack { all: remains.is_zero() };
    let detail = format!("{} {}", went_back.decimal(), went_back.currency());
    match invoice.state {
        InvoiceState::Requested if !went_back.is_zero() => {
            for (part, amount) in covered.iter().zip(left) {
                let part = Covered { order: part.order.clone(), amount };
                queries::lower(tx, id, &part).await?;
            }
            if remains.is_zero() {
                queries::free(tx, id).await?;
            }
            queries::set_amount(tx, id, remains).await?;
            move_on(app, tx, &invoice, event, None, "lowered", &detail).await?;
        }
        InvoiceState::Issuing | InvoiceState::Issued | InvoiceState::RedRequested | InvoiceState::RedIssued
            if went_back.minor() > invoice.red_amount.minor() =>
        {
            queries::set_red_amount(tx, id, went_back).await?;
            queries::ask_again(tx, id, app.now()).await?;
            move_on(app, tx, &invoice, event, None, "money_back", &detail).await?;
        }
        InvoiceState::Issuing | InvoiceState::RedRequested => {
            // what was taken off, or is being taken off by the service now, stays taken off
            let taken = invoice.red_issued.plus(invoice.red_asked)?;
            let red = if went_back.minor() > taken.minor() { went_back } else { taken };
            if red.minor() < invoice.red_amount.minor() {
                queries::set_red_amount(tx, id, red).await?;
                let event = Event::Returned { due: red != invoice.red_issued, red: !invoice.red_issued.is_zero() };
                move_on(app, tx, &invoice, event, None, "money_returned", &detail).await?;
            }
        }
        _ => (),
    }
    Ok(())
}
