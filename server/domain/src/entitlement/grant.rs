//! Giving rights and taking them away.

use super::queries;
use crate::events::{Event, Happening, announce};
use crate::{App, Result};
use model::Moment;
use model::entitlement::{GrantState, Source};
use model::ids::{AccountId, CourseId, GrantId};
use store::Tx;

/// A right about to be given.
#[derive(Debug, Clone)]
pub struct Grant<'a> {
    pub account: &'a AccountId,
    pub course: &'a CourseId,
    pub source: Source,
    /// The order line, seat… it comes from.
    pub source_id: &'a str,
    /// None: for good.
    pub expires_at: Option<Moment>,
}

/// Gives the right; nothing happens where the person has an active one for this course from the same kind of source.
/// Says whether it was given now.
pub async fn grant(app: &App, tx: &mut Tx, grant: Grant<'_>) -> Result<bool> {
    let given = queries::add(tx, &app.new_id::<GrantId>(), &grant, app.now()).await?;
    if given {
        let detail = serde_json::json!({ "source": grant.source });
        announce(app, tx, Event::new(Happening::AccessGranted, grant.course).of(grant.account).with(detail)).await?;
    }
    Ok(given)
}

/// Ends for good what came from this source. Says which courses are no longer open by it.
pub async fn revoke(app: &App, tx: &mut Tx, source: Source, source_id: &str) -> Result<Vec<CourseId>> {
    end(app, tx, source, source_id, GrantState::Revoked).await
}

/// Closes what came from this source until it is restored or revoked.
pub async fn suspend(app: &App, tx: &mut Tx, source: Source, source_id: &str) -> Result<Vec<CourseId>> {
    end(app, tx, source, source_id, GrantState::Suspended).await
}

/// Opens again what was suspended.
pub async fn restore(app: &App, tx: &mut Tx, source: Source, source_id: &str) -> Result<usize> {
    let restored = queries::restore(tx, source, source_id).await?;
    for (account, course) in &restored {
        let detail = serde_json::json!({ "source": source });
        announce(app, tx, Event::new(Happening::AccessGranted, course).of(account).with(detail)).await?;
    }
    Ok(restored.len())
}

async fn end(app: &App, tx: &mut Tx, source: Source, source_id: &str, state: GrantState) -> Result<Vec<CourseId>> {
    let ended = queries::end(tx, source, source_id, state, app.now()).await?;
    for (account, course) in &ended {
        let detail = serde_json::json!({ "source": source, "state": state });
        announce(app, tx, Event::new(Happening::AccessEnded, course).of(account).with(detail)).await?;
    }
    Ok(ended.into_iter().map(|(_, course)| course).collect())
}
