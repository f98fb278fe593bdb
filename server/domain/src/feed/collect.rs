//! The follower: from the log of events to interactions.

use super::queries::{self, Deed};
use crate::events::{self, Event, Happening, Logged};
use crate::{App, Result, accounts};
use model::ids::CourseId;
use store::Tx;

/// The follower's name; its cursor is kept under it.
const FOLLOWER: &str = "feed";
/// Events taken in one transaction: after so many there may be more.
pub const FULL: usize = 500;

/// Takes in the next events of the log, and says how many there were; zero: the log is at its end.
pub async fn collect(app: &App) -> Result<usize> {
    let next = {
        let mut conn = app.db.read().await?;
        events::next(&mut conn, FOLLOWER, FULL as i64).await?
    };
    match together(app, &next).await {
        Ok(()) => (),
        Err(away) if away.is_unavailable() => return Err(away),
        // one of them cannot be taken in, and the others are
        Err(_) => one_by_one(app, &next).await?,
    }
    Ok(next.len())
}

async fn together(app: &App, some: &[Logged]) -> Result<()> {
    let Some(last) = some.last() else { return Ok(()) };
    app.db
        .write(async |tx| {
            for logged in some {
                take_in(app, tx, logged).await?;
            }
            events::advance(tx, FOLLOWER, last.position).await
        })
        .await
}

async fn one_by_one(app: &App, some: &[Logged]) -> Result<()> {
    for logged in some {
        match together(app, std::slice::from_ref(logged)).await {
            Ok(()) => (),
            Err(away) if away.is_unavailable() => return Err(away),
            Err(cause) => {
                let id = &logged.id;
                tracing::error!(%cause, event.id = %id, "the feed cannot take in event {id} and passes it over");
                app.db.write(async |tx| events::advance(tx, FOLLOWER, logged.position).await).await?;
            }
        }
    }
    Ok(())
}

async fn take_in(app: &App, tx: &mut Tx, logged: &Logged) -> Result<()> {
    if let (Happening::TracesForgotten, Some(account)) = (logged.event.kind, &logged.event.account) {
        let uses = accounts::feed_use(tx, account).await?;
        queries::forget(tx, account, uses, false).await?;
    }
    let Some((account, course)) = who_and_what(&logged.event) else { return Ok(()) };
    match deed(&logged.event) {
        Some((deed, weight)) => queries::add_interaction(tx, account, &course, deed, weight, logged.at).await,
        None if logged.event.kind == Happening::AccessEnded => queries::forget_grant(tx, account, &course, app.now()).await,
        None => Ok(()),
    }
}

fn who_and_what(event: &Event) -> Option<(&model::ids::AccountId, CourseId)> {
    Some((event.account.as_ref()?, event.subject.parse().ok()?))
}

/// What an event says about a person and a course, and how much; nothing for events that say nothing of the kind.
fn deed(event: &Event) -> Option<(Deed, f64)> {
    Some(match event.kind {
        Happening::CourseViewed => (Deed::Viewed, 0.1),
        Happening::AccessGranted => (Deed::Granted, 1.0),
        Happening::LessonStudied => (Deed::Studied, 1.0),
        Happening::CourseFinished => (Deed::Finished, 1.0),
        Happening::ReviewWritten => (Deed::Reviewed, f64::from(stars(event)?) / 5.0),
        _ => return None,
    })
}

fn stars(event: &Event) -> Option<u32> {
    let detail: serde_json::Value = serde_json::from_str(&event.detail).ok()?;
    u32::try_from(detail.get("stars")?.as_u64()?).ok().filter(|stars| (1..=5).contains(stars))
}
