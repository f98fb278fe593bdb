//! A person comes back from a provider.

use super::begin::{Bound, LIFE};
use super::provider::{Claims, Doubt, Redeem};
use super::{provider_named, queries, redirect_uri, refused};
use crate::accounts::entry::{NewAccount, enter, is_known};
use crate::accounts::log::{self, Whence};
use crate::accounts::queries as people;
use crate::accounts::sessions::{end_session, open, require_live};
use crate::accounts::sign_in::{self, SignedIn};
use crate::accounts::sign_up::handle_for;
use crate::accounts::{require_verified, step, step_up};
use crate::audit_trail::{self, Deed};
use crate::events::{self, Event, Happening, Occasion};
use crate::limits::{self, Limit};
use crate::secrets::{Secret, hash};
use crate::{App, Error, Result, Visitor};
use model::accounts::LoggedKind;
use model::identity::Setback;
use model::ids::AccountId;
use model::text::{Email, Name};
use model::time::minutes;
use model::{Lang, Moment, Refusal};

/// So many come back to one network.
const COMING_BACK: Limit = Limit { name: "identity.answers.minute", at_most: 120, per: minutes(1) };
/// Handles are tried this often before we give up.
const TRIES: u32 = 6;

/// What stands in the address the person comes back by.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub state: String,
    pub code: String,
    /// The provider's word for why there is no code.
    pub error: Option<String>,
    /// Who says so (RFC 9207).
    pub issuer: Option<String>,
}

/// Somebody who came back.
#[derive(Debug)]
pub struct Arrival {
    /// The language they set out in.
    pub lang: Lang,
    /// They set out from their security page, to link; else to sign in.
    pub linking: bool,
    /// Where they wanted to go; may be empty.
    pub next: String,
    pub outcome: Result<Came, Setback>,
}

/// With what.
#[derive(Debug)]
pub enum Came {
    In(SignedIn),
    /// To the second step of signing in, which this secret names.
    Second(Secret),
    Linked,
}

/// Lets the person in or links the provider, or says why not; then nothing has changed but that the try is used up.
pub async fn finish(app: &App, visitor: &Visitor, browser: Option<&str>, provider: &str, answer: &Answer) -> Result<Arrival> {
    limits::take(app, &[COMING_BACK], &visitor.network).await?;
    let stranger = Arrival { lang: visitor.lang, linking: false, next: String::new(), outcome: Err(Setback::Stale) };
    let Some(browser) = browser else { return Ok(stranger) };
    let (state, kept, now) = (hash(&answer.state), hash(browser), app.now());
    let taken = app.db.write(async |tx| queries::take_attempt(tx, &state, &kept, provider, now).await).await?;
    let Some(attempt) = taken else { return Ok(stranger) };
    let outcome = match vouched(app, browser, provider, answer).await? {
        Err(setback) => Err(setback),
        Ok(claims) => {
            let done = match &attempt.account {
                None => come_in(app, visitor, provider, &claims, attempt.lang).await,
                Some(account) => link(app, visitor, provider, &claims, account, &attempt.session).await.map(|()| Came::Linked),
            };
            match done {
                Ok(came) => Ok(came),
                Err(Error::Fault(model::Fault::Conflict(Refusal::Identity(setback)))) => Err(setback),
                Err(cause) => return Err(cause),
            }
        }
    };
    Ok(Arrival { lang: attempt.lang, linking: attempt.account.is_some(), next: attempt.next, outcome })
}

/// Whom the provider vouches for, if it is to be believed.
async fn vouched(app: &App, browser: &str, provider: &str, answer: &Answer) -> Result<Result<Claims, Setback>> {
    if let Some(word) = &answer.error {
        let word: String = word.chars().filter(char::is_ascii_graphic).take(40).collect();
        tracing::info!(provider, word, "an identity provider sent somebody back without a code");
        return Ok(Err(Setback::Declined));
    }
    let bound = Bound::of(browser, &answer.state);
    let redeem = Redeem {
        code: answer.code.clone(),
        issuer: answer.issuer.clone(),
        verifier: bound.verifier,
        nonce: bound.nonce,
        redirect_uri: redirect_uri(app, provider),
    };
    Ok(provider_named(app, provider)?.redeem(&redeem).await.map_err(|doubt| {
        tracing::warn!(provider, ?doubt, "an identity provider's answer was not taken");
        match doubt {
            Doubt::Away(_) => Setback::Away,
            Doubt::Untrue(_) => Setback::Untrue,
        }
    }))
}

