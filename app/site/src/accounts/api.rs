//! What the pages of accounts ask the server.

#[cfg(feature = "ssr")]
use domain::{accounts, storefront};
use leptos::prelude::*;
use model::accounts::{
    Appearance, ChangePassword, ChooseInterests, EditProfile, EndSession, Interests, Profile, Security, SignIn, SignUp,
};
#[cfg(feature = "ssr")]
use model::{routes, viewer::Theme};
use wire::Next;

/// Register. New people choose their interests first; a known address with its password is simply signed in.
#[server]
pub async fn register(form: SignUp) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let arrived = accounts::sign_up(&app, &visitor, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Session, arrived.session.reveal());
    let wanted = Next::wanted(&form.next, routes::feed(visitor.lang));
    Ok(if arrived.is_new { Next(routes::interests_then(visitor.lang, &wanted.0)) } else { wanted })
}

/// Sign in.
#[server]
pub async fn login(form: SignIn) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let arrived = accounts::sign_in(&app, &visitor, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Session, arrived.session.reveal());
    Ok(Next::wanted(&form.next, routes::feed(visitor.lang)))
}

/// Sign out here; what the browser kept of us goes too.
#[server]
pub async fn logout() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::sign_out(&app, &visitor).await?;
    wire::set_cookie(&app, wire::Cookie::Session, "");
    wire::add_header("clear-site-data", "\"cache\", \"storage\"");
    Ok(Next(routes::home(visitor.lang)))
}

/// The topics and the person's choice among them.
#[server]
pub async fn read_interests() -> Result<Interests, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(storefront::interests(&app, &member).await?)
}

/// Keep these interests.
#[server]
pub async fn keep_interests(form: ChooseInterests) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    accounts::choose_interests(&app, &member, &form).await?;
    Ok(Next::wanted(&form.next, routes::feed(wire::lang())))
}

/// The person as they may change themselves.
#[server]
pub async fn read_profile() -> Result<Profile, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(accounts::profile(&app, &member).await?)
}

/// Keep this profile.
#[server]
pub async fn keep_profile(form: EditProfile) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    accounts::edit_profile(&app, &member, &form).await?;
    Ok(Next(format!("{}?done=kept", routes::settings(wire::lang()))))
}

/// The password's state and the places where the person is signed in.
#[server]
pub async fn read_security() -> Result<Security, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(accounts::security(&app, &visitor).await?)
}

/// Set a new password; other sessions end.
#[server]
pub async fn replace_password(form: ChangePassword) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let session = accounts::change_password(&app, &visitor, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Session, session.reveal());
    Ok(Next(format!("{}?done=password", routes::security(visitor.lang))))
}

/// End one of one's own sessions.
#[server]
pub async fn end_my_session(form: EndSession) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    accounts::revoke_session(&app, &member, &form).await?;
    Ok(Next(format!("{}?done=session", routes::security(wire::lang()))))
}

/// End every session but this one.
#[server]
pub async fn end_other_sessions() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::revoke_other_sessions(&app, &visitor).await?;
    Ok(Next(format!("{}?done=sessions", routes::security(visitor.lang))))
}

/// Remember the colours in this browser.
#[server]
pub async fn choose_appearance(form: Appearance) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    if let Ok(theme) = form.theme.parse::<Theme>() {
        wire::set_cookie(&app, wire::Cookie::Theme, theme.as_str());
    }
    Ok(Next::wanted(&form.back, routes::home(visitor.lang)))
}
