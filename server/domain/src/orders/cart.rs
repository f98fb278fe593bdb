//! The cart: what somebody means to buy. Its prices are today's; nothing is frozen before the checkout.
//!
//! Somebody not signed in has theirs in a cookie; it is taken over with the first thing they do with the cart after signing in.

use super::checkout::{WRONG_CODES, begin_checkout_of, refuse};
use super::price::{Choices, Priced, price};
use super::queries;
use crate::guesses::{self, Guess};
use crate::{App, Error, Member, Result, Visitor, limits, promotions};
use model::Money;
use model::cart::{Basket, Cart, CartLine, MOST_ITEMS};
use model::orders::{Bar, Item, Line, NextStep, Refusal};
use store::Tx;

/// The cart as it stands; `basket` is what the browser brought.
pub async fn show_cart(app: &App, visitor: &Visitor, basket: &Basket) -> Result<Cart> {
    let mut conn = app.db.read().await?;
    let me = visitor.me.as_ref().map(|me| &me.id);
    let kept = match me {
        Some(me) => queries::cart(&mut conn, me).await?,
        None => queries::CartRow::default(),
    };
    let items = together(&kept, basket);
    let choices = Choices { coupon: kept.coupon.clone(), use_wallet: kept.use_wallet };
    let priced = price(app, &mut conn, me, &items, &choices).await?;
    let mut lines = Vec::new();
    for (offer, numbers) in &priced.lines {
        let zero = Money::zero(offer.price.currency());
        let seen = kept.items.iter().find(|(item, _)| *item == offer.item).map(|(_, seen)| *seen);
        lines.push(CartLine {
            line: Line {
                item: offer.item.clone(),
                title: offer.title.clone(),
                seller: offer.seller.clone(),
                slug: offer.slug.clone(),
                list: offer.list,
                coupon: numbers.as_ref().map_or(zero, |numbers| numbers.coupon),
                amount: offer.price,
                tax: zero,
                courses: offer.parts.iter().map(|part| part.course.clone()).collect(),
            },
            bar: offer.bar.clone(),
            was: seen.filter(|seen| *seen != offer.price && offer.bar.is_none()),
        });
    }
    Ok(Cart {
        lines,
        total: priced.total,
        coupon: priced.coupon,
        balance: priced.balance,
        use_wallet: kept.use_wallet,
        signed_in: me.is_some(),
    })
}

/// What is kept, and then what the browser brought beside it.
fn together(kept: &queries::CartRow, basket: &Basket) -> Vec<Item> {
    let mut all = Basket(kept.items.iter().map(|(item, _)| item.clone()).collect());
    basket.0.iter().for_each(|item| {
        all.add(item.clone());
    });
    all.0
}

/// "Into the cart". What the person has, teaches, or cannot buy stays out, with the reason; so does what a full cart has no room for.
pub async fn add_to_cart(app: &App, visitor: &Visitor, basket: &mut Basket, item: Item) -> Result<()> {
    let me = visitor.me.as_ref().map(|me| &me.id);
    let priced = price(app, &mut app.db.read().await?, me, std::slice::from_ref(&item), &Choices::default()).await?;
    let (offer, _) = priced.lines.first().ok_or_else(Error::not_found)?;
    match &offer.bar {
        Some(Bar::Own) => return Err(refuse(Refusal::OwnCourse)),
        Some(Bar::Owned) => return Err(refuse(Refusal::AlreadyOwned)),
        Some(Bar::Ordered(_)) => return Err(refuse(Refusal::AlreadyOrdered)),
        Some(Bar::SoldOut) => return Err(refuse(Refusal::SoldOut)),
        Some(Bar::NotForSale | Bar::OtherCurrency | Bar::Within(_)) => return Err(refuse(Refusal::NotForSale)),
        None => (),
    }
    let kept = match me {
        Some(me) => queries::cart(&mut app.db.read().await?, me).await?,
        None => queries::CartRow::default(),
    };
    if !Basket(together(&kept, basket)).add(item.clone()) {
        return Err(refuse(Refusal::CartFull));
    }
    basket.add(item);
    if let Ok(member) = visitor.member() {
        take_over(app, &member, basket, |_, _| ()).await?;
    }
    Ok(())
}

