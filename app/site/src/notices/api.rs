//! What these pages ask the server.

#[cfg(feature = "ssr")]
use domain::notifications;
use leptos::prelude::*;
use model::paging::Page;
use model::privacy::{Channels, ChooseChannels, LettersOff, Notice};
#[cfg(feature = "ssr")]
use model::routes;
use model::text::Hidden;
use wire::Next;

/// How one hears of each kind of thing.
#[server]
pub async fn read_channels() -> Result<Vec<Channels>, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(notifications::channels(&app, &member).await?)
}

/// From now on so.
#[server]
pub async fn keep_channels(form: ChooseChannels) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    notifications::choose_channels(&app, &member, &form).await?;
    Ok(Next(format!("{}?done=kept", routes::channels(wire::lang()))))
}

/// A page of what one was told.
#[server]
pub async fn read_notices(page: u32) -> Result<Page<Notice>, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(notifications::notices(&app, &member, page).await?)
}

/// All of it is read.
#[server]
pub async fn mark_read() -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    notifications::read_all(&app, &member).await?;
    Ok(Next(routes::notices(wire::lang())))
}

/// Which letters a link is about.
#[server]
pub async fn read_letters_off(token: Hidden) -> Result<LettersOff, wire::Error> {
    let (app, _) = wire::visitor()?;
    Ok(notifications::letters_off_page(&app, token.reveal()).await?)
}

/// "No more of these."
#[server]
pub async fn stop_letters(token: Hidden) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    notifications::turn_letters_off(&app, visitor.lang, token.reveal()).await?;
    Ok(Next(routes::letters_off(visitor.lang, token.reveal())))
}
