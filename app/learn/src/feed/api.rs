//! What the feed asks of the server.

#[cfg(feature = "ssr")]
use domain::feed;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::feed::Dismiss;
use model::feed::Feed;
use model::ids::CourseId;
#[cfg(feature = "ssr")]
use wire::{Filled, Form, Next, Who};

/// The feed; `put_away` is the course that was dismissed to get here.
#[server]
pub async fn read_feed(put_away: Option<CourseId>) -> Result<Feed, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(feed::feed(&app, &member, wire::lang(), put_away).await?)
}

/// "Not interested", or not after all.
#[server(output = wire::Done)]
pub async fn set_interest(course: CourseId, interested: bool) -> Result<(), wire::Error> {
    let (app, member) = wire::member()?;
    if interested {
        feed::restore(&app, &member, &course).await?;
    } else {
        feed::dismiss(&app, &member, &course).await?;
    }
    Ok(())
}

/// The form of every item.
#[cfg(feature = "ssr")]
pub const DISMISS: Form = Form {
    page: "/feed",
    name: "dismiss",
    who: Who::Member,
    act: |filled: Filled| {
        Box::pin(async move {
            let course = filled.read::<Dismiss>()?.parse()?;
            set_interest(course.clone(), false).await?;
            Ok(Next(format!("{}?put_away={course}", model::routes::feed(wire::lang()))))
        })
    },
};

/// Its undoing.
#[cfg(feature = "ssr")]
pub const RESTORE: Form = Form {
    page: "/feed",
    name: "restore",
    who: Who::Member,
    act: |filled: Filled| {
        Box::pin(async move {
            set_interest(filled.read::<Dismiss>()?.parse()?, true).await?;
            Ok(Next(model::routes::feed(wire::lang())))
        })
    },
};
