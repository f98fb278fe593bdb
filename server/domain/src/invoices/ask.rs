//! A buyer asks for an invoice, and may take that back while nobody has it in hand.

use super::issue::not_possible;
use super::queries::{self, Covered, Invoice};
use super::state::{Event, step};
use super::{PATIENCE, SERIES, no};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::orders::{self, Once};
use crate::{App, Error, Member, Result};
use model::Money;
use model::ids::{InvoiceId, OrderId};
use model::invoices::{InvoiceForm, InvoiceRequest, InvoiceState, Refusal};
use model::orders::OrderState;
use store::Tx;

/// Asks for one invoice over some of the buyer's own paid orders.
pub async fn ask(app: &App, buyer: &Member, form: InvoiceForm) -> Result<InvoiceId> {
    let request = form.parse()?;
    let sent = format!("{:?} {:?}", request.orders, request.heading);
    let once = Once { who: &buyer.id, route: "invoice", key: &request.key, request: sent };
    app.db
        .write(async |tx| {
            orders::lock_account(tx, &buyer.id).await?;
            if let Some(before) = once.before(tx).await? {
                return before.parse().map_err(Error::bug);
            }
            let id = add(app, tx, buyer, &request).await?;
            once.keep(app, tx, id.as_str()).await?;
            Ok(id)
        })
        .await
}

async fn add(app: &App, tx: &mut Tx, buyer: &Member, request: &InvoiceRequest) -> Result<InvoiceId> {
    let mut covered = Vec::new();
    for order in &request.orders {
        covered.push(cover(tx, buyer, order).await?);
    }
    let mut amount = covered.first().map(|first| Money::zero(first.amount.currency())).or_not_found()?;
    for part in &covered {
        amount = amount.plus(part.amount).map_err(|_| no(Refusal::Currencies))?;
    }
    let state = step(InvoiceState::None, Event::Ask).map_err(|_| no(Refusal::Transition))?;
    let now = app.now();
    let invoice = Invoice {
        id: app.new_id(),
        number: orders::next_number(tx, SERIES).await?,
        account: buyer.id.clone(),
        state,
        heading: request.heading.clone(),
        amount,
        red_amount: Money::zero(amount.currency()),
        red_issued: Money::zero(amount.currency()),
        red_asked: Money::zero(amount.currency()),
        asked_at: now,
        due_at: now + PATIENCE,
        asked: 0,
        tax_office_number: None,
        issued_at: None,
        red_number: None,
        red_at: None,
        reason: String::new(),
        version: 1,
    };
    queries::add(tx, &invoice, SERIES).await?;
    for part in &covered {
        if !queries::cover(tx, &invoice.id, part).await? {
            return Err(no(Refusal::AlreadyInvoiced));
        }
    }
    let detail = format!("{} {}", amount.decimal(), amount.currency());
    audit_trail::record(app, tx, Deed::new("invoice.requested", "invoice", &invoice.id).by(&buyer.id).detail(detail)).await?;
    tx.wake();
    Ok(invoice.id)
}

/// An order of the buyer's own with what an invoice may say of it.
async fn cover(tx: &mut Tx, buyer: &Member, id: &OrderId) -> Result<Covered> {
    let order = orders::lock(tx, id).await?.filter(|order| order.account == buyer.id).or_not_found()?;
    let amount = orders::invoiceable(tx, &order).await?;
    if order.state != OrderState::Paid || amount.minor() <= 0 {
        return Err(no(Refusal::NothingPaid));
    }
    Ok(Covered { order: id.clone(), amount })
}

/// Takes a request back that nobody has in hand yet; its orders are free for another one.
pub async fn withdraw(app: &App, buyer: &Member, id: &InvoiceId) -> Result<()> {
    let outcome = app
        .db
        .write(async |tx| {
            let invoice = queries::lock(tx, id).await?.filter(|invoice| invoice.account == buyer.id).or_not_found()?;
            let state = step(invoice.state, Event::Withdraw).map_err(|_| no(Refusal::Transition))?;
            queries::free(tx, id).await?;
            queries::set_state(tx, &invoice, state).await?;
            audit_trail::record(app, tx, Deed::new("invoice.withdrawn", "invoice", id).by(&buyer.id)).await
        })
        .await;
    audit_trail::noting(app, not_possible(id, "withdraw").by(&buyer.id), outcome).await
}
