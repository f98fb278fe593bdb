//! Registering.
//!
//! A new address is signed in at once, and its owner gets a letter with a link that confirms it. A known address with its right
//! password is signed in too, as if it had been typed at the other door; with another password the answer is the one a new address
//! gets, with a secret that opens nothing, and the owner gets a letter (SEC-L2). One argon2 either way.

use super::address::VERIFY_LIFE;
use super::entry::{NewAccount, enter};
use super::links::{self, Purpose};
use super::sessions::{end_session, open};
use super::sign_in::{Arrival, SignedIn};
use super::{consents, guessable, log, queries, step};
use crate::events::{self, Event, Happening, Occasion};
use crate::secrets::Secret;
use crate::{App, Error, Result, Visitor, limits};
use model::Problem;
use model::accounts::{LoggedKind, Registration, SignUp};
use model::text::{Email, Handle, Name};
use serde_json::json;

/// Handles are tried this often before we give up; each further try has more chance in it.
const TRIES: u32 = 6;

/// Makes an account and signs in.
pub async fn sign_up(app: &App, visitor: &Visitor, form: &SignUp) -> Result<Arrival> {
    let wanted = form.parse()?;
    if guessable::is_common(wanted.password.reveal()) {
        return Err(Error::field("password", Problem::TooCommon));
    }
    app.hashing.room()?;
    limits::take(app, &[limits::SIGN_UP_NETWORK], &visitor.network).await?;
    // counted for every address, so that the count tells nothing
    let may_try = limits::excess(app, limits::SIGN_UP_ADDRESS, wanted.email.as_str()).await? == 0;
    let mut conn = app.db.read().await?;
    let known = queries::credentials(&mut conn, &wanted.email).await?.is_some();
    let known = known || queries::links::is_kept(&mut conn, &wanted.email, None, app.now()).await?;
    drop(conn);
    if known {
        return known_address(app, visitor, &wanted, may_try).await;
    }
    match new_person(app, visitor, &wanted).await {
        // somebody was faster, perhaps the same person with a double click
        Err(Error::Store(cause)) if cause.is_conflict("accounts.email") => known_address(app, visitor, &wanted, may_try).await,
        outcome => outcome.map(Arrival::Inside),
    }
}

async fn new_person(app: &App, visitor: &Visitor, wanted: &Registration) -> Result<SignedIn> {
    let mut salt = [0u8; 16];
    app.ports.chance.fill(&mut salt);
    let hash = app.hashing.hash(&wanted.password, salt).await?;
    let mut tries = 0;
    loop {
        let new = NewAccount {
            id: app.new_id(),
            email: wanted.email.clone(),
            handle: handle_for(app, &wanted.name, tries)?,
            name: wanted.name.clone(),
            headline: String::new(),
            bio: String::new(),
            lang: visitor.lang,
            password_hash: Some(hash.clone()),
            verified: false,
        };
        let session = app
            .db
            .write(async |tx| {
                enter(app, tx, &new).await?;
                consents::agree(app, tx, &new.id, new.lang).await?;
                let link = links::issue(app, tx, &new.id, Purpose::Verify, &new.email, VERIFY_LIFE).await?;
                let joined = Event::new(Happening::MemberJoined, &new.id).of(&new.id).with(json!({ "link": link }));
                events::announce(app, tx, joined).await?;
                if let Some(old) = &visitor.session {
                    end_session(tx, old).await?;
                }
                open(app, tx, &new.id, visitor).await
            })
            .await;
        match session {
            Ok(session) => return Ok(SignedIn { account: new.id, session, is_new: true }),
            Err(Error::Store(cause)) if cause.is_conflict("accounts.handle") && tries < TRIES => tries += 1,
            Err(cause) => return Err(cause),
        }
    }
}

/// Beyond a few tries an hour the password is not looked at any more: this is no second door for guessers.
async fn known_address(app: &App, visitor: &Visitor, wanted: &Registration, may_try: bool) -> Result<Arrival> {
    let known = queries::credentials(&mut app.db.read().await?, &wanted.email).await?;
    let stored = known.as_ref().and_then(|known| known.password_hash.clone()).filter(|_| may_try);
    let matches = app.hashing.verify(&wanted.password, stored.clone()).await?;
    if let Some(known) = known.as_ref().filter(|known| matches && !known.suspended) {
        return step::admit(app, visitor, &known.id, stored.as_deref()).await;
    }
    // in the owner's log and before the eyes of staff; no count of the network rises by it, which would tell strangers who is known
    log::note(app, known.as_ref().map(|known| &known.id), LoggedKind::SignInFailed, visitor).await?;
    tell_the_owner(app, &wanted.email).await?;
    if let Some(old) = &visitor.session {
        app.db.write(async |tx| end_session(tx, old).await).await?;
    }
    Ok(Arrival::Outside(Secret::mint(app.ports.chance.as_ref())))
}

/// Once a day is enough to know.
pub(super) async fn tell_the_owner(app: &App, email: &Email) -> Result<()> {
    if limits::take(app, &[limits::SOMEONE_TRIED], email.as_str()).await.is_err() {
        return Ok(());
    }
    let Some(owner) = queries::credentials(&mut app.db.read().await?, email).await? else { return Ok(()) };
    app.db
        .write(async |tx| {
            let event = Event::new(Happening::MailDue, Occasion::SomeoneTried).of(&owner.id);
            events::announce(app, tx, event).await
        })
        .await
}

/// A public name out of the name (never out of the address): `ada-lovelace`, then with a few random letters; `reader-…` where
/// the name has nothing that fits an address.
pub(super) fn handle_for(app: &App, name: &Name, tries: u32) -> Result<Handle> {
    let mut plain = String::new();
    for c in name.as_str().chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            plain.push(c);
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    plain.truncate(20);
    let plain = plain.trim_matches('-');
    let (base, bare) = if plain.len() >= 2 { (plain, tries == 0) } else { ("reader", false) };
    let text = match bare {
        true => base.to_owned(),
        false => {
            let mut random = [0u8; 5];
            app.ports.chance.fill(&mut random);
            format!("{base}-{}", hex::encode(random))
        }
    };
    Handle::parse(&text).map_err(|problem| Error::bug(format!("a handle was refused: {problem:?}")))
}
