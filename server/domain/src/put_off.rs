//! What cannot be done now waits by itself, so that it holds up nothing that stands behind it.

mod queries;

use crate::{App, Result};
use model::time::{Span, hours};

/// After so long it is tried again.
const PAUSE: Span = hours(1);

model::words! {
    /// What is done one after the other, the longest due first.
    pub enum Lane {
        /// Codes whose time is over.
        Codes = "codes",
        /// Instructors' shares that are released.
        Shares = "shares",
        /// The same of whoever recommended.
        AffiliateShares = "affiliate_shares",
        /// Invoices that a service is asked for.
        Invoices = "invoices",
    }
}

/// Takes the outcome of one thing of a lane. What could not be done is logged and put off for an hour: the lane's question for what
/// is due leaves it out until then. Only a database that is away is an error.
pub async fn unless_done(app: &App, lane: Lane, subject: &str, outcome: Result<()>) -> Result<()> {
    let cause = match outcome {
        Ok(()) => return Ok(()),
        Err(away) if away.is_unavailable() => return Err(away),
        Err(cause) => cause,
    };
    tracing::error!(%cause, lane = lane.as_str(), subject, "{subject} cannot be done and is put off");
    app.db.write(async |tx| queries::put_off(tx, lane, subject, app.now() + PAUSE).await).await
}

/// Forgets what may be tried again.
pub async fn tidy(app: &App) -> Result<()> {
    app.db.write(async |tx| queries::forget(tx, app.now()).await).await
}
