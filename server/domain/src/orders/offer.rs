//! What an item is today: its price, what it is made of, and whether this person can buy it.

use super::queries::{self, BundleRow, CourseRow};
use crate::{App, Error, Result, entitlement, vouchers};
use model::ids::{AccountId, CourseId, PriceId};
use model::orders::{Bar, Item, LineCourse, LineKind, TOPUPS};
use model::text::Slug;
use model::vouchers::{SEATS_MAX, SEATS_MIN};
use model::{Currency, Money};
use std::collections::BTreeMap;
use store::Conn;

/// An item as it can be bought now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub item: Item,
    /// Empty where its kind has a name of its own (a top-up).
    pub title: String,
    /// Who sells it; empty: the school.
    pub seller: String,
    pub slug: Option<Slug>,
    pub price_id: PriceId,
    /// What the price is compared with.
    pub list: Money,
    pub price: Money,
    /// Coupons may take something off.
    pub reducible: bool,
    /// The wallet may pay for it.
    pub from_wallet: bool,
    pub parts: Vec<OfferPart>,
    pub lessons: u32,
    pub seconds: u32,
    /// Why it cannot be bought.
    pub bar: Option<Bar>,
}

/// A course it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferPart {
    pub course: LineCourse,
    pub topic: String,
    pub instructor: AccountId,
    /// The course's own price.
    pub price: Money,
    pub share_bp: u32,
}

/// Whom an offer is for, and what else they buy with it.
pub struct Asking<'a> {
    /// None: somebody not signed in.
    pub buyer: Option<&'a AccountId>,
    /// Courses that other items of the purchase bring, with the title of what brings them.
    pub brought: &'a BTreeMap<CourseId, String>,
}

/// The offer of an item; none where there is no such thing, and where there are several of what is sold once (only seats are).
pub async fn offer(app: &App, conn: &mut Conn, asking: &Asking<'_>, item: &Item) -> Result<Option<Offer>> {
    if item.quantity != 1 && item.kind != LineKind::SeatPack {
        return Ok(None);
    }
    match item.kind {
        LineKind::Course => match queries::course(conn, &item.id).await? {
            Some(row) => of_course(app, conn, asking, item, row).await.map(Some),
            None => Ok(None),
        },
        LineKind::Bundle => match queries::bundle(conn, &item.id).await? {
            Some(row) => of_bundle(app, conn, asking, item, row).await.map(Some),
            None => Ok(None),
        },
        LineKind::Topup => Ok(of_topup(item)),
        LineKind::Gift => of_gift(app, conn, asking, item).await,
        LineKind::SeatPack => match queries::course(conn, &item.id).await? {
            Some(row) if (SEATS_MIN..=SEATS_MAX).contains(&i64::from(item.quantity)) => {
                let left = queries::places_left(conn, &row.course).await?;
                for_others(app, asking, item, &row, left).map(Some)
            }
            _ => Ok(None),
        },
        // nothing offers these yet
        LineKind::Subscription => Ok(None),
    }
}

async fn of_course(app: &App, conn: &mut Conn, asking: &Asking<'_>, item: &Item, row: CourseRow) -> Result<Offer> {
    let brought = asking.brought.get(&row.course).cloned().map(Bar::Within);
    let own = asking.buyer == Some(&row.instructor);
    let bar = match asking.buyer {
        _ if own => Some(Bar::Own),
        Some(buyer) if entitlement::owns_for_good(conn, buyer, &row.course, app.now()).await? => Some(Bar::Owned),
        _ if !row.listed => Some(Bar::NotForSale),
        Some(buyer) => queries::open_order(conn, buyer, &row.course).await?.map(Bar::Ordered),
        None => None,
    };
    let bar = match bar {
        None => sold_out(queries::places_left(conn, &row.course).await?, 1),
        bar => bar,
    };
    Ok(Offer {
        item: item.clone(),
        title: row.title.clone(),
        seller: row.instructor_name.clone(),
        slug: Some(row.slug.clone()),
        price_id: row.price_id.clone(),
        list: row.compare.filter(|compare| compare.minor() > row.price.minor()).unwrap_or(row.price),
        price: row.price,
        reducible: true,
        from_wallet: true,
        lessons: row.lessons,
        seconds: row.seconds,
        bar: bar.or(brought),
        parts: vec![part(app, &row)],
    })
}

/// Fewer places are left than are wanted.
fn sold_out(left: Option<i64>, wanted: i64) -> Option<Bar> {
    left.filter(|left| *left < wanted).map(|_| Bar::SoldOut)
}