/// Opens a session for the person known by issuer and subject; somebody new gets an account, if the provider vouches for an address
/// that nobody here has.
async fn come_in(app: &App, visitor: &Visitor, provider: &str, claims: &Claims, lang: Lang) -> Result<Came> {
    let known = queries::find(&mut app.db.read().await?, &claims.issuer, &claims.subject).await?;
    if let Some(known) = known {
        if known.suspended {
            log::note(app, Some(&known.account), LoggedKind::SignInFailed, visitor).await?;
            return Err(refused(Setback::Closed));
        }
        // the other house has vouched for the first factor, not for ours
        return Ok(match step::admit_through(app, visitor, &known.account, &known.id).await? {
            sign_in::Arrival::Inside(signed_in) => Came::In(proven_by(app, claims, signed_in).await?),
            sign_in::Arrival::Second(challenge) | sign_in::Arrival::Outside(challenge) => Came::Second(challenge),
        });
    }
    let Some(email) = claims.email.as_ref().filter(|_| claims.email_verified) else {
        return Err(refused(Setback::NoEmail));
    };
    // never linked by the address alone: whoever controls it at the provider need not be its owner here
    let mut conn = app.db.read().await?;
    if is_known(&mut conn, email).await? || people::links::is_kept(&mut conn, email, None, app.now()).await? {
        return Err(refused(Setback::KnownEmail));
    }
    drop(conn);
    let arrived = new_person(app, visitor, provider, claims, email, lang).await?;
    proven_by(app, claims, arrived).await.map(Came::In)
}

/// A session that was opened because the provider knew the person still, who was asked for nothing, proves nothing but that: before
/// what must be proven they say again who they are.
async fn proven_by(app: &App, claims: &Claims, arrived: SignedIn) -> Result<SignedIn> {
    if claims.authenticated.is_none_or(|at| app.now().since(at) > step_up::GOOD_FOR) {
        let session = arrived.session.hash();
        app.db.write(async |tx| people::set_proven(tx, &session, Moment::from_millis(0)).await).await?;
    }
    Ok(arrived)
}

async fn new_person(
    app: &App,
    visitor: &Visitor,
    provider: &str,
    claims: &Claims,
    email: &Email,
    lang: Lang,
) -> Result<SignedIn> {
    let name = match &claims.name {
        Some(name) => name.clone(),
        None => Name::parse(locale::identity::newcomer(lang)).map_err(|problem| Error::bug(format!("{problem:?}")))?,
    };
    let mut tries = 0;
    loop {
        let new = NewAccount {
            id: app.new_id(),
            email: email.clone(),
            handle: handle_for(app, &name, tries)?,
            name: name.clone(),
            headline: String::new(),
            bio: String::new(),
            lang,
            password_hash: None,
            verified: true,
        };
        let session = app
            .db
            .write(async |tx| {
                enter(app, tx, &new).await?;
                crate::accounts::agree(app, tx, &new.id, new.lang).await?;
                if !queries::add(app, tx, &new.id, provider, claims).await? {
                    // the same person in another tab, a moment ago
                    return Err(refused(Setback::Stale));
                }
                let deed = Deed::new("account.identity_linked", "account", &new.id).by(&new.id).detail(provider);
                audit_trail::record(app, tx, deed).await?;
                events::announce(app, tx, Event::new(Happening::MemberJoined, &new.id).of(&new.id)).await?;
                if let Some(old) = &visitor.session {
                    end_session(tx, old).await?;
                }
                log::record(app, tx, Some(&new.id), LoggedKind::SignedIn, &Whence::of(visitor)).await?;
                open(app, tx, &new.id, visitor).await
            })
            .await;
        match session {
            Ok(session) => return Ok(SignedIn { account: new.id, session, is_new: true }),
            Err(Error::Store(cause)) if cause.is_conflict("accounts.email") => return Err(refused(Setback::KnownEmail)),
            Err(Error::Store(cause)) if cause.is_conflict("accounts.handle") && tries < TRIES => tries += 1,
            Err(cause) => return Err(cause),
        }
    }
}

/// Links it to the account from which it was begun, in the very session in which it was begun.
async fn link(app: &App, visitor: &Visitor, provider: &str, claims: &Claims, account: &AccountId, session: &str) -> Result<()> {
    let still_there = visitor.me.as_ref().is_some_and(|me| me.id == *account) && visitor.session.as_deref() == Some(session);
    if !still_there {
        return Err(refused(Setback::SignedOut));
    }
    // the provider was told to ask who it is; an answer about somebody who was there all along was not asked for
    if claims.authenticated.is_some_and(|at| app.now().since(at) > LIFE) {
        return Err(refused(Setback::Stale));
    }
    app.db
        .write(async |tx| {
            require_live(tx, account, visitor).await?;
            require_verified(tx, account).await?;
            if let Some(known) = queries::find(tx, &claims.issuer, &claims.subject).await? {
                return if known.account == *account { Ok(()) } else { Err(refused(Setback::Others)) };
            }
            if !queries::add(app, tx, account, provider, claims).await? {
                return Err(refused(Setback::Others));
            }
            log::record(app, tx, Some(account), LoggedKind::WayInAdded, &Whence::of(visitor)).await?;
            let deed = Deed::new("account.identity_linked", "account", account).by(account).detail(provider);
            audit_trail::record(app, tx, deed).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::WayInAdded).of(account)).await
        })
        .await
}
