//! What the staff's page of coupons asks the server.

#[cfg(feature = "ssr")]
use crate::orders::CASHIERS;
#[cfg(feature = "ssr")]
use domain::promotions::{self, Maker};
use leptos::prelude::*;
use model::promotions::Coupons;
#[cfg(feature = "ssr")]
use model::promotions::{EndCoupon, NewCoupon};
#[cfg(feature = "ssr")]
use model::routes;
#[cfg(feature = "ssr")]
use wire::Next;

/// A page of every coupon, the instructors' own included.
#[server]
pub async fn read_coupons(page: u32) -> Result<Coupons, wire::Error> {
    let (app, staff) = wire::staff(CASHIERS)?;
    Ok(promotions::list(&app, Maker::School(&staff), page).await?)
}

/// "Make the coupon".
#[cfg(feature = "ssr")]
pub async fn make_coupon(form: NewCoupon) -> Result<Next, wire::Error> {
    let (app, staff) = wire::proven_staff(CASHIERS)?;
    promotions::create(&app, Maker::School(&staff), form).await?;
    Ok(Next(format!("{}?done=made", routes::admin_coupons(wire::lang()))))
}

/// "End it".
#[cfg(feature = "ssr")]
pub async fn end_coupon(form: EndCoupon) -> Result<Next, wire::Error> {
    let (app, staff) = wire::staff(CASHIERS)?;
    promotions::end(&app, Maker::School(&staff), &form.promotion).await?;
    Ok(Next(format!("{}?done=ended", routes::admin_coupons(wire::lang()))))
}
