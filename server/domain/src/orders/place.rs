//! From a checkout to an order: one transaction, then the provider is asked.

use super::PATIENCE;
use super::another::{self, Try};
use super::book;
use super::checkout::{mine, not_needed, refuse};
use super::once::Once;
use super::price::{Priced, price_and_hold};
use super::queries::{self, CheckoutRow, Line, Order, Part};
use super::settle::settle_free;
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::payments::{self, Attempt, Sending};
use crate::{App, Error, Member, Result, earnings, ledger, promotions};
use model::ids::{AccountId, CheckoutId, OrderId};
use model::orders::{Item, LineKind, NextStep, OrderState, PayRequest, Refusal, Shown};
use model::payments::{AttemptState, Device, Payer, Provider};
use model::time::hours;
use model::{Currency, Fault, Lang, Moment, Money};
use store::{Conn, Tx};
use tracing::Instrument;

/// What an order is made of.
pub(super) struct Placing<'a> {
    pub buyer: &'a Member,
    pub lang: Lang,
    pub checkout: &'a CheckoutId,
    pub provider: Option<Provider>,
    /// The amount the buyer saw.
    pub shown: Option<Shown>,
    /// Who pays, as their request shows.
    pub payer: &'a Payer,
    /// Refuse what costs something.
    pub free_only: bool,
}

/// What came of it.
pub(super) enum Placed {
    /// A new order with an attempt that has to be sent, and what the provider is told of it.
    Begin(Order, Attempt, Told),
    /// A new order whose provider has to be asked first as whom it knows the payer.
    SayWho(OrderId, Provider),
    /// A new order that is paid already.
    Paid(OrderId),
    /// Nothing more to do than to go there.
    Go(NextStep),
}

/// Goes on where the buyer's request ends early: a browser drops the first request when its button is pressed twice, and an
/// attempt that was opened and not sent would leave the second without a page to pay at.
pub(crate) async fn in_any_case(paying: impl Future<Output = Result<NextStep>> + Send + 'static) -> Result<NextStep> {
    tokio::spawn(paying.in_current_span()).await.map_err(Error::bug)?
}

/// Payments of one person that may be declined within an hour (SEC-L3): who tries out cards that are not theirs has to wait.
const DECLINED: i64 = 10;

/// Refuses a further payment of whoever had too many declined.
pub(super) async fn not_declined_too_often(app: &App, conn: &mut Conn, buyer: &AccountId) -> Result<()> {
    if app.settings.limits && queries::declined_since(conn, buyer, app.now() - hours(1)).await? >= DECLINED {
        return Err(Fault::TooOften { seconds: 3_600 }.into());
    }
    Ok(())
}

/// Orders that cost something and that one person may place within an hour (SEC-L3).
const PLACED: u32 = 20;

/// Refuses a further order of whoever placed too many; says how long until the first of them is an hour old.
async fn not_placed_too_often(app: &App, conn: &mut Conn, buyer: &AccountId) -> Result<()> {
    let hour = hours(1);
    let now = app.now();
    let first = if app.settings.limits { queries::placed_before(conn, buyer, PLACED - 1).await? } else { None };
    match first {
        Some(first) if first > now - hour => {
            let seconds = (first + hour).since(now).as_seconds().clamp(1, hour.as_seconds());
            Err(Fault::TooOften { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }.into())
        }
        _ => Ok(()),
    }
}

/// "Pay": makes the order of a checkout, once, and sends the buyer to the provider.
pub async fn place(app: &App, buyer: &Member, lang: Lang, checkout: &CheckoutId, request: &PayRequest) -> Result<NextStep> {
    let (app, buyer, checkout, request) = (app.clone(), buyer.clone(), checkout.clone(), request.clone());
    in_any_case(async move { place_now(&app, &buyer, lang, &checkout, &request).await }).await
}

async fn place_now(app: &App, buyer: &Member, lang: Lang, checkout: &CheckoutId, request: &PayRequest) -> Result<NextStep> {
    let sent = format!("{checkout} {}", request.provider.map_or("", Provider::as_str));
    let once = Once { who: &buyer.id, route: "place", key: &request.key, request: sent };
    let PayRequest { provider, shown, payer, .. } = request;
    let placing = Placing { buyer, lang, checkout, provider: *provider, shown: *shown, payer, free_only: false };
    let placed = app
        .db
        .write(async |tx| {
            queries::lock_account(tx, &buyer.id).await?;
            if let Some(order) = once.before(tx).await? {
                let order = order.parse().map_err(Error::bug)?;
                return Ok(Placed::Go(NextStep::Watch(order)));
            }
            not_declined_too_often(app, tx, &buyer.id).await?;
            let placed = place_in(app, tx, &placing).await?;
            if let Placed::Begin(Order { id, .. }, ..) | Placed::Paid(id) | Placed::SayWho(id, _) = &placed {
                once.keep(app, tx, id.as_str()).await?;
            }
            Ok::<_, Error>(placed)
        })
        .await?;
    match placed {
        Placed::Begin(order, attempt, told) => send_as(app, &order.id, &attempt, payer, told).await,
        Placed::SayWho(order, provider) => Ok(NextStep::SayWho(provider, order)),
        Placed::Paid(order) => Ok(NextStep::Done(order)),
        Placed::Go(next) => Ok(next),
    }
}

