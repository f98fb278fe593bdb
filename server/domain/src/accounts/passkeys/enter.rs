//! Signing in with a key.

use super::authenticator_data::AuthenticatorData;
use super::client_data::{self, Deed};
use super::queries::{self, Ceremony};
use super::{LIFE, bytes, doubted, refused};
use crate::accounts::log::{self, Whence};
use crate::accounts::sign_in::{SignedIn, enter_house};
use crate::audit_trail::{self, Deed as Trace};
use crate::events::{self, Event, Happening, Occasion};
use crate::limits::{self, Limit};
use crate::secrets::hash;
use crate::{App, Error, Result, Visitor};
use model::accounts::LoggedKind;
use model::identity::Setback;
use model::passkeys::{Entering, Place, UsePasskey};
use model::time::minutes;
use sha2::{Digest, Sha256};

/// So many begin from one network.
const BEGINNING: Limit = Limit { name: "passkey.network.minute", at_most: 60, per: minutes(1) };

/// Begins the ceremony, for whoever it may be: the device knows which keys it has for us.
pub async fn begin_entering(app: &App, visitor: &Visitor) -> Result<Entering> {
    let place = Place::of(&app.settings.public_url).ok_or_else(Error::not_found)?;
    limits::take(app, &[BEGINNING], &visitor.network).await?;
    let challenge = queries::mint(app);
    let (kept, until) = (hash(&challenge), app.now() + LIFE);
    app.db.write(async |tx| queries::begin(tx, &kept, "enter", &Ceremony::default(), until).await).await?;
    let timeout = u32::try_from(LIFE.as_seconds() * 1000).unwrap_or(u32::MAX);
    Ok(Entering { challenge, rp_id: place.rp_id, timeout })
}

/// Opens a session for the person whose key this is. Every way in which it is not theirs looks the same.
pub async fn enter(app: &App, visitor: &Visitor, form: &UsePasskey) -> Result<SignedIn> {
    let place = Place::of(&app.settings.public_url).ok_or_else(Error::not_found)?;
    if form.client_data.is_empty() {
        // without script, or the beginning was refused: then they are told why
        begin_entering(app, visitor).await?;
        return Err(refused(Setback::NoKey));
    }
    // a name in base64, and no text that a database might stumble over
    bytes(&form.credential)?;
    let client_data = bytes(&form.client_data)?;
    let challenge = client_data::challenge(&client_data, Deed::Enter, &place).map_err(doubted)?;
    let (kept, now) = (hash(&challenge), app.now());
    let begun = app.db.write(async |tx| queries::take(tx, &kept, "enter", now).await).await?;
    if begun.is_none() {
        return Err(refused(Setback::Stale));
    }
    let known = queries::find(&mut app.db.read().await?, &form.credential).await?;
    let known = known.ok_or_else(|| doubted("a key that nobody has"))?;
    let counter = match shown(&known, form, &client_data, &place) {
        Ok(counter) => counter,
        Err(refusal) => {
            // its owner may want to know
            log::note(app, Some(&known.account), LoggedKind::SignInFailed, visitor).await?;
            return Err(refusal);
        }
    };
    if !app.db.write(async |tx| queries::used(tx, &known.id, counter, app.now()).await).await? {
        tell_of_a_copy(app, visitor, &known).await?;
        return Err(refused(Setback::CopiedKey));
    }
    enter_house(app, visitor, &known.account).await
}

/// Whether the answer is this key's, of somebody who may come in; how often the device says it was used.
fn shown(known: &queries::Known, form: &UsePasskey, client_data: &[u8], place: &Place) -> Result<i64> {
    let signed = bytes(&form.authenticator_data)?;
    let data = AuthenticatorData::read(&signed, &place.rp_id).map_err(doubted)?;
    let message = [signed.as_slice(), &Sha256::digest(client_data)].concat();
    if !known.key.verifies(&message, &bytes(&form.signature)?) {
        return Err(doubted("a signature that does not fit"));
    }
    if bytes(&form.user_handle)? != known.account.as_str().as_bytes() {
        return Err(doubted("a key for somebody else"));
    }
    if data.synced != known.synced {
        return Err(doubted("a key that cannot be on several devices and is, or the other way round"));
    }
    if known.suspended {
        return Err(refused(Setback::Closed));
    }
    Ok(i64::from(data.counter))
}

/// The count did not go up: two devices have the key, and one of them should not. The trail and its owner are told.
async fn tell_of_a_copy(app: &App, visitor: &Visitor, known: &queries::Known) -> Result<()> {
    app.db
        .write(async |tx| {
            log::record(app, tx, Some(&known.account), LoggedKind::KeyCopied, &Whence::of(visitor)).await?;
            let trace = Trace::new("account.passkey_copied", "account", &known.account).detail(known.id.as_str());
            audit_trail::record(app, tx, trace).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::KeyCopied).of(&known.account)).await
        })
        .await
}
