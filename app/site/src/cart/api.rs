//! What the cart's pages ask the server.

#[cfg(feature = "ssr")]
use domain::guesses;
#[cfg(feature = "ssr")]
use domain::orders::{self, Choices};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::cart::{Basket, CartItem, TopUp};
use model::cart::{BundlePage, Cart, Wallet};
#[cfg(feature = "ssr")]
use model::orders::{ChooseCoupon, ChooseWallet};
#[cfg(feature = "ssr")]
use model::routes;
use model::text::Slug;
#[cfg(feature = "ssr")]
use wire::{Cookie, Next};

/// The cart as it stands.
#[server]
pub async fn read_cart() -> Result<Cart, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(orders::show_cart(&app, &visitor, &Basket::read(&wire::sent_cart()?)).await?)
}

/// A bundle on offer.
#[server]
pub async fn read_bundle(slug: Slug) -> Result<BundlePage, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(orders::show_bundle(&app, &visitor, &slug).await?)
}

/// The person's own wallet, with a page of what moved.
#[server]
pub async fn read_wallet(page: u32) -> Result<Wallet, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(orders::show_wallet(&app, &member, page).await?)
}

/// What the browser keeps for the cart from now on.
#[cfg(feature = "ssr")]
fn keep(app: &domain::App, basket: &Basket) -> Next {
    wire::set_cookie(app, Cookie::Cart, &basket.written());
    Next(routes::cart(wire::lang()))
}

/// "Into the cart".
#[cfg(feature = "ssr")]
pub async fn add(form: CartItem) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let mut basket = Basket::read(&wire::sent_cart()?);
    orders::add_to_cart(&app, &visitor, &mut basket, form.parse()?).await?;
    Ok(keep(&app, &basket))
}

/// "Remove".
#[cfg(feature = "ssr")]
pub async fn remove(form: CartItem) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let mut basket = Basket::read(&wire::sent_cart()?);
    orders::remove_from_cart(&app, &visitor, &mut basket, &form.parse()?).await?;
    Ok(keep(&app, &basket))
}

/// "Use this code", or none.
#[cfg(feature = "ssr")]
pub async fn use_coupon(form: ChooseCoupon) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let member = visitor.member()?;
    let mut basket = Basket::read(&wire::sent_cart()?);
    let choosing = orders::cart_coupon(&app, &member, &mut basket, &form.coupon);
    // taking one off is no guess
    match form.coupon.trim().is_empty() {
        true => choosing.await?,
        false => guesses::from_network(&app, &visitor.network, choosing).await?,
    }
    Ok(keep(&app, &basket))
}

/// "Pay from my wallet".
#[cfg(feature = "ssr")]
pub async fn use_wallet(form: ChooseWallet) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    let mut basket = Basket::read(&wire::sent_cart()?);
    orders::cart_wallet(&app, &member, &mut basket, form.is_yes()).await?;
    Ok(keep(&app, &basket))
}

/// "To the checkout".
#[cfg(feature = "ssr")]
pub async fn check_out() -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    let mut basket = Basket::read(&wire::sent_cart()?);
    let next = orders::check_out(&app, &member, &mut basket).await?;
    wire::set_cookie(&app, Cookie::Cart, &basket.written());
    Ok(Next(next.address(wire::lang())))
}

/// "Buy" on a bundle's page.
#[cfg(feature = "ssr")]
pub async fn buy_bundle(form: CartItem) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    let items = [form.parse()?];
    Ok(Next(orders::begin_checkout_of(&app, &member, &items, &Choices::default(), false).await?.address(wire::lang())))
}

/// "Top up" on the wallet's page.
#[cfg(feature = "ssr")]
pub async fn top_up(form: TopUp) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    let items = [form.parse()?];
    Ok(Next(orders::begin_checkout_of(&app, &member, &items, &Choices::default(), false).await?.address(wire::lang())))
}
