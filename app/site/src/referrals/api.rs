//! What the page of recommending asks the server.

#[cfg(feature = "ssr")]
use domain::referrals;
use leptos::prelude::*;
use model::referrals::ShareDesk;

/// The person's own link, made at the first look, and a page of their shares.
#[server]
pub async fn read_share_desk(page: u32) -> Result<ShareDesk, wire::Error> {
    let (app, who) = wire::member()?;
    Ok(referrals::desk(&app, &who, wire::lang(), page).await?)
}
