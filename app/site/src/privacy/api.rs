//! What these pages ask the server.

#[cfg(feature = "ssr")]
use domain::{accounts, feed, privacy};
use leptos::prelude::*;
use model::privacy::{AgreeAgain, AnswerConsent, Archive, ChooseFeedUse, Leave, Leaving, PrivacyPage as Privacy};
#[cfg(feature = "ssr")]
use model::routes;
use wire::Next;

/// One's consents, and what suggestions may use.
#[server]
pub async fn read_privacy() -> Result<Privacy, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(accounts::privacy(&app, &member).await?)
}

/// Agree to the texts as they are now.
#[server]
pub async fn agree_to_texts(form: AgreeAgain) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    let lang = wire::lang();
    accounts::agree_again(&app, &member, lang).await?;
    Ok(Next::wanted(&form.next, format!("{}?done=agreed", routes::privacy(lang))))
}

/// Give or take back one consent.
#[server]
pub async fn say_consent(form: AnswerConsent) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    accounts::answer(&app, &member, wire::lang(), &form).await?;
    Ok(Next(format!("{}?done=answered", routes::privacy(wire::lang()))))
}

/// What suggestions may use from now on.
#[server]
pub async fn keep_feed_use(form: ChooseFeedUse) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    accounts::choose_feed_use(&app, &member, &form).await?;
    Ok(Next(format!("{}?done=kept", routes::privacy(wire::lang()))))
}

/// Forget what was looked at and hidden.
#[server]
pub async fn forget_traces() -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    feed::forget(&app, &member).await?;
    Ok(Next(format!("{}?done=forgotten", routes::privacy(wire::lang()))))
}

/// How far one's archive is.
#[server]
pub async fn read_data() -> Result<Archive, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(privacy::data(&app, &member).await?)
}

/// Have one made.
#[server]
pub async fn order_archive() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    privacy::ask_archive(&app, &visitor).await?;
    Ok(Next(routes::my_data(visitor.lang)))
}

/// What stands against leaving, or when it will be done.
#[server]
pub async fn read_leaving() -> Result<Leaving, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(privacy::leaving(&app, &member).await?)
}

/// "Forget me."
#[server]
pub async fn leave_school(form: Leave) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    privacy::ask_leave(&app, &visitor, &form).await?;
    Ok(Next(routes::leave(visitor.lang)))
}

/// "I stay after all."
#[server]
pub async fn stay_here() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    privacy::undo(&app, &visitor).await?;
    Ok(Next(format!("{}?done=undone", routes::leave(visitor.lang))))
}
