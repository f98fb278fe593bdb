//! What these parts of pages ask the server.

#[cfg(feature = "ssr")]
use crate::accounts::api::at_home;
#[cfg(feature = "ssr")]
use domain::accounts::passkeys;
use leptos::prelude::*;
use model::passkeys::{Entering, MakePasskey, Making, Passkeys, RemovePasskey, RenamePasskey, UsePasskey};
#[cfg(feature = "ssr")]
use model::routes;
use wire::Next;

/// What a browser needs to sign in with a key.
#[server]
pub async fn begin_passkey_entry() -> Result<Entering, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(passkeys::begin_entering(&app, &visitor).await?)
}

/// Sign in with a key.
#[server]
pub async fn enter_by_passkey(form: UsePasskey) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let arrived = passkeys::enter(&app, &visitor, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Session, arrived.session.reveal());
    at_home(&app, &arrived.account, visitor.lang, Next::wanted(&form.next, routes::feed(visitor.lang))).await
}

/// One's keys.
#[server]
pub async fn read_passkeys() -> Result<Passkeys, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(passkeys::passkeys(&app, &member).await?)
}

/// What a browser needs to make a key.
#[server]
pub async fn begin_passkey() -> Result<Making, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(passkeys::begin_making(&app, &visitor).await?)
}

/// Keep the key that was made.
#[server]
pub async fn add_passkey(form: MakePasskey) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    passkeys::make(&app, &visitor, &form).await?;
    Ok(Next(routes::security_done(visitor.lang, "passkey_added")))
}

/// Give a key another name.
#[server]
pub async fn change_passkey_name(form: RenamePasskey) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    passkeys::rename(&app, &member, &form).await?;
    Ok(Next(routes::security_done(wire::lang(), "passkey_renamed")))
}

/// Remove a key.
#[server]
pub async fn drop_passkey(form: RemovePasskey) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    passkeys::remove(&app, &visitor, &form).await?;
    Ok(Next(routes::security_done(visitor.lang, "passkey_removed")))
}
