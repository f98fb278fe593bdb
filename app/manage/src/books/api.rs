//! What the staff's pages of the books ask the server.

#[cfg(feature = "ssr")]
use crate::orders::CASHIERS;
#[cfg(feature = "ssr")]
use domain::{orders, payments, reconciliation};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::accounts::Role;
#[cfg(feature = "ssr")]
use model::books::{Compare, Replay};
use model::books::{Inbox, NoticeState, Reconciliation, Suspense};
use model::paging::Page;
#[cfg(feature = "ssr")]
use model::routes;

#[cfg(feature = "ssr")]
const STAFF: &[Role] = &[Role::Support, Role::Finance, Role::Admin];

/// A page of money that has no place.
#[server]
pub async fn read_suspense(page: u32) -> Result<Suspense, wire::Error> {
    let (app, staff) = wire::staff(STAFF)?;
    Ok(orders::suspense(&app, &staff, page).await?)
}

/// A page of notifications, narrowed to a state.
#[server]
pub async fn read_webhooks(state: Option<NoticeState>, page: u32) -> Result<Inbox, wire::Error> {
    let (app, staff) = wire::staff(STAFF)?;
    Ok(payments::show_inbox(&app, &staff, state, page).await?)
}

/// A page of comparisons with providers, the latest first.
#[server]
pub async fn read_reconciliation(page: u32) -> Result<Page<Reconciliation>, wire::Error> {
    let (app, staff) = wire::staff(STAFF)?;
    Ok(reconciliation::list(&app, &staff, page).await?)
}

/// "Try again".
#[cfg(feature = "ssr")]
pub async fn replay_notice(form: Replay) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(CASHIERS)?;
    payments::replay(&app, &staff, &form.notice).await?;
    Ok(wire::Next(routes::admin_webhooks(wire::lang())))
}

/// "Compare now".
#[cfg(feature = "ssr")]
pub async fn compare_day(form: Compare) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(CASHIERS)?;
    reconciliation::compare_now(&app, &staff, form.parse()?).await?;
    Ok(wire::Next(routes::admin_reconciliation(wire::lang())))
}