/// What a provider is told of an order.
pub(super) struct Told {
    account: AccountId,
    title: String,
    expires_at: Moment,
    /// Whoever subscribes agrees that it renews.
    renews: bool,
}

impl Told {
    fn of(order: &Order, lines: &[Line]) -> Self {
        Self {
            account: order.account.clone(),
            title: lines.first().map(|line| line.title.clone()).unwrap_or_default(),
            expires_at: order.expires_at,
            renews: lines.iter().any(|line| line.item.kind == LineKind::Subscription),
        }
    }
}

/// Sends an attempt and says where the buyer goes: to the provider, or to the page that tells how it stands. Part of what goes on
/// [`in_any_case`].
pub(super) async fn send(app: &App, order: &OrderId, attempt: &Attempt, payer: &Payer) -> Result<NextStep> {
    let told = {
        let mut conn = app.db.read().await?;
        let order = queries::order(&mut conn, order).await?.or_not_found()?;
        Told::of(&order, &queries::lines(&mut conn, &order.id).await?)
    };
    send_as(app, order, attempt, payer, told).await
}

async fn send_as(app: &App, order: &OrderId, attempt: &Attempt, payer: &Payer, told: Told) -> Result<NextStep> {
    let name = match payer.device {
        Device::WechatApp => payments::name_of(app, &mut app.db.read().await?, &told.account, attempt.provider, payer).await?,
        Device::Desktop | Device::Phone => None,
    };
    let sending = Sending {
        description: told.title,
        expires_in: told.expires_at.since(app.now()).as_seconds().max(60),
        remember: told.renews && payments::gateway(app, attempt.provider)?.charges_alone(),
        device: payer.device,
        payer: name,
        address: payer.address.clone(),
    };
    let attempt = payments::begin(app, attempt, sending).await?;
    let opens = payments::opens_page(app, payer.device, attempt.provider);
    Ok(match (attempt.state, attempt.way_to_pay(app.now())) {
        // what is no page, such as a code to scan, our own page shows; it also says where another opens
        (AttemptState::Pending, Some(url)) if url.starts_with("http") && opens => NextStep::PayAt(url.to_owned()),
        _ => NextStep::Watch(order.clone()),
    })
}

/// The order with its lines, its coupon's use and its wallet's part; the buyer is locked.
pub(super) async fn place_in(app: &App, tx: &mut Tx, placing: &Placing<'_>) -> Result<Placed> {
    let Placing { buyer, lang, checkout, provider, shown, payer, free_only } = placing;
    let (frozen, choices) = mine(tx, buyer, checkout).await?;
    if let Some(order) = queries::order_of_checkout(tx, &frozen.id).await? {
        return Ok(Placed::Go(NextStep::Watch(order)));
    }
    let items: Vec<Item> = frozen.lines.iter().map(|line| line.item.clone()).collect();
    let priced = price_and_hold(app, tx, &buyer.id, &items, &choices).await?;
    if let Some(elsewhere) = not_needed(&priced)? {
        return Ok(Placed::Go(elsewhere));
    }
    as_shown(&frozen, &priced, *shown)?;
    if *free_only && !priced.total.total.is_zero() {
        return Err(refuse(Refusal::PriceChanged { was: Money::zero(frozen.currency), now: priced.total.total }));
    }
    // whoever comes back to an order that stands, and whoever pays nothing, is not one too many
    if !priced.total.total.is_zero() {
        not_placed_too_often(app, tx, &buyer.id).await?;
    }
    let order = new_order(app, buyer, *lang, &frozen, &priced);
    let lines = new_lines(app, *lang, &priced);
    queries::add_order(tx, &order).await?;
    for (position, line) in (1i64..).zip(&lines) {
        queries::add_line(tx, &order.id, position, line).await?;
        for part in &line.parts {
            earnings::freeze_share(tx, &line.id, &part.course, &part.instructor, part.share).await?;
        }
        let courses: Vec<_> = line.parts.iter().map(|part| part.course.clone()).collect();
        earnings::freeze_policy(tx, &line.id, &courses).await?;
    }
    if let (Some(promotion), Some(chosen)) = (&priced.promotion, &priced.coupon) {
        let amount = priced.total.coupon;
        let reserved = promotions::reserve(app, tx, promotion, &chosen.code, &buyer.id, &order.id, amount).await?;
        reserved.map_err(|reason| refuse(Refusal::Coupon(reason)))?;
    }
    for entry in book::set_aside(&order, &lines) {
        ledger::post(app, tx, &entry).await?;
    }
    let detail = format!("{} {}", order.total.decimal(), order.total.currency());
    audit_trail::record(app, tx, Deed::new("order.placed", "order", &order.id).by(&buyer.id).detail(detail)).await?;
    let placed = serde_json::json!({ "total": order.total });
    announce(app, tx, Event::new(Happening::OrderPlaced, &order.id).of(&buyer.id).with(placed)).await?;
    if order.due.is_zero() {
        settle_free(app, tx, &order).await?;
        return Ok(Placed::Paid(order.id));
    }
    let provider = choose(app, *provider, order.due.currency())?;
    let tried = another::begin(app, tx, &order, provider, payer).await?;
    Ok(match tried {
        Try::SayWho(provider) => Placed::SayWho(order.id, provider),
        Try::Begin(attempt, expires_at) => {
            let order = Order { expires_at, ..order };
            let told = Told::of(&order, &lines);
            Placed::Begin(order, attempt, told)
        }
    })
}

