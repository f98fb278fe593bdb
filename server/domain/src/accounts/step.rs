//! The second step of signing in: whoever has shown the password gets a challenge, valid for a while and a few tries, and a session
//! only with a code.

use super::identity::queries as identities;
use super::log::{self, Whence};
use super::queries::second as queries;
use super::sessions::{end_session, open};
use super::sign_in::{Arrival, SignedIn, enter_verified, wrong};
use super::{queries as people, second};
use crate::secrets::{Secret, hash};
use crate::{App, Error, Result, Visitor};
use model::accounts::{LoggedKind, Refusal, SecondStep};
use model::ids::{AccountId, IdentityId};
use model::time::{Span, minutes};

/// How long a challenge waits for its code.
const LIFE: Span = minutes(10);
/// So many codes may be tried before the password is asked for again.
const TRIES: i64 = 5;

/// Lets in who has shown the password, or asks for the second factor where there is one. `verified` is the hash the password was
/// compared with; none: they came another way.
pub(super) async fn admit(app: &App, visitor: &Visitor, account: &AccountId, verified: Option<&str>) -> Result<Arrival> {
    admit_by(app, visitor, account, verified, None).await
}

/// The same for whom another house vouches for, by this link to it.
pub(super) async fn admit_through(app: &App, visitor: &Visitor, account: &AccountId, identity: &IdentityId) -> Result<Arrival> {
    let arrival = admit_by(app, visitor, account, None, Some(identity)).await?;
    if let Arrival::Inside(_) = &arrival {
        app.db.write(async |tx| identities::used(tx, identity, app.now()).await).await?;
    }
    Ok(arrival)
}

async fn admit_by(
    app: &App,
    visitor: &Visitor,
    account: &AccountId,
    verified: Option<&str>,
    through: Option<&IdentityId>,
) -> Result<Arrival> {
    if !second::is_on(&mut app.db.read().await?, account).await? {
        return Ok(Arrival::Inside(enter_verified(app, visitor, account, verified).await?));
    }
    let challenge = Secret::mint(app.ports.chance.as_ref());
    let (id, now) = (challenge.hash(), app.now());
    app.db
        .write(async |tx| {
            if !people::still_stands(tx, account, verified).await? {
                return Err(wrong());
            }
            queries::challenge(tx, &id, account, through, now, now + LIFE).await
        })
        .await?;
    Ok(Arrival::Second(challenge))
}

/// Opens the session for the right code.
pub async fn second_step(app: &App, visitor: &Visitor, challenge: &str, form: &SecondStep) -> Result<SignedIn> {
    let code = form.parse()?;
    let id = hash(challenge);
    // the try counts whatever comes of it
    let account = app.db.write(async |tx| queries::try_challenge(tx, &id, TRIES, app.now()).await).await?.ok_or_else(over)?;
    let counted = second::count(app, visitor, &account, &code).await?;
    let whence = Whence::of(visitor);
    let session = app
        .db
        .write(async |tx| {
            if !people::still_stands(tx, &account, None).await? || !second::spend(app, tx, &account, &code, &whence).await? {
                return Ok(None);
            }
            let through = queries::end_challenge(tx, &id, app.now()).await?.ok_or_else(over)?;
            if let Some(identity) = through {
                identities::used(tx, &identity, app.now()).await?;
            }
            if let Some(old) = &visitor.session {
                end_session(tx, old).await?;
            }
            log::record(app, tx, Some(&account), LoggedKind::SignedIn, &whence).await?;
            Ok::<_, Error>(Some(open(app, tx, &account, visitor).await?))
        })
        .await?;
    match session {
        Some(session) => {
            second::give_back(app, counted).await?;
            Ok(SignedIn { account, session, is_new: false })
        }
        None => {
            second::failed(app, visitor, &account).await?;
            Err(second::wrong())
        }
    }
}

/// Forgets challenges that are over.
pub async fn tidy_challenges(app: &App) -> Result<()> {
    let now = app.now();
    app.db.write(async |tx| queries::forget_challenges(tx, now).await).await
}

fn over() -> Error {
    Error::refuse(model::Refusal::Accounts(Refusal::StepOver))
}
