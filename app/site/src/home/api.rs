//! What the front page asks the server.

#[cfg(feature = "ssr")]
use domain::{learning, storefront};
use leptos::prelude::*;
use model::learning::Owned;
use model::storefront::Home;

/// The front page.
#[server]
pub async fn read_home() -> Result<Home, wire::Error> {
    let app = wire::app()?;
    Ok(storefront::home(&app).await?)
}

/// Where a signed-in person left off; nobody else left anything.
#[server]
pub async fn read_going_on() -> Result<Option<Owned>, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    match visitor.member() {
        Ok(member) => Ok(learning::continue_learning(&app, &member).await?),
        Err(_) => Ok(None),
    }
}