/// Courses in it that the person has, or buys with it in another way, are not paid again: the bundle's price is split over its
/// courses in proportion to their own prices, and only the others' parts are asked for.
async fn of_bundle(app: &App, conn: &mut Conn, asking: &Asking<'_>, item: &Item, row: BundleRow) -> Result<Offer> {
    let currency = row.price.currency();
    let weights: Vec<(&str, u64)> =
        row.courses.iter().map(|course| (course.course.as_str(), course.price.minor().unsigned_abs())).collect();
    let prices = row.price.split(&weights);
    let mut bar = (!row.listed || row.courses.is_empty()).then_some(Bar::NotForSale);
    let (mut list, mut price) = (Money::zero(currency), Money::zero(currency));
    let (mut parts, mut lessons, mut seconds) = (Vec::new(), 0u32, 0u32);
    for (course, its) in row.courses.iter().zip(prices) {
        if asking.brought.contains_key(&course.course) {
            continue;
        }
        if let Some(buyer) = asking.buyer {
            if course.instructor == *buyer {
                bar = Some(Bar::Own);
            }
            if entitlement::owns_for_good(conn, buyer, &course.course, app.now()).await? {
                continue;
            }
            if bar.is_none() {
                bar = queries::open_order(conn, buyer, &course.course).await?.map(Bar::Ordered);
            }
        }
        if !course.listed || course.price.currency() != currency {
            bar = Some(Bar::NotForSale);
            continue;
        }
        if bar.is_none() {
            bar = sold_out(queries::places_left(conn, &course.course).await?, 1);
        }
        list = list.plus(course.price)?;
        price = price.plus(its)?;
        lessons = lessons.saturating_add(course.lessons);
        seconds = seconds.saturating_add(course.seconds);
        parts.push(part(app, course));
    }
    if parts.is_empty() && bar.is_none() {
        bar = Some(Bar::Owned);
    }
    Ok(Offer {
        item: item.clone(),
        title: row.title,
        seller: row.instructor_name,
        slug: Some(row.slug),
        price_id: row.price_id,
        list: if list.minor() > price.minor() { list } else { price },
        price,
        reducible: true,
        from_wallet: true,
        parts,
        lessons,
        seconds,
        bar,
    })
}

/// A course for somebody else; the giver may have it themselves. None where the gift was paid already, or is another's.
async fn of_gift(app: &App, conn: &mut Conn, asking: &Asking<'_>, item: &Item) -> Result<Option<Offer>> {
    let Some(gift) = vouchers::draft(conn, &item.id).await?.filter(|gift| asking.buyer == Some(&gift.giver)) else {
        return Ok(None);
    };
    let Some(row) = queries::course(conn, gift.course.as_str()).await? else { return Ok(None) };
    let left = queries::places_left(conn, &row.course).await?;
    let mut offer = for_others(app, asking, item, &row, left)?;
    // an order of it that waits has its place already
    if let Some(order) = queries::open_order_of_gift(conn, &item.id).await?
        && matches!(offer.bar, None | Some(Bar::SoldOut))
    {
        offer.bar = Some(Bar::Ordered(order));
    }
    Ok(Some(offer))
}

/// A course bought for others, once or several times. Coupons are for what one learns oneself.
fn for_others(app: &App, asking: &Asking<'_>, item: &Item, row: &CourseRow, left: Option<i64>) -> Result<Offer> {
    let price = row.price.portion(i64::from(item.quantity), 1)?;
    let bar = match asking.buyer {
        Some(buyer) if *buyer == row.instructor => Some(Bar::Own),
        _ if !row.listed || row.price.is_zero() => Some(Bar::NotForSale),
        _ => sold_out(left, i64::from(item.quantity)),
    };
    Ok(Offer {
        item: item.clone(),
        title: row.title.clone(),
        seller: row.instructor_name.clone(),
        slug: Some(row.slug.clone()),
        price_id: row.price_id.clone(),
        list: price,
        price,
        reducible: false,
        from_wallet: true,
        lessons: row.lessons,
        seconds: row.seconds,
        bar,
        parts: vec![part(app, row)],
    })
}

/// Money for the wallet, in one of the fixed amounts.
fn of_topup(item: &Item) -> Option<Offer> {
    let minor = item.id.parse().ok().filter(|minor| TOPUPS.contains(minor))?;
    let price = Money::new(minor, Currency::Cny);
    Some(Offer {
        item: item.clone(),
        title: String::new(),
        seller: String::new(),
        slug: None,
        price_id: "topup".parse().ok()?,
        list: price,
        price,
        reducible: false,
        from_wallet: false,
        parts: Vec::new(),
        lessons: 0,
        seconds: 0,
        bar: None,
    })
}

fn part(app: &App, course: &CourseRow) -> OfferPart {
    OfferPart {
        course: LineCourse { id: course.course.clone(), slug: course.slug.clone(), title: course.title.clone() },
        topic: course.topic.clone(),
        instructor: course.instructor.clone(),
        price: course.price,
        share_bp: app.settings.instructor_share_bp,
    }
}

/// The courses that the bundles among these items bring, for the other items. An earlier bundle brings it for a later one.
pub async fn brought_by_bundles(conn: &mut Conn, items: &[Item]) -> Result<Vec<BTreeMap<CourseId, String>>> {
    let mut bundles = Vec::new();
    for item in items {
        bundles.push(if item.kind == LineKind::Bundle { queries::bundle(conn, &item.id).await? } else { None });
    }
    let brings = |bundle: &BundleRow, map: &mut BTreeMap<CourseId, String>| {
        for course in &bundle.courses {
            map.entry(course.course.clone()).or_insert_with(|| bundle.title.clone());
        }
    };
    let mut brought = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let mut map = BTreeMap::new();
        let others = if item.kind == LineKind::Bundle { &bundles[..place] } else { &bundles[..] };
        others.iter().flatten().for_each(|bundle| brings(bundle, &mut map));
        brought.push(map);
    }
    if brought.len() == items.len() { Ok(brought) } else { Err(Error::bug("an item was lost")) }
}
