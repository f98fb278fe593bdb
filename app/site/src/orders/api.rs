//! What the pages of buying ask the server.

#[cfg(feature = "ssr")]
use domain::{guesses, orders, settlement};
use leptos::prelude::*;
use model::ids::{CheckoutId, OrderId};
use model::orders::{Checkout, OrderRow, OrderView};
#[cfg(feature = "ssr")]
use model::orders::{ChooseCoupon, ChooseWallet, Pay, PayRequest, Standing};
use model::paging::Page;
#[cfg(feature = "ssr")]
use model::refunds::{AskRefund, Withdraw};
#[cfg(feature = "ssr")]
use model::routes;
#[cfg(feature = "ssr")]
use model::text::Slug;

/// Seconds after which a page whose order may move is asked for again.
#[cfg(feature = "ssr")]
const LOOK_AGAIN: &str = "4";

/// A checkout of the person's own.
#[server]
pub async fn read_checkout(id: CheckoutId) -> Result<Checkout, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(orders::show_checkout(&app, &buyer, &id).await?)
}

/// How an order of the person's own stands. The page renews itself, without script too, while something may move.
#[server]
pub async fn read_order(id: OrderId) -> Result<OrderView, wire::Error> {
    let (app, buyer) = wire::member()?;
    let mut order = orders::shown_on(&app, wire::payer()?.device, orders::show_order(&app, &buyer, &id).await?);
    // the app says that it is paid, which proves nothing: the provider's word is waited for
    if matches!(order.standing, Standing::Sheet(_)) && wire::query().get("sheet") == Some("paid") {
        order.standing = Standing::Processing;
    }
    if order.standing.is_moving() || order.refunds.iter().any(|refund| refund.state.is_moving()) {
        wire::add_header("refresh", LOOK_AGAIN);
    }
    Ok(order)
}

/// A page of everything the person ordered.
#[server]
pub async fn read_my_orders(page: u32) -> Result<Page<OrderRow>, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(orders::my_orders_page(&app, &buyer, page).await?)
}

/// "Buy" on a course's page.
#[cfg(feature = "ssr")]
pub async fn buy(slug: Slug) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(wire::Next(orders::begin_checkout(&app, &buyer, &slug).await?.address(wire::lang())))
}

/// "Take it" on a free course's page.
#[cfg(feature = "ssr")]
pub async fn enrol(slug: Slug) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(wire::Next(orders::enrol(&app, &buyer, wire::lang(), &slug).await?.address(wire::lang())))
}

/// "Pay" on the checkout page.
#[cfg(feature = "ssr")]
pub async fn place_order(id: CheckoutId, form: Pay) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    let request = PayRequest { payer: wire::payer()?, ..form.parse()? };
    Ok(wire::Next(orders::place(&app, &buyer, wire::lang(), &id, &request).await?.address(wire::lang())))
}

/// "Use this code", or none, on the checkout page.
#[cfg(feature = "ssr")]
pub async fn choose_coupon(id: CheckoutId, form: ChooseCoupon) -> Result<wire::Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let buyer = visitor.member()?;
    let choosing = orders::choose_coupon(&app, &buyer, &id, &form.coupon);
    // taking one off is no guess
    let next = match form.coupon.trim().is_empty() {
        true => choosing.await?,
        false => guesses::from_network(&app, &visitor.network, choosing).await?,
    };
    Ok(wire::Next(next.address(visitor.lang)))
}

/// "Pay from my wallet" on the checkout page.
#[cfg(feature = "ssr")]
pub async fn choose_wallet(id: CheckoutId, form: ChooseWallet) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(wire::Next(orders::choose_wallet(&app, &buyer, &id, form.is_yes()).await?.address(wire::lang())))
}

/// "Go on at the new price" on the checkout page.
#[cfg(feature = "ssr")]
pub async fn accept(id: CheckoutId) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(wire::Next(orders::accept(&app, &buyer, &id).await?.address(wire::lang())))
}

/// "Go on", "try again" and another way on the payment page.
#[cfg(feature = "ssr")]
pub async fn pay_order(id: OrderId, form: Pay) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    let request = PayRequest { payer: wire::payer()?, ..form.parse()? };
    Ok(wire::Next(settlement::pay(&app, &buyer, &id, &request).await?.address(wire::lang())))
}

/// "Cancel" on the payment page.
#[cfg(feature = "ssr")]
pub async fn cancel_order(id: OrderId) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(wire::Next(orders::cancel(&app, &buyer, &id).await?.address(wire::lang())))
}

/// "I want my money back".
#[cfg(feature = "ssr")]
pub async fn ask_refund(id: OrderId, form: AskRefund) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    orders::ask_refund(&app, &buyer, &id, form).await?;
    Ok(wire::Next(routes::order(wire::lang(), &id)))
}

/// A request that waits is taken back.
#[cfg(feature = "ssr")]
pub async fn withdraw_refund(id: OrderId, form: Withdraw) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    orders::withdraw_refund(&app, &buyer, &id, &form.refund).await?;
    Ok(wire::Next(routes::order(wire::lang(), &id)))
}
