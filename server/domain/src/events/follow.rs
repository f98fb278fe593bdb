//! Following the log: each follower at its own pace, event after event, from where it stopped.

use super::{Logged, queries};
use crate::{App, Result};
use futures::future::BoxFuture;
use store::Tx;

/// How many events are read at once.
const BATCH: i64 = 100;
/// How many are handled in one transaction.
const TOGETHER: usize = 20;

/// Somebody who acts on what happened. An event may come twice (two servers, a crash): handling it again must change nothing.
#[derive(Clone, Copy)]
pub struct Follower {
    /// Under this name the cursor is kept.
    pub name: &'static str,
    pub handle: for<'a> fn(&'a App, &'a mut Tx, &'a Logged) -> BoxFuture<'a, Result<()>>,
}

/// Deals with the next events, a few in a transaction together with the cursor; whether there may be more already.
///
/// An event that cannot be handled is logged and passed over, so that it holds nobody up. Only a database that is away stops.
pub async fn follow(app: &App, follower: Follower) -> Result<bool> {
    let batch = {
        let mut conn = app.db.read().await?;
        let from = queries::cursor(&mut conn, follower.name).await?;
        queries::after(&mut conn, from, BATCH).await?
    };
    for some in batch.chunks(TOGETHER) {
        match together(app, follower, some).await {
            Ok(()) => (),
            Err(away) if away.is_unavailable() => return Err(away),
            // one of them cannot be handled, and the others are
            Err(_) => one_by_one(app, follower, some).await?,
        }
    }
    Ok(batch.len() as i64 == BATCH)
}

/// Most events are nothing to most followers: a transaction for each would be spent on moving the cursor.
async fn together(app: &App, follower: Follower, some: &[Logged]) -> Result<()> {
    let Some(last) = some.last() else { return Ok(()) };
    app.db
        .write(async |tx| {
            for logged in some {
                (follower.handle)(app, tx, logged).await?;
            }
            queries::advance(tx, follower.name, last.position).await
        })
        .await
}

async fn one_by_one(app: &App, follower: Follower, some: &[Logged]) -> Result<()> {
    for logged in some {
        match together(app, follower, std::slice::from_ref(logged)).await {
            Ok(()) => (),
            Err(away) if away.is_unavailable() => return Err(away),
            Err(cause) => {
                let (name, id) = (follower.name, &logged.id);
                tracing::error!(%cause, event.id = %id, "{name} cannot handle event {id} and passes it over");
                app.db.write(async |tx| queries::advance(tx, name, logged.position).await).await?;
            }
        }
    }
    Ok(())
}
