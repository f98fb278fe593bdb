//! The checkout: a quote frozen for one buyer, shown before anything is ordered.

use super::place::{Placing, place_in};
use super::price::{Choices, Priced, price};
use super::queries::{self, CheckoutLine, CheckoutRow};
use crate::error::OrNotFound;
use crate::guesses::{self, Guess};
use crate::limits::{self, Limit};
use crate::{App, Error, Member, Result, earnings, payments, promotions};
use model::ids::CheckoutId;
use model::orders::{Bar, Checkout, Item, Key, Line, LineKind, NextStep, Refusal, Total};
use model::payments::Payer;
use model::text::Slug;
use model::time::hours;
use model::{Lang, Money};
use store::{Conn, Tx};

/// Codes that were wrong, per person: guessing leads nowhere.
pub const WRONG_CODES: Limit = Limit { name: "coupon.person.hour", at_most: 10, per: hours(1) };

/// "Buy": freezes today's price and leads to the checkout page, or where the buyer is already. Asking twice leads to the same place.
pub async fn begin_checkout(app: &App, buyer: &Member, slug: &Slug) -> Result<NextStep> {
    let course = queries::course_by_slug(&mut app.db.read().await?, slug).await?.or_not_found()?;
    begin_checkout_of(app, buyer, &[Item::of(LineKind::Course, &course.course)], &Choices::default(), false).await
}

/// Freezes a quote of these items and leads to its page; one item that need not be bought leads where it is. A coupon that takes
/// nothing off is left standing there, and counted: codes are guessed here as well as anywhere.
/// `from_cart`: paying it empties the cart of them.
pub async fn begin_checkout_of(
    app: &App,
    buyer: &Member,
    items: &[Item],
    choices: &Choices,
    from_cart: bool,
) -> Result<NextStep> {
    begin(app, buyer, items, choices, from_cart, None).await
}

/// The same for a program of the buyer's that calls from this network: its wrong codes count for the network as well (SEC-L3).
pub async fn begin_checkout_from(
    app: &App,
    network: &str,
    buyer: &Member,
    items: &[Item],
    choices: &Choices,
) -> Result<NextStep> {
    begin(app, buyer, items, choices, false, Some(network)).await
}

async fn begin(
    app: &App,
    buyer: &Member,
    items: &[Item],
    choices: &Choices,
    from_cart: bool,
    network: Option<&str>,
) -> Result<NextStep> {
    // what comes from a cart took something off there
    let typed = !from_cart && choices.coupon.as_deref().is_some_and(|code| !promotions::tidy_code(code).is_empty());
    if typed {
        if let Some(network) = network {
            guesses::network_may_try(app, network).await?;
        }
        limits::take(app, &[WRONG_CODES], buyer.id.as_str()).await?;
    }
    let started = begin_as_priced(app, buyer, items, choices, from_cart).await;
    match &started {
        _ if !typed => (),
        Ok(Started { wrong_code: true, .. }) => {
            guesses::note(app, Guess::Coupon, &buyer.id).await?;
            if let Some(network) = network {
                guesses::count_for_network(app, network).await?;
            }
        }
        _ => limits::give_back(app, &[WRONG_CODES], buyer.id.as_str()).await?,
    }
    Ok(started?.next)
}

/// Priced before anybody has to wait for us: what is frozen is the price of a moment in any case, and paying asks again.
async fn begin_as_priced(app: &App, buyer: &Member, items: &[Item], choices: &Choices, from_cart: bool) -> Result<Started> {
    let priced = price(app, &mut app.db.read().await?, Some(&buyer.id), items, choices).await?;
    app.db
        .write(async |tx| {
            queries::lock_account(tx, &buyer.id).await?;
            freeze(app, tx, buyer, &priced, choices, from_cart).await
        })
        .await
}

/// "Take this course": a course that costs nothing is an order of nothing, paid at once and without a provider. Once.
pub async fn enrol(app: &App, buyer: &Member, lang: Lang, slug: &Slug) -> Result<NextStep> {
    let course = queries::course_by_slug(&mut app.db.read().await?, slug).await?.or_not_found()?;
    let items = [Item::of(LineKind::Course, &course.course)];
    let nobody = Payer::default();
    app.db
        .write(async |tx| {
            queries::lock_account(tx, &buyer.id).await?;
            let choices = Choices::default();
            let priced = price(app, tx, Some(&buyer.id), &items, &choices).await?;
            match freeze(app, tx, buyer, &priced, &choices, false).await?.next {
                NextStep::Checkout(checkout) => {
                    let (checkout, payer) = (&checkout, &nobody);
                    let placing = Placing { buyer, lang, checkout, provider: None, shown: None, payer, free_only: true };
                    place_in(app, tx, &placing).await?;
                    Ok(NextStep::Learn(slug.clone()))
                }
                elsewhere => Ok(elsewhere),
            }
        })
        .await
}

