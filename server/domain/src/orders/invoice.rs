//! Orders that nobody put into a cart: one line for a period of a subscription, paid by a link or by a charge.

use super::another::{self, Try};
use super::checkout::refuse;
use super::close::close;
use super::place::{choose, in_any_case, send};
use super::queries::{self, CheckoutLine, CheckoutRow, Line, Order};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::payments::{self, Attempt};
use crate::{App, Error, Member, Result, accounts};
use model::ids::{AccountId, OrderId, PriceId};
use model::orders::{Item, LineKind, NextStep, OrderState, Refunded, Refusal, Total};
use model::payments::{AttemptState, Payer, Provider};
use model::{Lang, Moment, Money};
use store::{Conn, Tx};

/// An invoice about to be written.
#[derive(Debug, Clone)]
pub struct Invoice<'a> {
    pub account: &'a AccountId,
    pub lang: Lang,
    /// What the line says.
    pub title: String,
    /// The plan's id.
    pub plan: &'a str,
    pub price: &'a PriceId,
    pub amount: Money,
    /// How long it can be paid.
    pub expires_at: Moment,
}

/// Writes the order of an invoice; nobody is asked to pay it yet.
pub async fn invoice(app: &App, tx: &mut Tx, invoice: &Invoice<'_>) -> Result<OrderId> {
    if invoice.amount.minor() <= 0 {
        return Err(Error::bug("an invoice of nothing"));
    }
    let buyer = accounts::profile_of(tx, invoice.account).await?.or_not_found()?.name.to_string();
    let nothing = Money::zero(invoice.amount.currency());
    let item = Item { kind: LineKind::Subscription, id: invoice.plan.to_owned(), quantity: 1 };
    let id: OrderId = app.new_id();
    let frozen = CheckoutRow {
        id: app.new_id(),
        account: invoice.account.clone(),
        currency: invoice.amount.currency(),
        coupon: None,
        use_wallet: false,
        from_cart: false,
        total: Total {
            list: invoice.amount,
            coupon: nothing,
            total: invoice.amount,
            gift: nothing,
            cash: nothing,
            due: invoice.amount,
        },
        // its own, so that no other checkout leads here
        fingerprint: format!("invoice {id}"),
        lines: vec![CheckoutLine {
            item: item.clone(),
            title: invoice.title.clone(),
            list: invoice.amount,
            price: invoice.amount,
            coupon: nothing,
        }],
    };
    queries::put_checkout(tx, &frozen, app.now()).await?;
    let order = Order {
        id,
        account: invoice.account.clone(),
        buyer,
        checkout: frozen.id,
        state: OrderState::AwaitingPayment,
        refunded_state: Refunded::None,
        needs_review: false,
        total: invoice.amount,
        gift: nothing,
        cash: nothing,
        due: invoice.amount,
        refunded: nothing,
        lang: invoice.lang,
        paid_attempt: None,
        placed_at: app.now(),
        expires_at: invoice.expires_at,
        paid_at: None,
        version: 1,
    };
    queries::add_order(tx, &order).await?;
    let line = Line {
        id: app.new_id(),
        item,
        title: invoice.title.clone(),
        price: invoice.price.clone(),
        list: invoice.amount,
        discount: nothing,
        coupon: nothing,
        net: invoice.amount,
        tax: nothing,
        gift: nothing,
        cash: nothing,
        share: nothing,
        parts: Vec::new(),
    };
    queries::add_line(tx, &order.id, 1, &line).await?;
    let detail = format!("{} {}", order.total.decimal(), order.total.currency());
    audit_trail::record(app, tx, Deed::new("order.placed", "order", &order.id).detail(detail)).await?;
    let placed = serde_json::json!({ "total": order.total });
    announce(app, tx, Event::new(Happening::OrderPlaced, &order.id).of(invoice.account).with(placed)).await?;
    Ok(order.id)
}

/// Leads to paying an invoice: to the attempt that is open, or to a new one.
pub async fn pay_invoice(app: &App, buyer: &Member, id: &OrderId, payer: &Payer) -> Result<NextStep> {
    let (app, buyer, id, payer) = (app.clone(), buyer.clone(), id.clone(), payer.clone());
    in_any_case(async move { pay_now(&app, &buyer, &id, &payer).await }).await
}

async fn pay_now(app: &App, buyer: &Member, id: &OrderId, payer: &Payer) -> Result<NextStep> {
    enum Go {
        Begin(Attempt),
        There(NextStep),
    }
    let go = app
        .db
        .write(async |tx| {
            let order = queries::lock(tx, id).await?.filter(|order| order.account == buyer.id).or_not_found()?;
            match order.state {
                OrderState::Paid => return Ok(Go::There(NextStep::Done(order.id))),
                OrderState::AwaitingPayment if app.now() < order.expires_at => (),
                _ => return Err(refuse(Refusal::Closed)),
            }
            let chosen = |attempt: &Attempt| payer.provider.is_none_or(|chosen| chosen == attempt.provider);
            match payments::live(tx, id.as_str()).await? {
                Some(attempt) if attempt.state == AttemptState::Pending && !attempt.close_wanted && chosen(&attempt) => {
                    Ok(match attempt.way_to_pay(app.now()) {
                        Some(url) if url.starts_with("http") && payments::opens_page(app, payer.device, attempt.provider) => {
                            Go::There(NextStep::PayAt(url.to_owned()))
                        }
                        Some(_) => Go::There(NextStep::Watch(order.id)),
                        // the answer that brought it was lost, or it is over: the same payment is asked for again, by the same key
                        None => match payments::has_to_say_who(app, tx, &buyer.id, attempt.provider, payer).await? {
                            true => Go::There(NextStep::SayWho(attempt.provider, order.id)),
                            false => Go::Begin(attempt),
                        },
                    })
                }
                // its page tells how it stands, and offers the other ways
                Some(_) => Ok(Go::There(NextStep::Watch(order.id))),
                None => {
                    let there = payments::providers_for(app, order.due.currency());
                    let last = queries::last_way(tx, &buyer.id).await?.filter(|last| there.contains(last));
                    let provider = choose(app, payer.provider.or(last), order.due.currency())?;
                    let tried = another::begin(app, tx, &order, provider, payer).await?;
                    Ok::<_, Error>(match tried {
                        Try::Begin(attempt, _) => Go::Begin(attempt),
                        Try::SayWho(provider) => Go::There(NextStep::SayWho(provider, order.id)),
                    })
                }
            }
        })
        .await?;
    match go {
        Go::Begin(attempt) => send(app, id, &attempt, payer).await,
        Go::There(next) => Ok(next),
    }
}

/// By which provider somebody paid for a period last.
pub async fn last_way(conn: &mut Conn, buyer: &AccountId) -> Result<Option<Provider>> {
    queries::last_way(conn, buyer).await
}

/// Whether money for this order may be on its way.
pub async fn is_being_paid(conn: &mut Conn, id: &OrderId) -> Result<bool> {
    Ok(payments::live(conn, id.as_str()).await?.is_some_and(|attempt| attempt.state.is_in_flight()))
}

/// Nobody is to pay this order any more: closed at once, also while somebody is paying. What they pay comes late and goes back.
pub async fn withdraw(app: &App, tx: &mut Tx, id: &OrderId) -> Result<()> {
    let order = queries::lock(tx, id).await?.or_not_found()?;
    if order.state == OrderState::AwaitingPayment {
        close(app, tx, &order, OrderState::Canceled, None).await?;
        payments::close_others(tx, id.as_str(), None, app.now()).await?;
        tx.wake();
    }
    Ok(())
}
