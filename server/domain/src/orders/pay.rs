//! "Try again": another attempt at an order that still waits.

use super::another::{self, Try};
use super::checkout::refuse;
use super::once::Once;
use super::place::{choose, in_any_case, not_declined_too_often, send};
use super::queries::{self, Order};
use crate::error::OrNotFound;
use crate::payments::{self, Attempt, SHEET};
use crate::{App, Error, Member, Result};
use model::ids::OrderId;
use model::orders::{NextStep, OrderState, PayRequest, Refusal};
use model::payments::{AttemptState, Device, Provider};
use model::time::{Span, seconds};
use store::Tx;

/// Whoever asks for another way has this long to close the first one, before the worker does.
const OWN_TURN: Span = seconds(10);

enum Go {
    Begin(Attempt),
    There(NextStep),
}

/// Leads to the provider: with the attempt that is open, or with a new one. None while money may be on its way.
pub async fn pay_again(app: &App, buyer: &Member, id: &OrderId, request: &PayRequest) -> Result<NextStep> {
    let (app, buyer, id, request) = (app.clone(), buyer.clone(), id.clone(), request.clone());
    in_any_case(async move { pay_now(&app, &buyer, &id, &request).await }).await
}

/// The open attempt that has to be closed at its provider before `provider` can be paid by on this device, written down as such. None
/// where nothing stands in the way, or nothing can be done about it: paying says what that is.
pub async fn in_the_way(app: &App, buyer: &Member, id: &OrderId, provider: Provider, device: Device) -> Result<Option<Attempt>> {
    app.db
        .write(async |tx| {
            let order = queries::lock(tx, id).await?.filter(|order| order.account == buyer.id).or_not_found()?;
            if order.state != OrderState::AwaitingPayment || app.now() >= order.expires_at {
                return Ok(None);
            }
            let provider = choose(app, Some(provider), order.due.currency())?;
            let live = payments::live(tx, id.as_str()).await?;
            let Some(attempt) = live.filter(|attempt| attempt.state == AttemptState::Pending) else { return Ok(None) };
            let closes = attempt.provider != provider || opens_elsewhere(app, &attempt, device);
            if closes || attempt.close_wanted {
                payments::set_close_wanted(tx, &attempt.id, closes, app.now() + OWN_TURN).await?;
            }
            Ok::<_, Error>(closes.then_some(Attempt { close_wanted: true, asked: 0, ..attempt }))
        })
        .await
}

/// A way to pay that this device cannot go, while the provider has one that it can: a code on the screen of the very phone that shall
/// scan it, a phone's page where there is a code, the sheet of an app outside the app, anything but the sheet inside.
fn opens_elsewhere(app: &App, attempt: &Attempt, device: Device) -> bool {
    let Some(way) = attempt.way_to_pay(app.now()) else { return false };
    let is_sheet = way.starts_with(SHEET);
    match device {
        _ if way.starts_with("http") && payments::gives_code(app, device, attempt.provider) => true,
        Device::Desktop => is_sheet,
        Device::Phone => !way.starts_with("http"),
        Device::WechatApp => !is_sheet && payments::has_sheet(app, attempt.provider),
    }
}

async fn pay_now(app: &App, buyer: &Member, id: &OrderId, request: &PayRequest) -> Result<NextStep> {
    let once = Once { who: &buyer.id, route: route(request.provider), key: &request.key, request: id.to_string() };
    let go = app
        .db
        .write(async |tx| {
            let order = queries::lock(tx, id).await?.filter(|order| order.account == buyer.id).or_not_found()?;
            let repeated = once.before(tx).await?.is_some();
            let go = next(app, tx, &order, request, repeated).await?;
            // who comes back from saying who they are goes on with another key, and who does not may press again
            if !repeated && !matches!(go, Go::There(NextStep::SayWho(..))) {
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

/// One page offers several ways by one key: each is a form of its own.
const fn route(provider: Option<Provider>) -> &'static str {
    match provider {
        None => "pay",
        Some(Provider::Sandbox) => "pay_sandbox",
        Some(Provider::Stripe) => "pay_stripe",
        Some(Provider::Alipay) => "pay_alipay",
        Some(Provider::Wechat) => "pay_wechat",
    }
}

async fn next(app: &App, tx: &mut Tx, order: &Order, request: &PayRequest, repeated: bool) -> Result<Go> {
    let payer = &request.payer;
    match order.state {
        OrderState::Paid => return Ok(Go::There(NextStep::Done(order.id.clone()))),
        OrderState::AwaitingPayment if app.now() < order.expires_at => (),
        _ => return Err(refuse(Refusal::Closed)),
    }
    match payments::live(tx, order.id.as_str()).await? {
        // it is being closed, and nothing begins before that
        Some(attempt) if attempt.state == AttemptState::Pending && attempt.close_wanted => {
            Ok(Go::There(NextStep::Watch(order.id.clone())))
        }
        Some(attempt) if attempt.state == AttemptState::Pending => match attempt.way_to_pay(app.now()) {
            Some(url) if url.starts_with("http") && payments::opens_page(app, payer.device, attempt.provider) => {
                Ok(Go::There(NextStep::PayAt(url.to_owned())))
            }
            Some(_) => Ok(Go::There(NextStep::Watch(order.id.clone()))),
            // the answer that brought it was lost, or it is over: the same payment is asked for again, by the same key
            None => {
                if payments::has_to_say_who(app, tx, &order.account, attempt.provider, payer).await? {
                    return Ok(Go::There(NextStep::SayWho(attempt.provider, order.id.clone())));
                }
                Ok(Go::Begin(attempt))
            }
        },
        Some(_) if repeated => Ok(Go::There(NextStep::Watch(order.id.clone()))),
        Some(_) => Err(refuse(Refusal::PaymentInProgress)),
        None if repeated => Ok(Go::There(NextStep::Watch(order.id.clone()))),
        None => {
            not_declined_too_often(app, tx, &order.account).await?;
            let provider = choose(app, request.provider, order.due.currency())?;
            let tried = another::begin(app, tx, order, provider, payer).await?;
            Ok(match tried {
                Try::Begin(attempt, _) => Go::Begin(attempt),
                Try::SayWho(provider) => Go::There(NextStep::SayWho(provider, order.id.clone())),
            })
        }
    }
}
