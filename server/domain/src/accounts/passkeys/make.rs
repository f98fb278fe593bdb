//! Making a key for one's account.

use super::authenticator_data::AuthenticatorData;
use super::cbor::Cbor;
use super::client_data::{self, Deed};
use super::queries::{self, Ceremony, NewKey};
use super::{LIFE, bytes, doubted, refused, text};
use crate::accounts::log::{self, Whence};
use crate::accounts::sessions::require_live;
use crate::accounts::{queries as people, require_verified, step_up};
use crate::audit_trail::{self, Deed as Trace};
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening, Occasion};
use crate::secrets::hash;
use crate::{App, Error, Result, Visitor};
use model::accounts::LoggedKind;
use model::identity::Setback;
use model::passkeys::{MakePasskey, Making, Place};

/// As many keys as an account holds.
const MOST: i64 = 20;

/// Begins the ceremony, for somebody who has just shown who they are.
pub async fn begin_making(app: &App, visitor: &Visitor) -> Result<Making> {
    let member = visitor.member()?;
    let place = Place::of(&app.settings.public_url).ok_or_else(Error::not_found)?;
    step_up::require(app, visitor)?;
    let mut conn = app.db.read().await?;
    require_verified(&mut conn, &member.id).await?;
    let person = people::profile(&mut conn, &member.id).await?.or_not_found()?;
    let keys = queries::credentials(&mut conn, &member.id).await?;
    drop(conn);
    if i64::try_from(keys.len()).is_ok_and(|count| count >= MOST) {
        return Err(refused(Setback::TooManyKeys));
    }
    let challenge = queries::mint(app);
    let ceremony = Ceremony { account: Some(member.id.clone()), session: visitor.session.clone().unwrap_or_default() };
    let (kept, until) = (hash(&challenge), app.now() + LIFE);
    app.db.write(async |tx| queries::begin(tx, &kept, "make", &ceremony, until).await).await?;
    Ok(Making {
        challenge,
        rp_id: place.rp_id,
        rp_name: locale::shell::product(visitor.lang).to_owned(),
        user_id: text(member.id.as_str().as_bytes()),
        user_name: person.email.to_string(),
        display_name: person.name.to_string(),
        exclude: keys,
        timeout: u32::try_from(LIFE.as_seconds() * 1000).unwrap_or(u32::MAX),
    })
}

/// Takes the key that the device made, in the session in which it was begun.
pub async fn make(app: &App, visitor: &Visitor, form: &MakePasskey) -> Result<()> {
    let member = visitor.member()?;
    let name = form.name()?;
    let place = Place::of(&app.settings.public_url).ok_or_else(Error::not_found)?;
    if form.client_data.is_empty() {
        // without script, or the beginning was refused: then they are told why
        begin_making(app, visitor).await?;
        return Err(refused(Setback::NoKey));
    }
    let challenge = client_data::challenge(&bytes(&form.client_data)?, Deed::Make, &place).map_err(doubted)?;
    let (kept, now) = (hash(&challenge), app.now());
    let begun = app.db.write(async |tx| queries::take(tx, &kept, "make", now).await).await?;
    let ours = begun.is_some_and(|ceremony| {
        ceremony.account.as_ref() == Some(&member.id) && Some(&ceremony.session) == visitor.session.as_ref()
    });
    if !ours {
        return Err(refused(Setback::Stale));
    }
    let new = made(&bytes(&form.attestation)?, &place).map_err(doubted)?;
    app.db
        .write(async |tx| {
            require_live(tx, &member.id, visitor).await?;
            require_verified(tx, &member.id).await?;
            if queries::count(tx, &member.id).await? >= MOST {
                return Err(refused(Setback::TooManyKeys));
            }
            if !queries::add(tx, &app.new_id(), &member.id, &name, &new, app.now()).await? {
                return Err(refused(Setback::KnownKey));
            }
            log::record(app, tx, Some(&member.id), LoggedKind::WayInAdded, &Whence::of(visitor)).await?;
            let trace = Trace::new("account.passkey_added", "account", &member.id).by(&member.id);
            audit_trail::record(app, tx, trace).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::WayInAdded).of(&member.id)).await
        })
        .await
}

/// The key in an attestation object, whose statement is not looked at: any device will do.
pub(super) fn made(attestation: &[u8], place: &Place) -> Result<NewKey, &'static str> {
    let (object, _) = Cbor::read(attestation).filter(|(_, rest)| rest.is_empty()).ok_or("an unreadable attestation")?;
    let data = object.named("authData").and_then(Cbor::bytes).ok_or("no authenticator data")?;
    let data = AuthenticatorData::read(data, &place.rp_id)?;
    let (name, key) = data.made.ok_or("no key in it")?;
    Ok(NewKey { credential: text(&name), key, counter: data.counter, synced: data.synced })
}
