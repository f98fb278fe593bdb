//! One's own password and the places where one is signed in.

use super::identity::queries::other_ways;
use super::log::{self, Whence};
use super::sessions::{end_others, end_session, renew, require_live};
use super::{guessable, queries, second, step_up};
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening, Occasion};
use crate::secrets::Secret;
use crate::{App, Error, Result, Visitor, audit_trail, limits};
use audit_trail::Deed;
use model::Problem;
use model::accounts::{ChangePassword, EndSession, LoggedKind, Security};
use model::text::Password;
use serde_json::json;

/// What the page of password and sessions shows.
pub async fn security(app: &App, visitor: &Visitor) -> Result<Security> {
    let member = visitor.member()?;
    let mut conn = app.db.read().await?;
    let profile = queries::profile(&mut conn, &member.id).await?.or_not_found()?;
    let has_password = queries::password_of(&mut conn, &member.id).await?.is_some();
    let mut sessions = queries::sessions(&mut conn, &member.id, app.now()).await?;
    for session in &mut sessions {
        session.this = visitor.session.as_deref().is_some_and(|this| this.starts_with(&session.id));
    }
    Ok(Security {
        email: profile.email,
        email_verified: queries::is_verified(&mut conn, &member.id).await?,
        has_password,
        second_factor: second::is_on(&mut conn, &member.id).await?,
        sessions,
        log: log::of(&mut conn, &member.id).await?,
    })
}

/// Sets a new password, ends every other session and every link on its way, and gives this session a new secret. Who has none yet, and
/// who is asked for codes, shows first who they are.
pub async fn change_password(app: &App, visitor: &Visitor, form: &ChangePassword) -> Result<Secret> {
    let member = visitor.member()?;
    let profile = queries::profile(&mut app.db.read().await?, &member.id).await?.or_not_found()?;
    let mut conn = app.db.read().await?;
    let stored = queries::password_of(&mut conn, &member.id).await?;
    if stored.is_none() || second::is_on(&mut conn, &member.id).await? {
        step_up::require(app, visitor)?;
    }
    drop(conn);
    let new = form.parse([profile.name.as_str(), profile.email.as_str()], stored.is_some())?;
    if guessable::is_common(new.reveal()) {
        return Err(Error::field("new_password", Problem::TooCommon));
    }
    if stored.is_some() {
        let tries = [limits::SIGN_IN_ADDRESS];
        limits::take(app, &tries, member.id.as_str()).await?;
        if !app.hashing.verify(&Password::typed(form.current_password.reveal()), stored.clone()).await? {
            return Err(Error::field("current_password", Problem::WrongPassword));
        }
        limits::give_back(app, &tries, member.id.as_str()).await?;
    }
    let mut salt = [0u8; 16];
    app.ports.chance.fill(&mut salt);
    let hash = app.hashing.hash(&new, salt).await?;
    let whence = Whence::of(visitor);
    app.db
        .write(async |tx| {
            // two changes at once: the second finds the password it was checked against gone
            if !queries::set_password(tx, &member.id, stored.as_deref(), &hash).await? {
                return Err(Error::field("current_password", Problem::WrongPassword));
            }
            require_live(tx, &member.id, visitor).await?;
            queries::end_sessions(tx, &member.id).await?;
            queries::second::end_challenges(tx, &member.id).await?;
            queries::links::end_all(tx, &member.id, app.now()).await?;
            log::record(app, tx, Some(&member.id), LoggedKind::PasswordChanged, &whence).await?;
            let deed = Deed::new("account.password_changed", "account", &member.id).by(&member.id);
            audit_trail::record(app, tx, deed).await?;
            let others = other_ways(tx, &member.id).await?;
            let letter = Event::new(Happening::MailDue, Occasion::PasswordChanged).of(&member.id);
            events::announce(app, tx, letter.with(json!(others))).await?;
            renew(app, tx, &member.id, visitor).await
        })
        .await
}

/// Ends one of one's own sessions, wherever it is; one that is over already is fine.
pub async fn revoke_session(app: &App, visitor: &Visitor, form: &EndSession) -> Result<()> {
    let member = visitor.member()?;
    // no session is called anything else, and not every text can be looked for
    if !form.session.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(());
    }
    let whence = Whence::of(visitor);
    app.db
        .write(async |tx| {
            if let Some(hash) = queries::session_named(tx, &member.id, &form.session).await? {
                end_session(tx, &hash).await?;
                log::record(app, tx, Some(&member.id), LoggedKind::SessionEnded, &whence).await?;
                let deed = Deed::new("account.session_ended", "account", &member.id).by(&member.id);
                audit_trail::record(app, tx, deed).await?;
            }
            Ok(())
        })
        .await
}

/// Ends every session but the one that asks.
pub async fn revoke_other_sessions(app: &App, visitor: &Visitor) -> Result<()> {
    let member = visitor.member()?;
    let whence = Whence::of(visitor);
    app.db
        .write(async |tx| {
            end_others(tx, &member.id, visitor.session.as_deref().unwrap_or_default()).await?;
            queries::links::end_all(tx, &member.id, app.now()).await?;
            log::record(app, tx, Some(&member.id), LoggedKind::SessionsEnded, &whence).await?;
            let deed = Deed::new("account.sessions_ended", "account", &member.id).by(&member.id);
            audit_trail::record(app, tx, deed).await
        })
        .await
}
