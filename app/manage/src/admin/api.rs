//! What the staff's pages of people and books ask the server.

#[cfg(feature = "ssr")]
use domain::{admin, audit};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::accounts::Role;
use model::admin::StaffPeople;
use model::orders::Invariant;

/// People whose name or address holds `q`.
#[server]
pub async fn read_people(q: String, page: u32) -> Result<StaffPeople, wire::Error> {
    let (app, staff) = wire::staff(&[Role::Support, Role::Finance, Role::Admin])?;
    Ok(admin::list_people(&app, &staff, q, page).await?)
}

/// Every invariant of the books, asked now.
#[server]
pub async fn read_audit() -> Result<Vec<Invariant>, wire::Error> {
    let (app, _) = wire::staff(&[Role::Support, Role::Finance, Role::Admin])?;
    Ok(audit::check(&app).await?)
}
