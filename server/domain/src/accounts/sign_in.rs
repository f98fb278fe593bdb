//! Signing in, and out again.
//!
//! Every way to fail looks the same and costs the same: exactly one password is verified, whoever asks (SEC-L1).

use super::log::{self, Whence};
use super::sessions::{end_session, open};
use super::{queries, step};
use crate::secrets::Secret;
use crate::{App, Error, Result, Visitor, limits};
use model::accounts::{LoggedKind, SignIn};
use model::ids::AccountId;
use model::text::{Email, Password};
use model::{Fault, Problem};
use std::time::Duration;

/// Somebody who has just signed in, with the secret for their cookie.
#[derive(Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub session: Secret,
    /// They registered by the same step.
    pub is_new: bool,
}

/// How far somebody has come.
#[derive(Debug)]
pub enum Arrival {
    /// Into the house.
    Inside(SignedIn),
    /// To the second step, which this secret names.
    Second(Secret),
    /// Not at all; the secret opens nothing, and is there so that the answer looks the same.
    Outside(Secret),
}

impl Arrival {
    /// Whoever is in the house now.
    pub fn inside(self) -> Option<SignedIn> {
        match self {
            Arrival::Inside(inside) => Some(inside),
            Arrival::Second(_) | Arrival::Outside(_) => None,
        }
    }
}

/// The longest that an answer is held back.
const LONGEST_DELAY: Duration = Duration::from_secs(8);

/// Opens a session for the person behind address and password, or asks for their second factor; the session the request came with
/// ends.
pub async fn sign_in(app: &App, visitor: &Visitor, form: &SignIn) -> Result<Arrival> {
    form.parse()?;
    match checked(app, visitor, &form.email, &Password::typed(form.password.reveal())).await? {
        Some(checked) => step::admit(app, visitor, &checked.account, Some(&checked.hash)).await,
        None => Err(wrong()),
    }
}

/// Somebody whose password is right, and the hash it was compared with.
pub(super) struct Checked {
    pub account: AccountId,
    pub hash: String,
}

/// The person behind address and password, if there is one and they may come in. Verifies exactly once and counts failures.
///
/// A network's failures are counted when they are known, so that any number of people behind one address may sign in at the same
/// moment; how far a guesser can run ahead of the count is bounded by how many of a network have their turn together. Where more
/// come than passwords can be looked at, the rest are sent away before anything is read or written for them.
pub(super) async fn checked(app: &App, visitor: &Visitor, email: &str, password: &Password) -> Result<Option<Checked>> {
    app.hashing.room()?;
    limits::within(app, &FROM_HERE, &visitor.network).await?;
    let typed = email.trim().to_lowercase();
    hold_back(limits::excess(app, limits::SIGN_IN_ADDRESS, &typed).await?).await;
    let looked = look(app, visitor, &typed, password).await;
    if matches!(looked, Err(Error::Fault(Fault::Later { .. }))) {
        // not looked at, so not tried
        limits::give_back(app, &[limits::SIGN_IN_ADDRESS], &typed).await?;
    }
    let Looked { known, matches, _turn } = looked?;
    match known {
        Some(known) if matches && !known.suspended => {
            limits::give_back(app, &[limits::SIGN_IN_ADDRESS], &typed).await?;
            let hash = renew_hash(app, &known, password).await?;
            Ok(Some(Checked { account: known.id, hash }))
        }
        known => {
            limits::count(app, &FROM_HERE, &visitor.network).await?;
            // written for addresses nobody has as well: the same work for everybody
            log::note(app, known.as_ref().map(|known| &known.id), LoggedKind::SignInFailed, visitor).await?;
            Ok(None)
        }
    }
}

/// The windows in which a network's failures are counted.
const FROM_HERE: [limits::Limit; 2] = [limits::SIGN_IN_NETWORK_SOON, limits::SIGN_IN_NETWORK];

/// What came of comparing, and the turn in which it was done: it is not over before what follows is written.
struct Looked {
    known: Option<queries::Credentials>,
    matches: bool,
    _turn: limits::Turn,
}

/// Waits for the network's turn and for the processor's, and compares.
async fn look(app: &App, visitor: &Visitor, typed: &str, password: &Password) -> Result<Looked> {
    let turn = app.turns.take(&visitor.network).await?;
    limits::within(app, &FROM_HERE, &visitor.network).await?;
    let known = match Email::parse(typed) {
        Ok(email) => queries::credentials(&mut app.db.read().await?, &email).await?,
        Err(_) => None,
    };
    let stored = known.as_ref().and_then(|known| known.password_hash.clone());
    let matches = app.hashing.verify(password, stored).await?;
    Ok(Looked { known, matches, _turn: turn })
}

/// A password that is known to be right and was hashed as we did formerly is hashed as we do now; answers the hash that is kept.
async fn renew_hash(app: &App, known: &queries::Credentials, password: &Password) -> Result<String> {
    let was = known.password_hash.clone().unwrap_or_default();
    if app.hashing.is_current(&was) {
        return Ok(was);
    }
    let mut salt = [0u8; 16];
    app.ports.chance.fill(&mut salt);
    let hash = app.hashing.hash(password, salt).await?;
    // changed meanwhile: then there is nothing left to renew
    let renewed = app.db.write(async |tx| queries::set_password(tx, &known.id, Some(&was), &hash).await).await?;
    Ok(if renewed { hash } else { was })
}

/// Opens the session of somebody who needs no password.
pub(super) async fn enter_house(app: &App, visitor: &Visitor, account: &AccountId) -> Result<SignedIn> {
    enter_verified(app, visitor, account, None).await
}

/// Opens the session and ends the one the request came with, so that nobody can plant one beforehand. `verified` is the hash the
/// password was compared with: one that was replaced since lets nobody in.
pub(super) async fn enter_verified(
    app: &App,
    visitor: &Visitor,
    account: &AccountId,
    verified: Option<&str>,
) -> Result<SignedIn> {
    let whence = Whence::of(visitor);
    let session = app
        .db
        .write(async |tx| {
            if !queries::still_stands(tx, account, verified).await? {
                return Err(wrong());
            }
            if let Some(old) = &visitor.session {
                end_session(tx, old).await?;
            }
            log::record(app, tx, Some(account), LoggedKind::SignedIn, &whence).await?;
            open(app, tx, account, visitor).await
        })
        .await?;
    Ok(SignedIn { account: account.clone(), session, is_new: false })
}

/// Ends the session the request came with; without one there is nothing to do.
pub async fn sign_out(app: &App, visitor: &Visitor) -> Result<()> {
    let Some(session) = &visitor.session else { return Ok(()) };
    app.db.write(async |tx| end_session(tx, session).await).await
}

pub(super) fn wrong() -> Error {
    Fault::field("password", Problem::WrongCredentials).into()
}

/// The more an address is tried beyond its limit, the later the answer: a quarter of a second, doubled each time.
async fn hold_back(excess: u32) {
    if excess > 0 {
        let delay = Duration::from_millis(125).saturating_mul(2u32.saturating_pow(excess.min(16)));
        tokio::time::sleep(delay.min(LONGEST_DELAY)).await;
    }
}
