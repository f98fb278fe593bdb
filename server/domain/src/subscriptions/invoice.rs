//! Invoices: each an ordinary order with one line, paid by a link or by a charge that nobody is present for.

use super::queries::{self, Invoice, Subscription, Tariff};
use super::state::{GRACE, Means, PATIENCE, UNCLEAR};
use crate::payments::{self, Attempt};
use crate::{App, Error, Result, orders};
use model::ids::OrderId;
use model::orders::OrderState;
use model::payments::AttemptState;
use model::subscriptions::{InvoiceKind, InvoiceState};
use model::{Moment, Money};
use store::{Conn, Tx};

/// An invoice about to be written.
pub(super) struct Wanted {
    pub kind: InvoiceKind,
    pub number: i64,
    pub tariff: Tariff,
    pub amount: Money,
    /// What was left of the old plan.
    pub credit: Money,
    /// How long it can be paid.
    pub until: Moment,
}

/// How long an invoice for a period can be paid.
pub(super) fn until(of: &Subscription, renewal: bool, now: Moment) -> Moment {
    match of.life.period_ends.filter(|_| renewal) {
        Some(end) => end.max(now) + GRACE + UNCLEAR,
        None => now + PATIENCE,
    }
}

/// Writes the invoice and its order.
pub(super) async fn write(app: &App, tx: &mut Tx, of: &Subscription, wanted: &Wanted) -> Result<OrderId> {
    let order = orders::invoice(
        app,
        tx,
        &orders::Invoice {
            account: &of.account,
            lang: of.lang,
            title: locale::membership::invoice_line(of.lang, wanted.tariff.months),
            plan: wanted.tariff.plan.as_str(),
            price: &wanted.tariff.id,
            amount: wanted.amount,
            expires_at: wanted.until,
        },
    )
    .await?;
    let invoice = Invoice {
        subscription: of.id.clone(),
        number: wanted.number,
        paid: None,
        kind: wanted.kind,
        state: InvoiceState::Open,
        order: order.clone(),
        price: wanted.tariff.id.clone(),
        amount: wanted.amount,
        credit: wanted.credit,
        judged: None,
        created_at: app.now(),
    };
    queries::add_invoice(tx, &app.new_id(), &invoice).await?;
    Ok(order)
}

/// The order that waits for this subscription's money. One that its buyer closed is written anew, as long as there is time.
pub(super) async fn payable(app: &App, tx: &mut Tx, of: &Subscription) -> Result<Option<OrderId>> {
    let Some(open) = queries::open_invoices(tx, &of.id).await?.into_iter().next_back() else { return Ok(None) };
    let order = orders::order(tx, &open.order).await?.ok_or_else(|| Error::bug("an invoice without its order"))?;
    if order.state == OrderState::AwaitingPayment {
        return Ok(Some(open.order));
    }
    queries::close_invoice(tx, &open.order, InvoiceState::Void, app.now()).await?;
    let anew = Wanted {
        kind: open.kind,
        number: open.number,
        tariff: queries::tariff_of(tx, &open.price).await?,
        amount: open.amount,
        credit: open.credit,
        until: until(of, open.kind == InvoiceKind::Renewal, app.now()),
    };
    write(app, tx, of, &anew).await.map(Some)
}

/// How this subscription is charged: alone only where the payer's bank is not just deciding about an earlier charge.
pub(super) async fn means(app: &App, conn: &mut Conn, of: &Subscription) -> Result<Means> {
    match saved(app, conn, of).await? {
        true if !queries::is_disputed(conn, &of.id, None).await? => Ok(Means::Alone),
        _ => Ok(Means::Link),
    }
}

/// Whether a way of paying is saved that the provider charges by itself.
pub(super) async fn saved(app: &App, conn: &mut Conn, of: &Subscription) -> Result<bool> {
    let Some(id) = &of.agreement else { return Ok(false) };
    let Some(agreement) = queries::agreement(conn, id).await? else { return Ok(false) };
    Ok(payments::gateway(app, agreement.provider).is_ok_and(|gateway| gateway.charges_alone()))
}

/// A charge that nobody is present for, to be sent after the commit; none where somebody is paying just now.
pub(super) async fn charge(app: &App, tx: &mut Tx, of: &Subscription) -> Result<Option<Attempt>> {
    let Some(order) = payable(app, tx, of).await? else { return Ok(None) };
    let Some(id) = &of.agreement else { return Ok(None) };
    let Some(agreement) = queries::agreement(tx, id).await? else { return Ok(None) };
    if let Some(live) = payments::live(tx, order.as_str()).await? {
        if live.state == AttemptState::Pending {
            payments::close_others(tx, order.as_str(), None, app.now()).await?;
        }
        return Ok(None);
    }
    let open = queries::invoice_of_order(tx, &order).await?.ok_or_else(|| Error::bug("an order without its invoice"))?;
    let attempt = payments::open(app, tx, order.as_str(), open.amount, agreement.provider, of.lang).await?;
    queries::add_charge(tx, &attempt.id, of, open.number, app.now()).await?;
    Ok(Some(attempt))
}
