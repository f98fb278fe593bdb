//! What the front page asks the server.

#[cfg(feature = "ssr")]
use domain::storefront;
use leptos::prelude::*;
use model::storefront::Home;

/// The front page.
#[server]
pub async fn read_home() -> Result<Home, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(storefront::home(&app, &visitor).await?)
}
