//! What the library's page asks the server.

#[cfg(feature = "ssr")]
use domain::authoring;
use leptos::prelude::*;
use model::ids::MediaId;
use model::media::{MediaItem, SendCaptions};
use model::paging::Page;
#[cfg(feature = "ssr")]
use model::routes;
use wire::Next;

#[cfg(feature = "ssr")]
fn done(what: &str) -> Result<Next, wire::Error> {
    Ok(Next(format!("{}?done={what}", routes::studio_media(wire::lang()))))
}

/// A page of what the instructor has uploaded.
#[server]
pub async fn read_my_library(page: u32) -> Result<Page<MediaItem>, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(authoring::library(&app, &member, page).await?)
}

/// A file has come; it is in the library already.
#[server]
pub async fn welcome_file(file: MediaId) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    authoring::own(&app, &member, &file).await?;
    done("uploaded")
}

/// Set the captions of a recording in one language.
#[server]
pub async fn keep_captions(file: MediaId, form: SendCaptions) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    authoring::add_captions(&app, &member, &file, &form).await?;
    done("captions")
}

/// Take the captions of one language away.
#[server]
pub async fn drop_captions(file: MediaId, spoken: String) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    authoring::remove_captions(&app, &member, &file, &spoken).await?;
    done("deleted")
}

/// Throw a file away that nothing uses.
#[server]
pub async fn throw_away(file: MediaId) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    authoring::remove_file(&app, &member, &file).await?;
    done("deleted")
}
