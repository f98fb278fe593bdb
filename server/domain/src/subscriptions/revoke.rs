//! Saved ways of paying that we use no more are ended at their providers too, however often that has to be tried.

use super::queries;
use crate::{App, Result, payments};
use model::time::{Span, days, hours, minutes};

/// After which time it is tried again; after the last a person must look.
const AGAIN: [Span; 5] = [minutes(10), hours(1), days(1), days(1), days(5)];

/// Ends up to `limit` of them. Says how many were tried; each is planned anew before it is.
pub async fn work(app: &App, limit: i64) -> Result<usize> {
    let due = queries::to_revoke(&mut app.db.read().await?, app.now(), limit).await?;
    for (agreement, tries) in &due {
        let next = usize::try_from(*tries).ok().and_then(|tries| AGAIN.get(tries)).map(|pause| app.now() + *pause);
        let ours = app.db.write(async |tx| queries::claim_revoke(tx, &agreement.id, *tries, next).await).await?;
        if !ours {
            continue;
        }
        let gateway = match payments::gateway(app, agreement.provider) {
            Ok(gateway) => gateway,
            Err(cause) => {
                tracing::warn!(%cause, "an agreement with a provider that this school has not");
                continue;
            }
        };
        match gateway.revoke(&agreement.token).await {
            Ok(()) => app.db.write(async |tx| queries::revoked(tx, &agreement.id).await).await?,
            Err(trouble) if next.is_some() => {
                tracing::warn!(?trouble, "a provider did not end an agreement that we use no more");
            }
            Err(trouble) => tracing::error!(?trouble, agreement.id = %agreement.id, "a person must end this agreement"),
        }
    }
    Ok(due.len())
}
