//! What a purchase comes to now: its items' offers, the coupon, the wallet.

use super::offer::{Asking, Offer, brought_by_bundles, offer};
use super::queries;
use super::quote::{Asked, AskedPart, Cut, Quoted, quote};
use crate::ledger::{self, Account};
use crate::promotions::{self, Promotion, Sold};
use crate::secrets::hash;
use crate::{App, Result};
use model::ids::{AccountId, CourseId};
use model::orders::{Balance, Bar, ChosenCoupon, Item, Total};
use model::promotions::Refusal;
use model::{Currency, Money};
use std::collections::BTreeMap;
use store::{Conn, Tx};

/// What a buyer chose beside the items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// As it was typed.
    pub coupon: Option<String>,
    pub use_wallet: bool,
}

/// A purchase with all its numbers.
#[derive(Debug, Clone)]
pub struct Priced {
    /// In the order of the items. None: it cannot be bought, and is not counted.
    pub lines: Vec<(Offer, Option<Quoted>)>,
    /// Items that do not exist (any more), and those that were named before.
    pub gone: Vec<Item>,
    pub total: Total,
    pub coupon: Option<ChosenCoupon>,
    /// The coupon's promotion, where it takes something off.
    pub promotion: Option<Promotion>,
    /// What is in the wallet, used or not.
    pub balance: Balance,
    /// Seal over everything that the numbers depend on.
    pub fingerprint: String,
}

impl Priced {
    /// Why the first line that cannot be bought cannot be.
    pub fn bar(&self) -> Option<(&Offer, &Bar)> {
        self.lines.iter().find_map(|(offer, _)| offer.bar.as_ref().map(|bar| (offer, bar)))
    }
}

/// Prices a purchase for somebody (none: not signed in).
pub async fn price(app: &App, conn: &mut Conn, buyer: Option<&AccountId>, items: &[Item], choices: &Choices) -> Result<Priced> {
    let (mut offers, mut gone) = (Vec::new(), Vec::new());
    for (place, (item, brought)) in items.iter().zip(brought_by_bundles(conn, items).await?).enumerate() {
        match offer(app, conn, &Asking { buyer, brought: &brought }, item).await? {
            Some(offer) if !is_named_before(&items[..place], item) => offers.push(offer),
            _ => gone.push(item.clone()),
        }
    }
    let currency = one_currency(&mut offers);
    share_places(conn, &mut offers).await?;
    let (coupon, promotion) = coupon(app, conn, buyer, &offers, choices, currency).await?;
    let balance = balance(conn, buyer, currency).await?;
    let asked: Vec<Asked> =
        offers.iter().filter(|offer| offer.bar.is_none()).map(|offer| asked(offer, promotion.as_ref())).collect();
    let cut = promotion.as_ref().map(|promotion| Cut { reduction: promotion.reduction, bearer: promotion.bearer() });
    let quote = quote(&asked, cut, choices.use_wallet.then_some(balance), currency)?;
    let mut quoted = quote.lines.into_iter();
    let lines = offers
        .into_iter()
        .map(|offer| {
            let numbers = if offer.bar.is_none() { quoted.next() } else { None };
            (offer, numbers)
        })
        .collect();
    let mut priced = Priced { lines, gone, total: quote.total, coupon, promotion, balance, fingerprint: String::new() };
    priced.fingerprint = seal(&priced, choices);
    Ok(priced)
}

/// The same for an order about to be placed: where places are counted, nobody else takes one until the transaction ends.
pub(super) async fn price_and_hold(
    app: &App,
    tx: &mut Tx,
    buyer: &AccountId,
    items: &[Item],
    choices: &Choices,
) -> Result<Priced> {
    let priced = price(app, tx, Some(buyer), items, choices).await?;
    let parts = priced.lines.iter().flat_map(|(offer, _)| &offer.parts);
    let courses: Vec<String> = parts.map(|part| part.course.id.to_string()).collect();
    match queries::hold_places(tx, &courses).await? {
        0 => Ok(priced),
        _ => price(app, tx, Some(buyer), items, choices).await,
    }
}

/// One purchase holds one thing once.
fn is_named_before(before: &[Item], item: &Item) -> bool {
    before.iter().any(|before| before.kind == item.kind && before.id == item.id)
}

/// What somebody can spend from their wallet.
pub async fn balance(conn: &mut Conn, who: Option<&AccountId>, currency: Currency) -> Result<Balance> {
    let Some(who) = who else { return Ok(Balance { gift: Money::zero(currency), cash: Money::zero(currency) }) };
    let (gift, cash) = (Account::WalletGift(who.clone()), Account::Wallet(who.clone()));
    let [gift, cash] = ledger::balances_of(conn, [&gift, &cash], currency).await?;
    Ok(Balance { gift, cash })
}

