//! What the pages of the membership ask the server.

#[cfg(feature = "ssr")]
use domain::subscriptions;
use leptos::prelude::*;
use model::ids::PlanId;
#[cfg(feature = "ssr")]
use model::routes;
#[cfg(feature = "ssr")]
use model::subscriptions::{ChangePlan, PayMembership, Subscribe};
use model::subscriptions::{ChangePreview, MembershipPage, MyMembership};

/// The public page; none where nothing is offered.
#[server]
pub async fn read_membership() -> Result<Option<MembershipPage>, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(subscriptions::membership_page(&app, &visitor).await?)
}

/// One's own membership.
#[server]
pub async fn read_my_membership() -> Result<MyMembership, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(subscriptions::my_membership(&app, &member).await?)
}

/// What a change of plan would mean.
#[server]
pub async fn preview_change(plan: PlanId) -> Result<ChangePreview, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(subscriptions::preview(&app, &member, &plan).await?)
}

#[cfg(feature = "ssr")]
fn done(word: &str) -> wire::Next {
    wire::Next(format!("{}?done={word}", routes::my_membership(wire::lang())))
}

/// "Become a member".
#[cfg(feature = "ssr")]
pub async fn subscribe(form: Subscribe) -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    let lang = wire::lang();
    let zone = form.zone.clone();
    Ok(match subscriptions::subscribe(&app, &member, lang, &zone, form, &wire::payer()?).await? {
        subscriptions::Subscribed::Pay(step) => wire::Next(step.address(lang)),
        subscriptions::Subscribed::Trial => done("trial"),
    })
}

/// "Yes, cancel".
#[cfg(feature = "ssr")]
pub async fn cancel() -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    subscriptions::cancel(&app, &member).await?;
    Ok(done("cancelled"))
}

/// "Take it back".
#[cfg(feature = "ssr")]
pub async fn undo() -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    subscriptions::undo(&app, &member).await?;
    Ok(done("undone"))
}

/// "Pause at the end of this period".
#[cfg(feature = "ssr")]
pub async fn pause() -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    subscriptions::pause(&app, &member).await?;
    Ok(done("paused"))
}

/// "Come back".
#[cfg(feature = "ssr")]
pub async fn resume(form: PayMembership) -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    let payer = wire::payer()?.by(form.parse()?);
    Ok(wire::Next(subscriptions::resume(&app, &member, &payer).await?.address(wire::lang())))
}

/// "Pay now".
#[cfg(feature = "ssr")]
pub async fn pay(form: PayMembership) -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    let payer = wire::payer()?.by(form.parse()?);
    Ok(wire::Next(subscriptions::pay_open(&app, &member, &payer).await?.address(wire::lang())))
}

/// "Stop charging by itself".
#[cfg(feature = "ssr")]
pub async fn forget() -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    subscriptions::forget_payment(&app, &member).await?;
    Ok(done("card"))
}

/// "Change", as the preview showed it.
#[cfg(feature = "ssr")]
pub async fn change(form: ChangePlan) -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(match subscriptions::change_plan(&app, &member, form, &wire::payer()?).await? {
        Some(step) => wire::Next(step.address(wire::lang())),
        None => done("changed"),
    })
}
