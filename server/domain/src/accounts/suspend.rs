//! Keeping somebody out, and letting them in again. What they bought stays theirs; they are told why.

use super::log::{self, Whence};
use super::queries::{self as people, standing as queries};
use super::roles::{somebody_is_left, tell};
use super::steward::{Hand, below, refuse, still};
use super::{queries::roles, sessions};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::Occasion;
use crate::{App, Error, Result};
use model::accounts::{LoggedKind, Refusal, Role};
use model::admin::{STEWARDS, Suspended};
use model::ids::{AccountId, EventId};
use serde_json::json;
use store::{Conn, Tx};

/// Keeps somebody out from this moment on: every session, key of a program, link and half-finished sign-in ends. A sign-in under way
/// waits for their row and comes to nothing.
pub async fn suspend(app: &App, hand: Hand<'_>, whom: &AccountId, reason: &str) -> Result<()> {
    app.db
        .write(async |tx| {
            let now = app.now();
            roles::lock_admins(tx).await?;
            allowed(tx, hand, whom).await?;
            if !queries::suspend(tx, whom, now).await? {
                return Err(refuse(Refusal::SuspendedNow));
            }
            let id: EventId = app.new_id();
            queries::add(tx, &id, whom, reason, hand.id(), now).await?;
            if roles::roles_of(tx, whom).await?.contains(&Role::Admin) {
                somebody_is_left(tx).await?;
            }
            end_everything(tx, app, whom).await?;
            log::record(app, tx, Some(whom), LoggedKind::Suspended, &Whence::default()).await?;
            let deed = Deed::new("account.suspended", "account", whom).by_any(hand.id()).detail(reason);
            audit_trail::record(app, tx, deed).await?;
            tell(app, tx, whom, Occasion::Suspended, json!({ "suspension": id })).await
        })
        .await
}

/// Lets them in again. What ended stays ended: they sign in anew, and make new keys for their programs.
pub async fn restore(app: &App, hand: Hand<'_>, whom: &AccountId, reason: &str) -> Result<()> {
    app.db
        .write(async |tx| {
            let now = app.now();
            allowed(tx, hand, whom).await?;
            if !queries::restore(tx, whom).await? {
                return Err(refuse(Refusal::NothingToChange));
            }
            queries::close(tx, whom, reason, hand.id(), now).await?;
            sessions::end_all(tx, whom).await?;
            log::record(app, tx, Some(whom), LoggedKind::Restored, &Whence::default()).await?;
            let deed = Deed::new("account.restored", "account", whom).by_any(hand.id()).detail(reason);
            audit_trail::record(app, tx, deed).await?;
            tell(app, tx, whom, Occasion::Restored, json!({})).await
        })
        .await
}

/// Locks the person's row, and refuses whoever may not do this to them.
async fn allowed(tx: &mut Tx, hand: Hand<'_>, whom: &AccountId) -> Result<()> {
    people::lock(tx, whom).await?;
    people::profile(tx, whom).await?.or_not_found()?;
    if people::is_erased(tx, whom).await? {
        return Err(Error::not_found());
    }
    let Hand::Staff(staff) = hand else { return Ok(()) };
    let roles = still(tx, staff, STEWARDS).await?;
    below(tx, staff, &roles, whom).await
}

/// Everything by which somebody is in, or could come in without their password.
pub(super) async fn end_everything(tx: &mut Tx, app: &App, whom: &AccountId) -> Result<()> {
    let now = app.now();
    sessions::end_all(tx, whom).await?;
    people::second::end_challenges(tx, whom).await?;
    people::links::end_all(tx, whom, now).await?;
    people::end_tokens(tx, whom, now).await
}

/// Since when and why somebody is kept out; none where they are not.
pub(crate) async fn suspension(conn: &mut Conn, whom: &AccountId) -> Result<Option<Suspended>> {
    queries::now(conn, whom).await
}

/// Why it was done, for the letter about it.
pub(crate) async fn suspension_reason(conn: &mut Conn, id: &EventId) -> Result<Option<String>> {
    queries::reason(conn, id).await
}

/// The operator takes codes off for somebody who has lost their telephone and their recovery codes: whoever is in, or half way in, is
/// out; the password is asked for as before.
pub async fn take_second_off(app: &App, whom: &AccountId, reason: &str) -> Result<()> {
    app.db
        .write(async |tx| {
            people::lock(tx, whom).await?;
            if !super::second::is_on(tx, whom).await? {
                return Err(refuse(Refusal::NoSecondFactor));
            }
            people::second::forget_factor(tx, whom).await?;
            people::second::forget_codes(tx, whom).await?;
            end_everything(tx, app, whom).await?;
            log::record(app, tx, Some(whom), LoggedKind::SecondFactorLost, &Whence::default()).await?;
            let deed = Deed::new("account.second_factor_lost", "account", whom).detail(reason);
            audit_trail::record(app, tx, deed).await?;
            tell(app, tx, whom, Occasion::SecondFactorLost, json!({})).await?;
            Ok::<_, Error>(())
        })
        .await
}