/// An order is in one currency: the first line's. Whatever is in another cannot be bought with it.
fn one_currency(offers: &mut [Offer]) -> Currency {
    let first = offers.iter().find(|offer| offer.bar.is_none()).or(offers.first());
    let currency = first.map_or(Currency::Cny, |offer| offer.price.currency());
    for offer in offers.iter_mut().filter(|offer| offer.bar.is_none() && offer.price.currency() != currency) {
        offer.bar = Some(Bar::OtherCurrency);
    }
    currency
}

/// A course that several items are of (for oneself, as a gift, as seats) has its places once: an item for which the ones before it
/// leave too few is sold out.
async fn share_places(conn: &mut Conn, offers: &mut [Offer]) -> Result<()> {
    let mut taken: BTreeMap<CourseId, i64> = BTreeMap::new();
    for offer in offers.iter_mut().filter(|offer| offer.bar.is_none()) {
        let wanted = i64::from(offer.item.quantity);
        for part in &offer.parts {
            let Some(before) = taken.get(&part.course.id) else { continue };
            let left = queries::places_left(conn, &part.course.id).await?;
            if left.is_some_and(|left| left < before.saturating_add(wanted)) {
                offer.bar = Some(Bar::SoldOut);
            }
        }
        for part in offer.parts.iter().filter(|_| offer.bar.is_none()) {
            let of_course = taken.entry(part.course.id.clone()).or_default();
            *of_course = of_course.saturating_add(wanted);
        }
    }
    Ok(())
}

async fn coupon(
    app: &App,
    conn: &mut Conn,
    buyer: Option<&AccountId>,
    offers: &[Offer],
    choices: &Choices,
    currency: Currency,
) -> Result<(Option<ChosenCoupon>, Option<Promotion>)> {
    let Some(code) = choices.coupon.as_deref().map(promotions::tidy_code).filter(|code| !code.is_empty()) else {
        return Ok((None, None));
    };
    let found = match promotions::find(app, conn, &code, buyer).await? {
        Ok(promotion) => suits(conn, buyer, offers, currency, promotion).await?,
        Err(reason) => Err(reason),
    };
    let problem = found.as_ref().err().copied();
    Ok((Some(ChosenCoupon { code, problem }), found.ok()))
}

/// Whether the promotion is for this purchase.
async fn suits(
    conn: &mut Conn,
    buyer: Option<&AccountId>,
    offers: &[Offer],
    currency: Currency,
    promotion: Promotion,
) -> Result<Result<Promotion, Refusal>> {
    if let Some(buyer) = buyer
        && promotion.first_order
        && queries::ordered_before(conn, buyer).await?
    {
        return Ok(Err(Refusal::FirstOrderOnly));
    }
    if matches!(promotion.reduction, promotions::Reduction::Fixed(amount) if amount.currency() != currency) {
        return Ok(Err(Refusal::OtherCurrency));
    }
    let takes = |offer: &Offer| offer.bar.is_none() && !offer.price.is_zero() && reduced(offer, Some(&promotion));
    if !offers.iter().any(takes) {
        return Ok(Err(Refusal::NotForThis));
    }
    Ok(Ok(promotion))
}

fn reduced(offer: &Offer, promotion: Option<&Promotion>) -> bool {
    let Some(promotion) = promotion.filter(|_| offer.reducible) else { return false };
    let sold: Vec<Sold> = offer
        .parts
        .iter()
        .map(|part| Sold { course: &part.course.id, topic: &part.topic, instructor: &part.instructor })
        .collect();
    promotions::covers(promotion, &sold)
}

fn asked(offer: &Offer, promotion: Option<&Promotion>) -> Asked {
    let part = |part: &super::offer::OfferPart| AskedPart {
        course: part.course.id.clone(),
        weight: part.price.minor().unsigned_abs(),
        share_bp: part.share_bp,
    };
    Asked {
        key: offer.item.key(),
        list: offer.list,
        price: offer.price,
        reduced: reduced(offer, promotion),
        from_wallet: offer.from_wallet,
        parts: offer.parts.iter().map(part).collect(),
    }
}

fn seal(priced: &Priced, choices: &Choices) -> String {
    let Total { list, coupon, total, gift, cash, due } = &priced.total;
    let mut text = format!(
        "{} {list:?} {coupon:?} {total:?} {gift:?} {cash:?} {due:?} {}",
        priced.coupon.as_ref().map_or("", |chosen| chosen.code.as_str()),
        choices.use_wallet,
    );
    for (offer, numbers) in &priced.lines {
        text += &format!("\n{} {} {:?} {numbers:?}", offer.item.key(), offer.price_id, offer.price);
        offer.parts.iter().for_each(|part| text += &format!(" {}", part.course.id));
    }
    hash(&text)
}
