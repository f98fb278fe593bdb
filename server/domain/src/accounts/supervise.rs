//! Signing somebody out, as staff: one place or all.

use super::log::{self, Whence};
use super::queries;
use super::sessions::{end_all, end_session};
use super::steward::{below, still};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::{App, Result, Staff};
use model::accounts::{LoggedKind, Role};
use model::admin::{EndSessionOf, STEWARDS};
use model::ids::AccountId;

/// Ends one of somebody's sessions, or all where none is named; one that is over already is fine. Administrators may do this to one
/// another: it takes nothing but time.
pub async fn end_sessions_of(app: &App, staff: &Staff, whom: &AccountId, form: &EndSessionOf) -> Result<()> {
    app.db
        .write(async |tx| {
            let roles = still(tx, staff, STEWARDS).await?;
            if !roles.contains(&Role::Admin) {
                below(tx, staff, &roles, whom).await?;
            }
            queries::profile(tx, whom).await?.or_not_found()?;
            let action = match form.session.as_str() {
                "" => {
                    end_all(tx, whom).await?;
                    queries::second::end_challenges(tx, whom).await?;
                    "account.sessions_ended"
                }
                name => {
                    let Some(hash) = queries::session_named(tx, whom, name).await? else { return Ok(()) };
                    end_session(tx, &hash).await?;
                    "account.session_ended"
                }
            };
            log::record(app, tx, Some(whom), LoggedKind::SignedOut, &Whence::default()).await?;
            audit_trail::record(app, tx, Deed::new(action, "account", whom).by(&staff.id)).await
        })
        .await
}
