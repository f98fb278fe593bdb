//! Registering.
//!
//! A new address is signed in at once. A known address with its right password is signed in too, as if it had been typed at
//! the other door; with a wrong one the answer does not tell whose it is, and its owner gets a letter (SEC-L2).

use super::entry::{NewAccount, enter};
use super::sessions::open_session;
use super::sign_in::{SignedIn, checked, enter_house};
use super::{guessable, queries};
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Result, Visitor, limits};
use model::accounts::{Registration, SignUp};
use model::text::{Email, Handle, Name};
use model::{Fault, Problem};

/// Handles are tried this often before we give up; each further try has more chance in it.
const TRIES: u32 = 6;

/// Makes an account and signs in.
pub async fn sign_up(app: &App, visitor: &Visitor, form: &SignUp) -> Result<SignedIn> {
    let wanted = form.parse()?;
    if guessable::is_common(wanted.password.reveal()) {
        return Err(Error::field("password", Problem::TooCommon));
    }
    limits::take(app, &[limits::SIGN_UP_NETWORK], &visitor.network).await?;
    if queries::credentials(&mut app.db.read().await?, &wanted.email).await?.is_some() {
        return known_address(app, visitor, &wanted).await;
    }
    match new_person(app, visitor, &wanted).await {
        // somebody was faster, perhaps the same person with a double click
        Err(Error::Store(cause)) if cause.is_conflict("accounts.email") => known_address(app, visitor, &wanted).await,
        outcome => outcome,
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
        };
        let session = app
            .db
            .write(async |tx| {
                enter(app, tx, &new).await?;
                events::announce(app, tx, Event::new(Happening::MemberJoined, &new.id).of(&new.id)).await?;
                open_session(app, tx, &new.id, &visitor.user_agent).await
            })
            .await;
        match session {
            Ok(session) => return Ok(SignedIn { account: new.id, session, is_new: true }),
            Err(Error::Store(cause)) if cause.is_conflict("accounts.handle") && tries < TRIES => tries += 1,
            Err(cause) => return Err(cause),
        }
    }
}

async fn known_address(app: &App, visitor: &Visitor, wanted: &Registration) -> Result<SignedIn> {
    if let Some(account) = checked(app, visitor, wanted.email.as_str(), &wanted.password).await? {
        return enter_house(app, visitor, &account).await;
    }
    tell_the_owner(app, &wanted.email).await?;
    Err(Fault::field("email", Problem::AddressInUse).into())
}

/// Once a day is enough to know.
async fn tell_the_owner(app: &App, email: &Email) -> Result<()> {
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