/// Where a purchase leads, and whether the code that came with it takes nothing off.
struct Started {
    next: NextStep,
    wrong_code: bool,
}

/// The purchase as it was priced for this person; where it cannot be made, the place or the refusal that says so.
async fn freeze(app: &App, tx: &mut Tx, buyer: &Member, priced: &Priced, choices: &Choices, from_cart: bool) -> Result<Started> {
    let wrong_code = priced.coupon.as_ref().is_some_and(|chosen| chosen.problem.is_some());
    if let Some(next) = not_needed(priced)? {
        return Ok(Started { next, wrong_code });
    }
    if let Some(open) = queries::open_checkout(tx, &buyer.id, &priced.fingerprint).await? {
        return Ok(Started { next: NextStep::Checkout(open), wrong_code });
    }
    let id: CheckoutId = app.new_id();
    queries::put_checkout(tx, &row(&id, buyer, priced, choices, from_cart), app.now()).await?;
    Ok(Started { next: NextStep::Checkout(id), wrong_code })
}

/// The quote as it is frozen.
fn row(id: &CheckoutId, buyer: &Member, priced: &Priced, choices: &Choices, from_cart: bool) -> CheckoutRow {
    let zero = Money::zero(priced.total.total.currency());
    let line = |(offer, numbers): &(super::offer::Offer, Option<super::quote::Quoted>)| CheckoutLine {
        item: offer.item.clone(),
        title: offer.title.clone(),
        list: offer.list,
        price: offer.price,
        coupon: numbers.as_ref().map_or(zero, |numbers| numbers.coupon),
    };
    CheckoutRow {
        id: id.clone(),
        account: buyer.id.clone(),
        currency: zero.currency(),
        coupon: choices.coupon.clone().filter(|code| !code.is_empty()),
        use_wallet: choices.use_wallet,
        from_cart,
        total: priced.total.clone(),
        fingerprint: priced.fingerprint.clone(),
        lines: priced.lines.iter().map(line).collect(),
    }
}

/// Where a buyer goes who need not or may not buy this: one item leads to where it is, several are refused.
pub(super) fn not_needed(priced: &Priced) -> Result<Option<NextStep>> {
    if !priced.gone.is_empty() || priced.lines.is_empty() {
        return Err(refuse(Refusal::NotForSale));
    }
    let alone = priced.lines.len() == 1;
    let Some((offer, bar)) = priced.bar() else { return Ok(None) };
    match bar {
        Bar::Own => Err(refuse(Refusal::OwnCourse)),
        Bar::NotForSale | Bar::OtherCurrency => Err(refuse(Refusal::NotForSale)),
        Bar::SoldOut => Err(refuse(Refusal::SoldOut)),
        Bar::Ordered(order) if alone => Ok(Some(NextStep::Watch(order.clone()))),
        Bar::Owned if alone => match (&offer.slug, offer.item.kind) {
            (Some(slug), LineKind::Course) => Ok(Some(NextStep::Learn(slug.clone()))),
            _ => Err(refuse(Refusal::AlreadyOwned)),
        },
        Bar::Owned | Bar::Within(_) => Err(refuse(Refusal::AlreadyOwned)),
        Bar::Ordered(_) => Err(refuse(Refusal::AlreadyOrdered)),
    }
}

/// "Use this coupon" on the checkout page; empty: none. A code that takes nothing off is refused, and counted.
pub async fn choose_coupon(app: &App, buyer: &Member, id: &CheckoutId, typed: &str) -> Result<NextStep> {
    let code = promotions::tidy_code(typed);
    if !code.is_empty() {
        limits::take(app, &[WRONG_CODES], buyer.id.as_str()).await?;
    }
    let next = freeze_anew(app, buyer, id, |choices| choices.coupon = Some(code.clone()), true).await;
    let next = if code.is_empty() { next } else { guesses::watch(app, Guess::Coupon, &buyer.id, next).await }?;
    if !code.is_empty() {
        limits::give_back(app, &[WRONG_CODES], buyer.id.as_str()).await?;
    }
    Ok(next)
}

/// "Pay from my wallet" on the checkout page.
pub async fn choose_wallet(app: &App, buyer: &Member, id: &CheckoutId, use_it: bool) -> Result<NextStep> {
    freeze_anew(app, buyer, id, |choices| choices.use_wallet = use_it, false).await
}

/// "Accept" on the checkout page: today's prices, without the coupon if it takes nothing off any more and without what cannot
/// be bought any more.
pub async fn accept(app: &App, buyer: &Member, id: &CheckoutId) -> Result<NextStep> {
    freeze_anew(app, buyer, id, |_| (), false).await
}

