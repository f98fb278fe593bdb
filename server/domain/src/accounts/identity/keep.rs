//! The providers one can sign in through, and those one has linked.

use super::{queries, refused};
use crate::accounts::log::{self, Whence};
use crate::accounts::sessions::require_live;
use crate::accounts::{queries as people, step_up};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Member, Result, Visitor};
use model::accounts::LoggedKind;
use model::identity::{Identities, Linked, Offered, Setback, Unlink};
use model::ids::IdentityId;

/// What can be chosen at the gate.
pub fn offered(app: &App) -> Vec<Offered> {
    let providers = app.ports.identities.iter();
    providers.map(|known| Offered { name: known.name().to_owned(), label: known.label().to_owned() }).collect()
}

/// The part of the security page about other houses.
pub async fn identities(app: &App, member: &Member) -> Result<Identities> {
    let mut conn = app.db.read().await?;
    let label = |provider: &str| {
        let known = app.ports.identities.iter().find(|known| known.name() == provider);
        known.map_or_else(|| provider.to_owned(), |known| known.label().to_owned())
    };
    let linked = queries::linked(&mut conn, &member.id).await?;
    let linked = linked.into_iter().map(|row| Linked { label: label(&row.label), ..row }).collect();
    Ok(Identities { offered: offered(app), linked })
}

/// Takes a provider off the account, while another way in is left.
pub async fn unlink(app: &App, visitor: &Visitor, form: &Unlink) -> Result<()> {
    let member = visitor.member()?;
    let id: IdentityId = form.identity.parse().map_err(|_| Error::not_found())?;
    step_up::require(app, visitor)?;
    app.db
        .write(async |tx| {
            // two of them taken off at once: the second waits and counts what is left
            require_live(tx, &member.id, visitor).await?;
            let provider = queries::remove(tx, &id, &member.id).await?.or_not_found()?;
            if queries::ways_in(app, tx, &member.id).await? == 0 {
                return Err(refused(Setback::LastWayIn));
            }
            // whoever came in by it is out, wherever they are
            people::end_other_sessions(tx, &member.id, visitor.session.as_deref().unwrap_or_default()).await?;
            people::second::end_challenges(tx, &member.id).await?;
            log::record(app, tx, Some(&member.id), LoggedKind::WayInRemoved, &Whence::of(visitor)).await?;
            let deed = Deed::new("account.identity_unlinked", "account", &member.id).by(&member.id).detail(provider);
            audit_trail::record(app, tx, deed).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::WayInRemoved).of(&member.id)).await
        })
        .await
}

/// Forgets those who never came back.
pub async fn tidy_attempts(app: &App) -> Result<()> {
    let now = app.now();
    app.db.write(async |tx| queries::forget_attempts(tx, now).await).await
}
