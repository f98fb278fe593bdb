//! From a checkout to an order: one transaction, then the provider is asked.

use super::checkout::{not_needed, refuse};
use super::once::Once;
use super::queries::{self, Line, Order};
use super::settle::settle_free;
use super::{PATIENCE, Terms, quote};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::payments::{self, Attempt, Sending};
use crate::{App, Error, Member, Result};
use model::Lang;
use model::ids::{CheckoutId, OrderId};
use model::orders::{NextStep, OrderState, PayRequest, Refusal};
use model::payments::{AttemptState, Provider};
use store::Tx;

/// What an order is made of.
pub(super) struct Placing<'a> {
    pub buyer: &'a Member,
    pub lang: Lang,
    pub checkout: &'a CheckoutId,
    pub provider: Option<Provider>,
    /// Refuse what costs something.
    pub free_only: bool,
}

/// What came of it.
pub(super) enum Placed {
    /// A new order with an attempt that has to be sent.
    Begin(Order, Attempt),
    /// Nothing more to do than to go there.
    Go(NextStep),
}

/// "Pay": makes the order of a checkout, once, and sends the buyer to the provider.
pub async fn place(app: &App, buyer: &Member, lang: Lang, checkout: &CheckoutId, request: &PayRequest) -> Result<NextStep> {
    let sent = format!("{checkout} {}", request.provider.map_or("", Provider::as_str));
    let once = Once { who: &buyer.id, route: "place", key: &request.key, request: sent };
    let placing = Placing { buyer, lang, checkout, provider: request.provider, free_only: false };
    let placed = app
        .db
        .write(async |tx| {
            queries::lock_account(tx, &buyer.id).await?;
            if let Some(order) = once.before(tx).await? {
                let order = order.parse().map_err(Error::bug)?;
                return Ok(Placed::Go(NextStep::Watch(order)));
            }
            let placed = place_in(app, tx, &placing).await?;
            if let Placed::Begin(order, _) = &placed {
                once.keep(app, tx, order.id.as_str()).await?;
            }
            Ok::<_, Error>(placed)
        })
        .await?;
    match placed {
        Placed::Begin(order, attempt) => send(app, &order.id, &attempt).await,
        Placed::Go(next) => Ok(next),
    }
}

/// Sends an attempt and says where the buyer goes: to the provider, or to the page that tells how it stands.
pub(super) async fn send(app: &App, order: &OrderId, attempt: &Attempt) -> Result<NextStep> {
    let (title, left) = {
        let mut conn = app.db.read().await?;
        let order = queries::order(&mut conn, order).await?.or_not_found()?;
        let lines = queries::lines(&mut conn, &order.id).await?;
        let title = lines.first().map(|line| line.title.clone()).unwrap_or_default();
        (title, order.expires_at.since(app.now()).as_seconds())
    };
    let sending = Sending { description: title, expires_in: left.max(60), ..Sending::default() };
    let attempt = payments::begin(app, attempt, sending).await?;
    Ok(match (attempt.state, attempt.pay_url) {
        (AttemptState::Pending, Some(url)) => NextStep::PayAt(url),
        _ => NextStep::Watch(order.clone()),
    })
}

pub(super) async fn place_in(app: &App, tx: &mut Tx, placing: &Placing<'_>) -> Result<Placed> {
    let Placing { buyer, lang, checkout, provider, free_only } = placing;
    let checkout = queries::checkout(tx, checkout).await?.filter(|row| row.account == buyer.id).or_not_found()?;
    if let Some(order) = queries::order_of_checkout(tx, &checkout.id).await? {
        return Ok(Placed::Go(NextStep::Watch(order)));
    }
    let offer = queries::offer(tx, &checkout.course).await?.or_not_found()?;
    if let Some(elsewhere) = not_needed(app, tx, buyer, &offer).await? {
        return Ok(Placed::Go(elsewhere));
    }
    if offer.price != checkout.total || (*free_only && !offer.price.is_zero()) {
        return Err(refuse(Refusal::PriceChanged { was: checkout.total, now: offer.price }));
    }
    let now = app.now();
    let terms = Terms { share_bp: app.settings.instructor_share_bp };
    let quote = quote(offer.price, offer.compare, terms)?;
    let order = Order {
        id: app.new_id(),
        account: buyer.id.clone(),
        buyer: buyer.me.name.to_string(),
        checkout: checkout.id.clone(),
        state: OrderState::AwaitingPayment,
        refunded_state: model::orders::Refunded::None,
        needs_review: false,
        total: quote.total,
        refunded: model::Money::zero(quote.total.currency()),
        lang: *lang,
        paid_attempt: None,
        placed_at: now,
        expires_at: now + PATIENCE,
        paid_at: None,
        version: 1,
    };
    queries::add_order(tx, &order).await?;
    let line = Line {
        id: app.new_id(),
        course: offer.course.clone(),
        instructor: offer.instructor.clone(),
        title: offer.title.clone(),
        price: offer.price_id.clone(),
        list: quote.list,
        discount: quote.discount,
        net: quote.net,
        tax: quote.tax,
        share_bp: terms.share_bp,
        share: quote.share,
    };
    queries::add_line(tx, &order.id, 1, &line).await?;
    let detail = format!("{} {}", order.total.minor(), order.total.currency());
    audit_trail::record(app, tx, Deed::new("order.placed", "order", &order.id).by(&buyer.id).detail(detail)).await?;
    let placed = serde_json::json!({ "course": line.course, "total": order.total });
    announce(app, tx, Event::new(Happening::OrderPlaced, &order.id).of(&buyer.id).with(placed)).await?;
    if order.total.is_zero() {
        settle_free(app, tx, &order).await?;
        return Ok(Placed::Go(NextStep::Done(order.id)));
    }
    let provider = choose(app, *provider)?;
    let attempt = payments::open(app, tx, order.id.as_str(), order.total, provider, *lang).await?;
    Ok(Placed::Begin(order, attempt))
}

/// The provider the buyer chose, or the first there is.
pub(super) fn choose(app: &App, wanted: Option<Provider>) -> Result<Provider> {
    let there = payments::providers(app);
    wanted.filter(|wanted| there.contains(wanted)).or(there.first().copied()).ok_or_else(|| refuse(Refusal::NoProvider))
}
