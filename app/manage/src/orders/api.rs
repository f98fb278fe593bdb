//! What the staff's pages of orders ask the server.

#[cfg(feature = "ssr")]
use super::CASHIERS;
#[cfg(feature = "ssr")]
use domain::orders;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::accounts::Role;
use model::ids::OrderId;
#[cfg(feature = "ssr")]
use model::orders::{Decide, RefundForm};
use model::orders::{OrderFilter, StaffOrder, StaffOrders, StaffRefund};
use model::paging::Page;
#[cfg(feature = "ssr")]
use model::refunds::Propose;
#[cfg(feature = "ssr")]
use model::routes;

#[cfg(feature = "ssr")]
const STAFF: &[Role] = &[Role::Support, Role::Finance, Role::Admin];

/// Orders by what staff look for.
#[server]
pub async fn read_staff_orders(filter: OrderFilter) -> Result<StaffOrders, wire::Error> {
    let (app, staff) = wire::staff(STAFF)?;
    Ok(orders::list_orders(&app, &staff, filter).await?)
}

/// One order with everything about it.
#[server]
pub async fn read_staff_order(id: OrderId) -> Result<StaffOrder, wire::Error> {
    let (app, staff) = wire::staff(STAFF)?;
    let order = orders::show_for_staff(&app, &staff, &id).await?;
    if order.order.standing.is_moving() || order.order.refunds.iter().any(|refund| refund.state.is_moving()) {
        wire::add_header("refresh", "4");
    }
    Ok(order)
}

/// A page of refunds, those that wait for somebody first.
#[server]
pub async fn read_staff_refunds(page: u32) -> Result<Page<StaffRefund>, wire::Error> {
    let (app, staff) = wire::staff(STAFF)?;
    Ok(orders::list_refunds(&app, &staff, page).await?)
}

/// "Looked at".
#[cfg(feature = "ssr")]
pub async fn looked_at(id: OrderId) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(CASHIERS)?;
    orders::looked_at(&app, &staff, &id).await?;
    Ok(wire::Next(routes::admin_order(wire::lang(), &id)))
}

/// "Refund now".
#[cfg(feature = "ssr")]
pub async fn refund_order(id: OrderId, form: RefundForm) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(CASHIERS)?;
    orders::request_refund(&app, &staff, &id, form).await?;
    Ok(wire::Next(routes::admin_order(wire::lang(), &id)))
}

/// A second person's "approve".
#[cfg(feature = "ssr")]
pub async fn approve_refund(form: Decide) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(CASHIERS)?;
    let order = orders::approve(&app, &staff, &form.refund).await?;
    Ok(wire::Next(routes::admin_order(wire::lang(), &order)))
}

/// "Reject", by anyone who may refund.
#[cfg(feature = "ssr")]
pub async fn reject_refund(form: Decide) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(CASHIERS)?;
    let order = orders::reject(&app, &staff, &form.refund).await?;
    Ok(wire::Next(routes::admin_order(wire::lang(), &order)))
}

/// A way out of a refund that the provider leads nowhere.
#[cfg(feature = "ssr")]
pub async fn propose_remedy(form: Propose) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(CASHIERS)?;
    orders::propose_remedy(&app, &staff, form).await?;
    Ok(wire::Next(routes::admin_refunds(wire::lang())))
}

/// A second person confirms it, as it was shown.
#[cfg(feature = "ssr")]
pub async fn confirm_remedy(form: Propose) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(CASHIERS)?;
    let order = orders::confirm_remedy(&app, &staff, form).await?;
    Ok(wire::Next(routes::admin_order(wire::lang(), &order)))
}
