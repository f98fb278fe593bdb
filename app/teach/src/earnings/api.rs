//! What the pages of earnings ask the server.

#[cfg(feature = "ssr")]
use domain::{authoring, payouts};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::earnings::{AskPayout, EditAuthor, EditBank, EditPolicy};
use model::earnings::{CourseTerms, Earnings};
#[cfg(feature = "ssr")]
use model::ids::AccountId;
use model::ids::CourseId;
#[cfg(feature = "ssr")]
use model::ids::PayoutId;
#[cfg(feature = "ssr")]
use model::{Fault, routes};
#[cfg(feature = "ssr")]
use wire::Next;

/// Everything the instructor earned; `before`: the place in the ledger where the older lines begin; `page`: of the
/// payouts.
#[server]
pub async fn read_earnings(before: Option<i64>, page: u32) -> Result<Earnings, wire::Error> {
    let (app, member) = teacher()?;
    Ok(payouts::earnings(&app, &member, before, page).await?)
}

/// What a course promises, and who earns with it.
#[server]
pub async fn read_terms(course: CourseId) -> Result<CourseTerms, wire::Error> {
    let (app, member) = wire::member()?;
    let author = authoring::open(&app, &member, &course).await?;
    Ok(authoring::terms(&app, &author).await?)
}

#[cfg(feature = "ssr")]
fn teacher() -> Result<(domain::App, domain::Member), wire::Error> {
    let (app, member) = wire::member()?;
    if member.me.teaches() { Ok((app, member)) } else { Err(domain::Error::Fault(Fault::Forbidden).into()) }
}

#[cfg(feature = "ssr")]
fn done(what: &str) -> Result<Next, wire::Error> {
    Ok(Next(format!("{}?done={what}", routes::studio_earnings(wire::lang()))))
}

#[cfg(feature = "ssr")]
fn terms_kept(course: &CourseId) -> Result<Next, wire::Error> {
    Ok(Next(format!("{}?done=terms#terms", routes::studio_course(wire::lang(), course, "pricing"))))
}

/// A payout of the instructor's own.
#[cfg(feature = "ssr")]
#[derive(serde::Deserialize)]
pub struct OwnPayout {
    payout: PayoutId,
}

/// A co-author of a course.
#[cfg(feature = "ssr")]
#[derive(serde::Deserialize)]
pub struct OneAuthor {
    author: AccountId,
}

/// "Pay me".
#[cfg(feature = "ssr")]
pub async fn ask_payout(form: AskPayout) -> Result<Next, wire::Error> {
    teacher()?;
    let (app, member) = wire::proven_member()?;
    payouts::request(&app, &member, &form).await?;
    done("asked")
}

/// "Withdraw" a payout that was not sent yet.
#[cfg(feature = "ssr")]
pub async fn withdraw_payout(form: OwnPayout) -> Result<Next, wire::Error> {
    let (app, member) = teacher()?;
    payouts::withdraw(&app, &member, &form.payout).await?;
    done("withdrawn")
}

/// Where to be paid.
#[cfg(feature = "ssr")]
pub async fn keep_bank(form: EditBank) -> Result<Next, wire::Error> {
    teacher()?;
    let (app, member) = wire::proven_member()?;
    payouts::set_bank(&app, &member, form).await?;
    done("bank")
}

/// What the course promises about refunds.
#[cfg(feature = "ssr")]
pub async fn keep_promise(course: CourseId, form: EditPolicy) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    let author = authoring::open(&app, &member, &course).await?;
    authoring::promise(&app, &author, form).await?;
    terms_kept(&course)
}

/// A co-author's part.
#[cfg(feature = "ssr")]
pub async fn keep_author(course: CourseId, form: EditAuthor) -> Result<Next, wire::Error> {
    let (app, member) = wire::proven_member()?;
    let author = authoring::open(&app, &member, &course).await?;
    let (email, share_bp) = form.parse()?;
    authoring::share_with(&app, &author, &email, share_bp).await?;
    terms_kept(&course)
}

/// A co-author leaves.
#[cfg(feature = "ssr")]
pub async fn drop_author(course: CourseId, form: OneAuthor) -> Result<Next, wire::Error> {
    let (app, member) = wire::proven_member()?;
    let author = authoring::open(&app, &member, &course).await?;
    authoring::share_no_more(&app, &author, &form.author).await?;
    terms_kept(&course)
}
