//! One's own password and the places where one is signed in.

use super::sessions::{end_others, end_session, open_session};
use super::{guessable, queries};
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening, Occasion};
use crate::secrets::Secret;
use crate::{App, Error, Member, Result, Visitor, audit_trail, limits};
use audit_trail::Deed;
use model::Problem;
use model::accounts::{ChangePassword, EndSession, Security};
use model::text::Password;

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
    Ok(Security { email: profile.email, has_password, sessions })
}

/// Whether the person at the keyboard knows the password, before a deed that a stolen session must not do. The mistake stands
/// at `field`.
pub async fn confirm_password(app: &App, member: &Member, typed: &Password, field: &str) -> Result<()> {
    let tries = [limits::SIGN_IN_ADDRESS];
    limits::take(app, &tries, member.id.as_str()).await?;
    let stored = queries::password_of(&mut app.db.read().await?, &member.id).await?;
    if !app.hashing.verify(typed, stored).await? {
        return Err(Error::field(field, Problem::WrongPassword));
    }
    limits::give_back(app, &tries, member.id.as_str()).await
}

/// Sets a new password, ends every other session and gives this one a new secret.
pub async fn change_password(app: &App, visitor: &Visitor, form: &ChangePassword) -> Result<Secret> {
    let member = visitor.member()?;
    let profile = queries::profile(&mut app.db.read().await?, &member.id).await?.or_not_found()?;
    let new = form.parse([profile.name.as_str(), profile.email.as_str()])?;
    if guessable::is_common(new.reveal()) {
        return Err(Error::field("new_password", Problem::TooCommon));
    }
    let tries = [limits::SIGN_IN_ADDRESS];
    limits::take(app, &tries, member.id.as_str()).await?;
    let stored = queries::password_of(&mut app.db.read().await?, &member.id).await?;
    if !app.hashing.verify(&Password::typed(form.current_password.reveal()), stored.clone()).await? {
        return Err(Error::field("current_password", Problem::WrongPassword));
    }
    limits::give_back(app, &tries, member.id.as_str()).await?;
    let mut salt = [0u8; 16];
    app.ports.chance.fill(&mut salt);
    let hash = app.hashing.hash(&new, salt).await?;
    app.db
        .write(async |tx| {
            // two changes at once: the second finds the password it was checked against gone
            if !queries::set_password(tx, &member.id, stored.as_deref(), &hash).await? {
                return Err(Error::field("current_password", Problem::WrongPassword));
            }
            queries::end_sessions(tx, &member.id).await?;
            let deed = Deed::new("account.password_changed", "account", &member.id).by(&member.id);
            audit_trail::record(app, tx, deed).await?;
            let letter = Event::new(Happening::MailDue, Occasion::PasswordChanged).of(&member.id);
            events::announce(app, tx, letter).await?;
            open_session(app, tx, &member.id, &visitor.user_agent).await
        })
        .await
}

/// Ends one of one's own sessions, wherever it is; one that is over already is fine.
pub async fn revoke_session(app: &App, member: &Member, form: &EndSession) -> Result<()> {
    app.db
        .write(async |tx| {
            if let Some(hash) = queries::session_named(tx, &member.id, &form.session).await? {
                end_session(tx, &hash).await?;
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
    app.db
        .write(async |tx| {
            end_others(tx, &member.id, visitor.session.as_deref().unwrap_or_default()).await?;
            let deed = Deed::new("account.sessions_ended", "account", &member.id).by(&member.id);
            audit_trail::record(app, tx, deed).await
        })
        .await
}
