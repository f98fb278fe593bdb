//! "Try again": another attempt at an order that still waits.

use super::checkout::refuse;
use super::once::Once;
use super::place::{choose, in_any_case, not_declined_too_often, send};
use super::queries::{self, Order};
use crate::error::OrNotFound;
use crate::payments::{self, Attempt};
use crate::{App, Error, Member, Result};
use model::ids::OrderId;
use model::orders::{NextStep, OrderState, PayRequest, Refusal};
use model::payments::AttemptState;
use store::Tx;

enum Go {
    Begin(Attempt),
    There(NextStep),
}

/// Leads to the provider: with the attempt that is open, or with a new one. None while money may be on its way.
pub async fn pay_again(app: &App, buyer: &Member, id: &OrderId, request: &PayRequest) -> Result<NextStep> {
    let (app, buyer, id, request) = (app.clone(), buyer.clone(), id.clone(), request.clone());
    in_any_case(async move { pay_now(&app, &buyer, &id, &request).await }).await
}

async fn pay_now(app: &App, buyer: &Member, id: &OrderId, request: &PayRequest) -> Result<NextStep> {
    let once = Once { who: &buyer.id, route: "pay", key: &request.key, request: id.to_string() };
    let go = app
        .db
        .write(async |tx| {
            let order = queries::lock(tx, id).await?.filter(|order| order.account == buyer.id).or_not_found()?;
            let repeated = once.before(tx).await?.is_some();
            let go = next(app, tx, &order, request, repeated).await?;
            if !repeated {
                once.keep(app, tx, id.as_str()).await?;
            }
            Ok::<_, Error>(go)
        })
        .await?;
    match go {
        Go::Begin(attempt) => send(app, id, &attempt, &request.payer).await,
        Go::There(next) => Ok(next),
    }
}

async fn next(app: &App, tx: &mut Tx, order: &Order, request: &PayRequest, repeated: bool) -> Result<Go> {
    match order.state {
        OrderState::Paid => return Ok(Go::There(NextStep::Done(order.id.clone()))),
        OrderState::AwaitingPayment if app.now() < order.expires_at => (),
        _ => return Err(refuse(Refusal::Closed)),
    }
    match payments::live(tx, order.id.as_str()).await? {
        Some(attempt) if attempt.state == AttemptState::Pending => Ok(match attempt.way_to_pay(app.now()) {
            Some(url) if url.starts_with("http") && request.payer.device.opens(attempt.provider) => {
                Go::There(NextStep::PayAt(url.to_owned()))
            }
            Some(_) => Go::There(NextStep::Watch(order.id.clone())),
            // the answer that brought it was lost, or it is over: the same payment is asked for again, by the same key
            None => Go::Begin(attempt),
        }),
        Some(_) if repeated => Ok(Go::There(NextStep::Watch(order.id.clone()))),
        Some(_) => Err(refuse(Refusal::PaymentInProgress)),
        None if repeated => Ok(Go::There(NextStep::Watch(order.id.clone()))),
        None => {
            not_declined_too_often(app, tx, &order.account).await?;
            let provider = choose(app, request.provider, order.due.currency())?;
            Ok(Go::Begin(payments::open(app, tx, order.id.as_str(), order.due, provider, order.lang).await?))
        }
    }
}
