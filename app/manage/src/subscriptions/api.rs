//! What the staff's page of memberships asks the server.

#[cfg(feature = "ssr")]
use crate::orders::CASHIERS;
#[cfg(feature = "ssr")]
use domain::subscriptions;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::accounts::Role;
#[cfg(feature = "ssr")]
use model::routes;
#[cfg(feature = "ssr")]
use model::subscriptions::{EndSubscription, OfferPlan, WithdrawPlan};
use model::subscriptions::{StaffSubscriptions, SubscriptionFilter};

/// Memberships by what staff look for.
#[server]
pub async fn read_staff_subscriptions(filter: SubscriptionFilter) -> Result<StaffSubscriptions, wire::Error> {
    let (app, staff) = wire::staff(&[Role::Support, Role::Finance, Role::Admin])?;
    Ok(subscriptions::list(&app, &staff, filter).await?)
}

/// "End now".
#[cfg(feature = "ssr")]
pub async fn end(form: EndSubscription) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(CASHIERS)?;
    subscriptions::cancel_now(&app, &staff, &form.parse()?).await?;
    Ok(wire::Next(routes::admin_subscriptions(wire::lang())))
}

/// "Offer it".
#[cfg(feature = "ssr")]
pub async fn offer_plan(form: OfferPlan) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(CASHIERS)?;
    subscriptions::offer(&app, &staff, form).await?;
    Ok(wire::Next(format!("{}?done=offered", routes::admin_subscriptions(wire::lang()))))
}

/// "Offer it no longer".
#[cfg(feature = "ssr")]
pub async fn withdraw_plan(form: WithdrawPlan) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(CASHIERS)?;
    subscriptions::withdraw(&app, &staff, &form.parse()?).await?;
    Ok(wire::Next(format!("{}?done=withdrawn", routes::admin_subscriptions(wire::lang()))))
}
