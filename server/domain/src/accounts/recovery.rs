//! A forgotten password (SEC-L2, SEC-L6): asking is answered the same whoever has the address; the letter's link sets a new password
//! once, ends every session, signs nobody in and leaves a second factor as it is.

use super::identity::queries::other_ways;
use super::links::{self, Purpose};
use super::log::{self, Whence};
use super::queries::links as queries;
use super::{guessable, queries as people};
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Result, Visitor, audit_trail, limits};
use audit_trail::Deed;
use model::accounts::{AskReset, LoggedKind, NewPassword, Refusal, ResetPage};
use model::ids::AccountId;
use model::text::Email;
use model::time::{Span, minutes};
use model::{Problem, Refusal as Refused};
use serde_json::json;
use store::Conn;

/// How long such a link works, and how long a request for one waits.
pub(super) const LIFE: Span = minutes(30);

/// "I forgot my password." Nothing here depends on whether anybody has the address.
pub async fn ask_reset(app: &App, visitor: &Visitor, form: &AskReset) -> Result<()> {
    let email = form.parse()?;
    limits::take(app, &[limits::RESET_NETWORK], &visitor.network).await?;
    limits::take(app, &[limits::RESET_ADDRESS], email.as_str()).await?;
    app.db
        .write(async |tx| {
            let id: model::ids::EventId = app.new_id();
            queries::add_request(tx, id.as_str(), &email, app.now()).await?;
            tx.wake();
            Ok(())
        })
        .await
}

/// Finds out who it was that asked longest ago, and has them written to; whether somebody had asked.
pub async fn answer_request(app: &App) -> Result<bool> {
    // taken by itself: one that cannot be answered is given up and holds nobody up
    let Some(email) = app.db.write(async |tx| queries::take_request(tx, app.now() - LIFE).await).await? else { return Ok(false) };
    let email = &email;
    app.db
        .write(async |tx| {
            let Some(person) = people::credentials(tx, email).await?.filter(|person| !person.suspended) else { return Ok(true) };
            // the address may be another by the time the lock is had
            people::lock(tx, &person.id).await?;
            if !has_address(tx, &person.id, email).await? {
                return Ok(true);
            }
            let link = links::issue(app, tx, &person.id, Purpose::Reset, email, LIFE).await?;
            let letter = Event::new(Happening::MailDue, Occasion::PasswordReset).of(&person.id).with(json!({ "link": link }));
            events::announce(app, tx, letter).await?;
            Ok::<_, Error>(true)
        })
        .await
}

async fn has_address(conn: &mut Conn, account: &AccountId, email: &Email) -> Result<bool> {
    Ok(people::profile(conn, account).await?.is_some_and(|profile| profile.email == *email))
}

/// The page behind such a link.
pub async fn reset_page(app: &App, token: &str) -> Result<ResetPage> {
    let link = links::open(app, &mut app.db.read().await?, token).await?.filter(|link| link.purpose == Purpose::Reset);
    Ok(ResetPage { email: link.map(|link| link.email) })
}

/// Sets the new password and ends every session of the person, and the one of the browser they do it in. Whether there are ways in beside
/// the password, which a thief may have left.
pub async fn reset_password(app: &App, visitor: &Visitor, token: &str, form: &NewPassword) -> Result<bool> {
    let mut conn = app.db.read().await?;
    let link = links::open(app, &mut conn, token).await?.filter(|link| link.purpose == Purpose::Reset).ok_or_else(over)?;
    let profile = people::profile(&mut conn, &link.account).await?.or_not_found()?;
    drop(conn);
    let new = form.parse([profile.name.as_str(), profile.email.as_str()])?;
    if guessable::is_common(new.reveal()) {
        return Err(Error::field("new_password", Problem::TooCommon));
    }
    let mut salt = [0u8; 16];
    app.ports.chance.fill(&mut salt);
    let hash = app.hashing.hash(&new, salt).await?;
    let from = Whence::of(visitor);
    app.db
        .write(async |tx| {
            let now = app.now();
            people::lock(tx, &link.account).await?;
            // issued while the address was being changed: its reader is not the person any more
            if !queries::spend(tx, &link.id, now).await? || !has_address(tx, &link.account, &link.email).await? {
                return Err(over());
            }
            if let Some(session) = &visitor.session {
                people::end_session(tx, session).await?;
            }
            // the letter reached its reader: the address is theirs
            people::replace_password(tx, &link.account, &hash, &link.email, now).await?;
            queries::end_all(tx, &link.account, now).await?;
            people::end_sessions(tx, &link.account).await?;
            people::end_tokens(tx, &link.account, now).await?;
            people::second::end_challenges(tx, &link.account).await?;
            audit_trail::record(app, tx, Deed::new("account.password_reset", "account", &link.account).by(&link.account)).await?;
            log::record(app, tx, Some(&link.account), LoggedKind::PasswordReset, &from).await?;
            let others = other_ways(tx, &link.account).await?;
            let letter = Event::new(Happening::MailDue, Occasion::PasswordChanged).of(&link.account);
            events::announce(app, tx, letter.with(json!(others))).await?;
            Ok::<_, Error>(others.any())
        })
        .await
}

pub(super) fn over() -> Error {
    Error::refuse(Refused::Accounts(Refusal::LinkOver))
}
