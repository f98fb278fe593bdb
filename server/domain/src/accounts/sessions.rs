//! Sessions: an opaque secret in a cookie; only its hash is stored, and a new one is made at every sign-in.

use super::log::Whence;
use super::queries;
use crate::secrets::{Secret, hash};
use crate::{App, Result, Visitor};
use model::accounts::Me;
use model::ids::AccountId;
use model::time::{Span, days, hours, minutes};
use model::{Fault, Moment};
use store::Tx;

/// How long a session lives.
struct Life {
    /// Without a request.
    idle: Span,
    /// Whatever happens.
    in_all: Span,
}

const LEARNER: Life = Life { idle: days(14), in_all: days(30) };
/// Those who can harm others: instructors and staff.
const TRUSTED: Life = Life { idle: hours(2), in_all: hours(12) };
/// How stale the note of the last request may get before it is written again.
const SEEN_STEP: Span = minutes(5);

/// A live session and the person who has it.
#[derive(Debug, Clone)]
pub struct Session {
    pub hash: String,
    pub me: Me,
    /// When they last showed who they are.
    pub proven_at: Moment,
}

/// Opens a session for a person whose browser is known by name alone, and gives the secret for the cookie.
pub async fn open_session(app: &App, tx: &mut Tx, account: &AccountId, user_agent: &str) -> Result<Secret> {
    let visitor = Visitor { user_agent: user_agent.to_owned(), ..Visitor::stranger(model::Lang::Zh) };
    open(app, tx, account, &visitor).await
}

/// Opens a session for whoever sent this request and has shown to be `account`. Nobody who is suspended gets one: their row is locked,
/// so that a suspension comes before, and is seen here, or after, and ends what is opened here.
pub(super) async fn open(app: &App, tx: &mut Tx, account: &AccountId, visitor: &Visitor) -> Result<Secret> {
    if !queries::still_stands(tx, account, None).await? {
        return Err(Fault::SignIn.into());
    }
    let secret = Secret::mint(app.ports.chance.as_ref());
    let now = app.now();
    queries::add_session(tx, &secret.hash(), account, now, now + LEARNER.in_all, &Whence::of(visitor)).await?;
    Ok(secret)
}

/// Refuses whoever's session has ended since their request was read: what ends every session locks the person's row, and so does this.
pub(super) async fn require_live(tx: &mut Tx, account: &AccountId, visitor: &Visitor) -> Result<()> {
    queries::lock(tx, account).await?;
    let Some(session) = &visitor.session else { return Err(Fault::SignIn.into()) };
    if queries::is_session_of(tx, session, account).await? { Ok(()) } else { Err(Fault::SignIn.into()) }
}

/// Goes on with a session under a new secret. It proves no more than the one before did: whoever has just signed in may do more than
/// whoever was there all along.
pub(super) async fn renew(app: &App, tx: &mut Tx, account: &AccountId, visitor: &Visitor) -> Result<Secret> {
    let secret = open(app, tx, account, visitor).await?;
    queries::set_proven(tx, &secret.hash(), visitor.proven_at.unwrap_or_default()).await?;
    Ok(secret)
}

/// The person whose session this secret opens, if it is alive.
pub async fn who_has(app: &App, presented: &str) -> Result<Option<Session>> {
    let hash = hash(presented);
    let now = app.now();
    let Some(found) = queries::session(&mut app.db.read().await?, &hash, now).await? else { return Ok(None) };
    // by the roles of now: who was given one since is held to it at once
    let life = if found.me.roles.is_empty() { LEARNER } else { TRUSTED };
    if now.since(found.seen_at) > life.idle || now.since(found.opened_at) > life.in_all {
        return Ok(None);
    }
    if now.since(found.seen_at) > SEEN_STEP {
        let hash = &hash;
        app.db.write(async |tx| queries::touch_session(tx, hash, now).await).await?;
    }
    Ok(Some(Session { hash, me: found.me, proven_at: found.proven_at }))
}

/// Ends one session; one that is over already is fine.
pub async fn end_session(tx: &mut Tx, hash: &str) -> Result<()> {
    queries::end_session(tx, hash).await
}

/// Ends all sessions of a person.
pub(super) async fn end_all(tx: &mut Tx, account: &AccountId) -> Result<()> {
    queries::end_sessions(tx, account).await
}

/// Ends all sessions of a person but `kept`.
pub async fn end_others(tx: &mut Tx, account: &AccountId, kept: &str) -> Result<()> {
    queries::end_other_sessions(tx, account, kept).await
}

/// Forgets sessions that can no longer be used.
pub async fn tidy_sessions(app: &App) -> Result<()> {
    let now = app.now();
    app.db.write(async |tx| queries::forget_sessions(tx, now, now - LEARNER.idle).await).await
}