/// What the buyer saw is what it comes to; what differs is told by its own name.
fn as_shown(frozen: &CheckoutRow, priced: &Priced, shown: Option<Shown>) -> Result<()> {
    let (was, now) = (&frozen.total, &priced.total);
    let shown = shown.map(|shown| match shown {
        Shown::Due(minor) => (minor, was.due),
        Shown::Total(minor) => (minor, was.total),
    });
    if let Some((shown, is)) = shown.filter(|(shown, is)| *shown != is.minor()) {
        return Err(refuse(Refusal::PriceChanged { was: Money::new(shown, frozen.currency), now: is }));
    }
    if priced.fingerprint == frozen.fingerprint {
        return Ok(());
    }
    if let Some(reason) = priced.coupon.as_ref().and_then(|chosen| chosen.problem) {
        return Err(refuse(Refusal::Coupon(reason)));
    }
    if was.total != now.total {
        return Err(refuse(Refusal::PriceChanged { was: was.total, now: now.total }));
    }
    if was.due != now.due {
        return Err(refuse(Refusal::BalanceChanged { was: was.due, now: now.due }));
    }
    Err(Error::refuse(model::Refusal::ChangedMeanwhile))
}

fn new_order(app: &App, buyer: &Member, lang: Lang, frozen: &CheckoutRow, priced: &Priced) -> Order {
    let (now, total) = (app.now(), &priced.total);
    Order {
        id: app.new_id(),
        account: buyer.id.clone(),
        buyer: buyer.me.name.to_string(),
        checkout: frozen.id.clone(),
        state: OrderState::AwaitingPayment,
        refunded_state: model::orders::Refunded::None,
        needs_review: false,
        total: total.total,
        gift: total.gift,
        cash: total.cash,
        due: total.due,
        refunded: Money::zero(total.total.currency()),
        lang,
        paid_attempt: None,
        placed_at: now,
        expires_at: now + PATIENCE,
        paid_at: None,
        version: 1,
    }
}

fn new_lines(app: &App, lang: Lang, priced: &Priced) -> Vec<Line> {
    let bought = priced.lines.iter().filter_map(|(offer, numbers)| numbers.as_ref().map(|numbers| (offer, numbers)));
    bought
        .map(|(offer, numbers)| Line {
            id: app.new_id(),
            item: offer.item.clone(),
            title: match offer.title.as_str() {
                "" => locale::orders::line_kind(lang, offer.item.kind).to_owned(),
                title => title.to_owned(),
            },
            price: offer.price_id.clone(),
            list: numbers.list,
            discount: numbers.discount,
            coupon: numbers.coupon,
            net: numbers.net,
            tax: numbers.tax,
            gift: numbers.gift,
            cash: numbers.cash,
            share: numbers.share,
            parts: offer
                .parts
                .iter()
                .zip(&numbers.parts)
                .map(|(part, numbers)| Part {
                    course: part.course.id.clone(),
                    instructor: part.instructor.clone(),
                    title: part.course.title.clone(),
                    net: numbers.net,
                    share_bp: part.share_bp,
                    share: numbers.share,
                })
                .collect(),
        })
        .collect()
}

/// The provider the buyer chose, or the first there is where none was named. One that this school does not have, or that does not
/// take the currency, is refused: nobody is sent where they did not mean to go.
pub(super) fn choose(app: &App, wanted: Option<Provider>, currency: Currency) -> Result<Provider> {
    let there = payments::providers_for(app, currency);
    let chosen = wanted.or(there.first().copied()).filter(|chosen| there.contains(chosen));
    chosen.ok_or_else(|| refuse(Refusal::NoProvider))
}