/// "Remove".
pub async fn remove_from_cart(app: &App, visitor: &Visitor, basket: &mut Basket, item: &Item) -> Result<()> {
    basket.remove(item);
    let Ok(member) = visitor.member() else { return Ok(()) };
    take_over(app, &member, basket, |_, _| ()).await?;
    app.db.write(async |tx| queries::remove_cart_item(tx, &member.id, item).await).await
}

/// "Use this code" in the cart; empty: none. A code that takes nothing off is refused, and counted.
pub async fn cart_coupon(app: &App, member: &Member, basket: &mut Basket, typed: &str) -> Result<()> {
    let code = promotions::tidy_code(typed);
    if code.is_empty() {
        return take_over(app, member, basket, |coupon, _| *coupon = None).await;
    }
    limits::take(app, &[WRONG_CODES], member.id.as_str()).await?;
    let problem = {
        let mut conn = app.db.read().await?;
        let kept = queries::cart(&mut conn, &member.id).await?;
        let choices = Choices { coupon: Some(code.clone()), use_wallet: kept.use_wallet };
        let priced = price(app, &mut conn, Some(&member.id), &together(&kept, basket), &choices).await?;
        priced.coupon.and_then(|chosen| chosen.problem)
    };
    if let Some(reason) = problem {
        guesses::note(app, Guess::Coupon, &member.id).await?;
        return Err(refuse(Refusal::Coupon(reason)));
    }
    limits::give_back(app, &[WRONG_CODES], member.id.as_str()).await?;
    take_over(app, member, basket, |coupon, _| *coupon = Some(code.clone())).await
}

/// "Pay from my wallet" in the cart.
pub async fn cart_wallet(app: &App, member: &Member, basket: &mut Basket, use_it: bool) -> Result<()> {
    take_over(app, member, basket, |_, wallet| *wallet = use_it).await
}

/// "To the checkout": everything that can be bought, frozen as it is now.
pub async fn check_out(app: &App, member: &Member, basket: &mut Basket) -> Result<NextStep> {
    take_over(app, member, basket, |_, _| ()).await?;
    let (items, choices) = {
        let mut conn = app.db.read().await?;
        let kept = queries::cart(&mut conn, &member.id).await?;
        let mut choices = Choices { coupon: kept.coupon.clone(), use_wallet: kept.use_wallet };
        let priced = price(app, &mut conn, Some(&member.id), &together(&kept, basket), &choices).await?;
        if priced.coupon.as_ref().is_some_and(|chosen| chosen.problem.is_some()) {
            choices.coupon = None;
        }
        let open = priced.lines.iter().filter(|(offer, _)| offer.bar.is_none());
        (open.map(|(offer, _)| offer.item.clone()).collect::<Vec<_>>(), choices)
    };
    if items.is_empty() {
        return Err(refuse(Refusal::NothingToBuy));
    }
    begin_checkout_of(app, member, &items, &choices, true).await
}

/// Keeps what the browser brought, notes today's prices as seen, and applies a change of the choices. What there is no room for
/// stays in the basket.
async fn take_over(
    app: &App,
    member: &Member,
    basket: &mut Basket,
    change: impl Fn(&mut Option<String>, &mut bool),
) -> Result<()> {
    let taken = app
        .db
        .write(async |tx| {
            queries::lock_account(tx, &member.id).await?;
            queries::touch_cart(tx, &member.id, app.now()).await?;
            let mut kept = queries::cart(tx, &member.id).await?;
            let items = together(&kept, basket);
            let priced = price(app, tx, Some(&member.id), &items, &Choices::default()).await?;
            note(app, tx, member, &priced).await?;
            for gone in &priced.gone {
                queries::remove_cart_item(tx, &member.id, gone).await?;
            }
            change(&mut kept.coupon, &mut kept.use_wallet);
            queries::set_cart_choices(tx, &member.id, kept.coupon.as_deref(), kept.use_wallet).await?;
            Ok::<_, Error>(items)
        })
        .await?;
    basket.0.retain(|item| !taken.contains(item));
    Ok(())
}

async fn note(app: &App, tx: &mut Tx, member: &Member, priced: &Priced) -> Result<()> {
    for (place, (offer, _)) in (0i64..).zip(priced.lines.iter().take(MOST_ITEMS)) {
        // what comes together keeps its order
        let at = app.now() + model::time::Span::from_millis(place);
        queries::put_cart_item(tx, &member.id, &offer.item, offer.price, at).await?;
    }
    Ok(())
}
