//! One's own keys.

use super::{queries, refused};
use crate::accounts::identity::queries::ways_in;
use crate::accounts::log::{self, Whence};
use crate::accounts::sessions::require_live;
use crate::accounts::{queries as people, step_up};
use crate::audit_trail::{self, Deed as Trace};
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Member, Result, Visitor};
use model::accounts::LoggedKind;
use model::identity::Setback;
use model::ids::PasskeyId;
use model::passkeys::{Passkeys, Place, RemovePasskey, RenamePasskey};

/// The part of the security page about them.
pub async fn passkeys(app: &App, member: &Member) -> Result<Passkeys> {
    let mut conn = app.db.read().await?;
    Ok(Passkeys { possible: Place::of(&app.settings.public_url).is_some(), keys: queries::keys(&mut conn, &member.id).await? })
}

/// Gives one of them another name.
pub async fn rename(app: &App, member: &Member, form: &RenamePasskey) -> Result<()> {
    let name = form.name()?;
    let id = id_of(&form.passkey)?;
    let renamed = app.db.write(async |tx| queries::rename(tx, &id, &member.id, &name).await).await?;
    if renamed { Ok(()) } else { Err(Error::not_found()) }
}

/// Removes one of them, while another way in is left.
pub async fn remove(app: &App, visitor: &Visitor, form: &RemovePasskey) -> Result<()> {
    let member = visitor.member()?;
    let id = id_of(&form.passkey)?;
    step_up::require(app, visitor)?;
    app.db
        .write(async |tx| {
            // two of them removed at once: the second waits and counts what is left
            require_live(tx, &member.id, visitor).await?;
            if !queries::remove(tx, &id, &member.id).await? {
                return Err(Error::not_found());
            }
            if ways_in(app, tx, &member.id).await? == 0 {
                return Err(refused(Setback::LastWayIn));
            }
            // whoever came in by it is out, wherever they are
            people::end_other_sessions(tx, &member.id, visitor.session.as_deref().unwrap_or_default()).await?;
            people::second::end_challenges(tx, &member.id).await?;
            log::record(app, tx, Some(&member.id), LoggedKind::WayInRemoved, &Whence::of(visitor)).await?;
            let trace = Trace::new("account.passkey_removed", "account", &member.id).by(&member.id);
            audit_trail::record(app, tx, trace).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::WayInRemoved).of(&member.id)).await
        })
        .await
}

fn id_of(text: &str) -> Result<PasskeyId> {
    text.parse().map_err(|_| Error::not_found())
}

/// Forgets ceremonies that nobody came back to.
pub async fn tidy_ceremonies(app: &App) -> Result<()> {
    let now = app.now();
    app.db.write(async |tx| queries::forget(tx, now).await).await
}
