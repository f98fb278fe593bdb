//! What the staff's page of payouts asks the server.

#[cfg(feature = "ssr")]
use crate::orders::CASHIERS;
#[cfg(feature = "ssr")]
use domain::payouts;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::earnings::MovePayout;
use model::earnings::StaffPayout;
use model::paging::Page;
#[cfg(feature = "ssr")]
use model::routes;

/// A page of payouts, those that wait for somebody first.
#[server]
pub async fn read_staff_payouts(page: u32) -> Result<Page<StaffPayout>, wire::Error> {
    let (app, staff) = wire::staff(CASHIERS)?;
    Ok(payouts::list(&app, &staff, page).await?)
}

/// One move with a payout.
#[cfg(feature = "ssr")]
pub async fn move_payout(form: MovePayout) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(CASHIERS)?;
    payouts::step_on(&app, &staff, form).await?;
    Ok(wire::Next(routes::admin_payouts(wire::lang())))
}
