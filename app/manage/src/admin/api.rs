//! What the staff's pages of people, the trail and the books ask the server.

#[cfg(feature = "ssr")]
use domain::{accounts, admin, audit};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::accounts::Role;
#[cfg(feature = "ssr")]
use model::admin::{ADMINS, AskRole, DecideRole, EndSessionOf, MarkSignal, STEWARDS, SeeAs, Suspension};
use model::admin::{PeopleFilter, Roles, Seeing, Signals, StaffPeople, StaffPersonPage, TrailFilter, TrailPage};
use model::ids::AccountId;
use model::orders::Invariant;
#[cfg(feature = "ssr")]
use model::routes;

#[cfg(feature = "ssr")]
const STAFF: &[Role] = &[Role::Support, Role::Finance, Role::Admin];

/// People by what staff look for.
#[server]
pub async fn read_people(filter: PeopleFilter) -> Result<StaffPeople, wire::Error> {
    let (app, staff) = wire::staff(STAFF)?;
    Ok(admin::list_people(&app, Some(&staff), filter).await?)
}

/// One person with everything about them.
#[server]
pub async fn read_staff_person(id: AccountId) -> Result<StaffPersonPage, wire::Error> {
    let (app, staff) = wire::staff(STAFF)?;
    Ok(admin::person(&app, &staff, &id).await?)
}

/// Roles that are asked for.
#[server]
pub async fn read_roles() -> Result<Roles, wire::Error> {
    let (app, staff) = wire::staff(STEWARDS)?;
    Ok(accounts::role_requests(&app, &staff).await?)
}

/// As whom one looks just now.
#[server]
pub async fn read_seeing() -> Result<Option<Seeing>, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    visitor.staff(STEWARDS)?;
    Ok(accounts::seeing(&app, &visitor).await?)
}

/// Who did what.
#[server]
pub async fn read_trail(filter: TrailFilter) -> Result<TrailPage, wire::Error> {
    let (app, staff) = wire::staff(ADMINS)?;
    Ok(admin::read_trail(&app, &staff, filter).await?)
}

/// What looks like an attack.
#[server]
pub async fn read_signals() -> Result<Signals, wire::Error> {
    let (app, staff) = wire::staff(STEWARDS)?;
    Ok(admin::signals(&app, &staff).await?)
}

/// Every invariant of the books, asked now.
#[server]
pub async fn read_audit() -> Result<Vec<Invariant>, wire::Error> {
    let (app, _) = wire::staff(STAFF)?;
    Ok(audit::check(&app).await?)
}

/// "Sign out", there or everywhere.
#[cfg(feature = "ssr")]
pub async fn end_sessions(id: AccountId, form: EndSessionOf) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(STEWARDS)?;
    accounts::end_sessions_of(&app, &staff, &id, &form).await?;
    Ok(back(&id, "ended"))
}

/// "Ask for a change of role".
#[cfg(feature = "ssr")]
pub async fn ask_role(id: AccountId, form: AskRole) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(STEWARDS)?;
    accounts::ask_role(&app, &staff, &id, &form).await?;
    Ok(back(&id, "asked"))
}

/// "Suspend".
#[cfg(feature = "ssr")]
pub async fn suspend(id: AccountId, form: Suspension) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(STEWARDS)?;
    accounts::suspend(&app, accounts::Hand::Staff(&staff), &id, &form.parse()?).await?;
    Ok(back(&id, "suspended"))
}

/// "Restore".
#[cfg(feature = "ssr")]
pub async fn restore(id: AccountId, form: Suspension) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(STEWARDS)?;
    accounts::restore(&app, accounts::Hand::Staff(&staff), &id, &form.parse()?).await?;
    Ok(back(&id, "restored"))
}

/// "See as": from the next page on.
#[cfg(feature = "ssr")]
pub async fn see_as(id: AccountId, form: SeeAs) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(STEWARDS)?;
    let (_, visitor) = wire::visitor()?;
    accounts::see_as(&app, &staff, &visitor, &id, &form).await?;
    Ok(wire::Next(routes::home(wire::lang())))
}

/// "Stop".
#[cfg(feature = "ssr")]
pub async fn end_seeing() -> Result<wire::Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    visitor.staff(STEWARDS)?;
    Ok(match accounts::end_seeing(&app, &visitor).await? {
        Some(whom) => back(&whom, "over"),
        None => wire::Next(routes::admin_see_as(wire::lang())),
    })
}

/// A second person's "approve".
#[cfg(feature = "ssr")]
pub async fn approve_role(form: DecideRole) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(ADMINS)?;
    accounts::approve_role(&app, &staff, &form).await?;
    Ok(decided("approved"))
}

/// "Reject".
#[cfg(feature = "ssr")]
pub async fn reject_role(form: DecideRole) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(ADMINS)?;
    accounts::reject_role(&app, &staff, &form).await?;
    Ok(decided("rejected"))
}

/// "Take back".
#[cfg(feature = "ssr")]
pub async fn withdraw_role(form: DecideRole) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(STEWARDS)?;
    accounts::withdraw_role(&app, &staff, &form).await?;
    Ok(decided("withdrawn"))
}

/// "Export as CSV": for whoever has just shown who they are.
#[cfg(feature = "ssr")]
pub async fn export_trail(filter: TrailFilter) -> Result<wire::Next, wire::Error> {
    wire::proven_staff(ADMINS)?;
    filter.range()?;
    Ok(wire::Next(format!("{}?{}", routes::admin_trail_csv(wire::lang()), super::trail_page::in_address(&filter))))
}

/// "Seen", "close".
#[cfg(feature = "ssr")]
pub async fn mark_signal(form: MarkSignal) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(STEWARDS)?;
    admin::mark_signal(&app, &staff, &form).await?;
    Ok(wire::Next(format!("{}?done=marked", routes::admin_signals(wire::lang()))))
}

#[cfg(feature = "ssr")]
fn back(id: &AccountId, done: &str) -> wire::Next {
    wire::Next(format!("{}?done={done}", routes::admin_person(wire::lang(), id)))
}

#[cfg(feature = "ssr")]
fn decided(done: &str) -> wire::Next {
    wire::Next(format!("{}?done={done}", routes::admin_roles(wire::lang())))
}
