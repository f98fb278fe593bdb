//! What the pages of coupons and bundles ask the server.

#[cfg(feature = "ssr")]
use domain::{catalog::bundled, promotions, promotions::Maker};
use leptos::prelude::*;
use model::cart::Bundles;
#[cfg(feature = "ssr")]
use model::cart::{NewBundle, OfferBundle};
use model::promotions::Coupons;
#[cfg(feature = "ssr")]
use model::promotions::{EndCoupon, NewCoupon};
#[cfg(feature = "ssr")]
use model::routes;
#[cfg(feature = "ssr")]
use wire::Next;

/// A page of the instructor's own coupons.
#[server]
pub async fn read_my_coupons(page: u32) -> Result<Coupons, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(promotions::list(&app, Maker::Instructor(&member), page).await?)
}

/// A page of the bundles the person made.
#[server]
pub async fn read_my_bundles(page: u32) -> Result<Bundles, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(bundled::bundles(&app, &member, page).await?)
}

/// "Make the coupon".
#[cfg(feature = "ssr")]
pub async fn make_coupon(form: NewCoupon) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    promotions::create(&app, Maker::Instructor(&member), form).await?;
    Ok(Next(format!("{}?done=made", routes::studio_coupons(wire::lang()))))
}

/// "End it".
#[cfg(feature = "ssr")]
pub async fn end_coupon(form: EndCoupon) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    promotions::end(&app, Maker::Instructor(&member), &form.promotion).await?;
    Ok(Next(format!("{}?done=ended", routes::studio_coupons(wire::lang()))))
}

/// "Make the bundle".
#[cfg(feature = "ssr")]
pub async fn make_bundle(form: NewBundle) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    bundled::create(&app, &member, form).await?;
    Ok(Next(format!("{}?done=made", routes::studio_bundles(wire::lang()))))
}

/// "Take it off", or "offer it again".
#[cfg(feature = "ssr")]
pub async fn offer_bundle(form: OfferBundle) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    bundled::set_listed(&app, &member, &form.bundle, form.listed == "yes").await?;
    Ok(Next(format!("{}?done=saved", routes::studio_bundles(wire::lang()))))
}
