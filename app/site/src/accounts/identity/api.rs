//! What these parts of pages ask the server.

#[cfg(feature = "ssr")]
use domain::accounts::identity;
use leptos::prelude::*;
use model::identity::{Identities, Link, Offered, Through, Unlink};
#[cfg(feature = "ssr")]
use model::routes;
use wire::Next;

/// The providers one can sign in through.
#[server]
pub async fn read_offered() -> Result<Vec<Offered>, wire::Error> {
    Ok(identity::offered(&wire::app()?))
}

/// Go to a provider to sign in.
#[server]
pub async fn go_through(form: Through) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let begun = identity::begin(&app, &visitor, &wire::sent_identity()?, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Identity, begun.browser.reveal());
    Ok(Next(routes::to_provider(begun.state.reveal())))
}

/// The providers one has linked, and those one could.
#[server]
pub async fn read_identities() -> Result<Identities, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(identity::identities(&app, &member).await?)
}

/// Go to a provider to link it.
#[server]
pub async fn link_identity(form: Link) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let begun = identity::begin_link(&app, &visitor, &wire::sent_identity()?, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Identity, begun.browser.reveal());
    Ok(Next(routes::to_provider(begun.state.reveal())))
}

/// Take a provider off.
#[server]
pub async fn unlink_identity(form: Unlink) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    identity::unlink(&app, &visitor, &form).await?;
    Ok(Next(routes::security_done(visitor.lang, "unlinked")))
}