/// Freezes the same items again under other choices. `strict`: a coupon that takes nothing off is refused and not dropped.
async fn freeze_anew(
    app: &App,
    buyer: &Member,
    id: &CheckoutId,
    choose: impl Fn(&mut Choices),
    strict: bool,
) -> Result<NextStep> {
    app.db
        .write(async |tx| {
            queries::lock_account(tx, &buyer.id).await?;
            let (before, mut choices) = mine(tx, buyer, id).await?;
            if let Some(order) = queries::order_of_checkout(tx, id).await? {
                return Ok(NextStep::Watch(order));
            }
            choose(&mut choices);
            let mut items: Vec<Item> = before.lines.iter().map(|line| line.item.clone()).collect();
            let mut priced = price(app, tx, Some(&buyer.id), &items, &choices).await?;
            let problem = priced.coupon.as_ref().and_then(|chosen| chosen.problem);
            if let Some(reason) = problem.filter(|_| strict) {
                return Err(refuse(Refusal::Coupon(reason)));
            }
            if problem.is_some() {
                choices.coupon = None;
            }
            if priced.lines.len() > 1 {
                items =
                    priced.lines.iter().filter(|(offer, _)| offer.bar.is_none()).map(|(offer, _)| offer.item.clone()).collect();
            }
            priced = price(app, tx, Some(&buyer.id), &items, &choices).await?;
            if let Some(elsewhere) = not_needed(&priced)? {
                return Ok(elsewhere);
            }
            queries::put_checkout(tx, &row(id, buyer, &priced, &choices, before.from_cart), app.now()).await?;
            Ok::<_, Error>(NextStep::Checkout(id.clone()))
        })
        .await
}

/// The buyer's own checkout and what they chose in it; somebody else's is not found.
pub(super) async fn mine(conn: &mut Conn, buyer: &Member, id: &CheckoutId) -> Result<(CheckoutRow, Choices)> {
    let row = queries::checkout(conn, id).await?.filter(|row| row.account == buyer.id).or_not_found()?;
    let choices = Choices { coupon: row.coupon.clone(), use_wallet: row.use_wallet };
    Ok((row, choices))
}

/// The checkout page. An order that was made of it already is where the buyer belongs instead.
pub async fn show_checkout(app: &App, buyer: &Member, id: &CheckoutId) -> Result<Checkout> {
    let mut conn = app.db.read().await?;
    let (frozen, choices) = mine(&mut conn, buyer, id).await?;
    let items: Vec<Item> = frozen.lines.iter().map(|line| line.item.clone()).collect();
    let priced = price(app, &mut conn, Some(&buyer.id), &items, &choices).await?;
    let mut lines = Vec::new();
    let mut bars = Vec::new();
    let mut promises = Vec::new();
    for (place, kept) in frozen.lines.iter().enumerate() {
        let offer = priced.lines.iter().map(|(offer, _)| offer).find(|offer| offer.item == kept.item);
        match offer {
            Some(offer) => bars.extend(offer.bar.clone().map(|bar| (place, bar))),
            None => bars.push((place, Bar::NotForSale)),
        }
        if let Some(offer) = offer.filter(|offer| !offer.parts.is_empty()) {
            let courses: Vec<_> = offer.parts.iter().map(|part| part.course.id.clone()).collect();
            promises.push((kept.title.clone(), earnings::policy_of_all(&mut conn, &courses).await?));
        }
        lines.push(Line {
            item: kept.item.clone(),
            title: kept.title.clone(),
            seller: offer.map(|offer| offer.seller.clone()).unwrap_or_default(),
            slug: offer.and_then(|offer| offer.slug.clone()),
            list: kept.list,
            coupon: kept.coupon,
            amount: kept.price.minus(kept.coupon)?,
            tax: Money::zero(frozen.currency),
            courses: offer.map(|offer| offer.parts.iter().map(|part| part.course.clone()).collect()).unwrap_or_default(),
        });
    }
    let fits = |total: &Total| *total == frozen.total;
    let sum = |of: fn(&super::offer::Offer) -> u32| priced.lines.iter().map(|(offer, _)| of(offer)).fold(0, u32::saturating_add);
    Ok(Checkout {
        id: id.clone(),
        lines,
        now: (bars.is_empty() && !fits(&priced.total)).then(|| priced.total.clone()),
        bars,
        promises,
        lessons: sum(|offer| offer.lessons),
        seconds: sum(|offer| offer.seconds),
        total: frozen.total,
        coupon: priced.coupon,
        balance: priced.balance,
        use_wallet: frozen.use_wallet,
        email: queries::email(&mut conn, &buyer.id).await?,
        providers: payments::providers_for(app, frozen.currency),
        order: queries::order_of_checkout(&mut conn, id).await?,
        key: new_key(app)?,
    })
}

/// A key for a form about to be shown.
pub fn new_key(app: &App) -> Result<Key> {
    let id: model::ids::EventId = app.new_id();
    Ok(Key::parse(id.as_str())?)
}

pub(super) fn refuse(refusal: Refusal) -> Error {
    Error::refuse(model::Refusal::Orders(refusal))
}
