//! Asking for one's archive, having it made by the worker, and fetching it: seven days, by nobody else.

use super::{archive, queries};
use crate::accounts::log_deed;
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Member, Result, Visitor, audit_trail};
use audit_trail::Deed;
use model::accounts::LoggedKind;
use model::ids::ArchiveId;
use model::privacy::{Archive, Refusal};
use model::time::{Span, days, hours, minutes};

/// How long an archive can be fetched.
const LIFE: Span = days(7);
/// How long whoever makes one may take before somebody else tries.
const LEASE: Span = minutes(30);
/// After so many tries it is given up.
const TRIES: i64 = 3;
/// One archive in this time (SEC-L3).
const PAUSE: Span = hours(24);

/// How far the person's latest archive is.
pub async fn data(app: &App, member: &Member) -> Result<Archive> {
    queries::latest(&mut app.db.read().await?, &member.id, app.now()).await
}

/// "Everything about me, please." Whoever asks has just shown who they are.
pub async fn ask_archive(app: &App, visitor: &Visitor) -> Result<()> {
    let member = visitor.member()?;
    crate::accounts::require_proof(app, visitor)?;
    let id: ArchiveId = app.new_id();
    app.db
        .write(async |tx| {
            crate::accounts::lock(tx, &member.id).await?;
            let now = app.now();
            let since = if app.settings.limits { now - PAUSE } else { now };
            if queries::asked_since(tx, &member.id, since).await? || !queries::ask(tx, &id, &member.id, visitor.lang, now).await?
            {
                return Err(Error::refuse(model::Refusal::Privacy(Refusal::ArchiveToday)));
            }
            log_deed(app, tx, &member.id, LoggedKind::ArchiveAsked, visitor).await?;
            audit_trail::record(app, tx, Deed::new("account.archive_asked", "account", &member.id).by(&member.id)).await?;
            tx.wake();
            Ok(())
        })
        .await
}

/// Makes the archive that was asked for longest ago; whether there may be more.
pub async fn make_archive(app: &App) -> Result<bool> {
    let now = app.now();
    if !queries::is_any_asked(&mut app.db.read().await?, now).await? {
        return Ok(false);
    }
    let Some(asked) = app.db.write(async |tx| queries::claim(tx, now, now + LEASE).await).await? else { return Ok(false) };
    let key = key(&asked.id);
    match archive::make(app, &asked.account, asked.lang, &key).await {
        Ok(bytes) => {
            let ready = app
                .db
                .write(async |tx| {
                    let now = app.now();
                    if !queries::ready(tx, &asked.id, bytes, now, now + LIFE).await? {
                        return Ok(false);
                    }
                    let letter = Event::new(Happening::MailDue, Occasion::ArchiveReady).of(&asked.account);
                    events::announce(app, tx, letter).await?;
                    Ok::<_, Error>(true)
                })
                .await?;
            if !ready {
                // the person has gone meanwhile
                remove(app, &key).await;
            }
            Ok(true)
        }
        Err(cause) if cause.is_unavailable() => Err(cause),
        Err(cause) => {
            tracing::error!(%cause, archive.id = %asked.id, "an archive could not be made");
            remove(app, &key).await;
            app.db.write(async |tx| queries::failed(tx, &asked.id, asked.tries >= TRIES).await).await?;
            Ok(false)
        }
    }
}

/// An archive to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveFile {
    pub name: String,
    pub key: String,
    pub bytes: u64,
}

/// The person's own archive, while it can be fetched; anybody else's is not there.
pub async fn download(app: &App, visitor: &Visitor, id: &ArchiveId) -> Result<ArchiveFile> {
    let member = visitor.member()?;
    let found = queries::ready_one(&mut app.db.read().await?, &member.id, id, app.now()).await?;
    let bytes = found.or_not_found()?;
    Ok(ArchiveFile { name: "lectern.zip".into(), key: key(id), bytes })
}

/// Removes archives whose time is over, and what people who have gone studied.
pub async fn tidy_archives(app: &App) -> Result<()> {
    let over = queries::expired(&mut app.db.read().await?, app.now()).await?;
    for id in over {
        remove(app, &key(&id)).await;
        app.db.write(async |tx| queries::over(tx, &id).await).await?;
    }
    // kept a while for the shares of instructors
    app.db.write(async |tx| queries::erase::studies(tx).await).await
}

/// Where it lies.
pub(super) fn key(id: &ArchiveId) -> String {
    format!("archives/{id}")
}

/// A file that is gone already is fine.
pub(super) async fn remove(app: &App, key: &str) {
    if let Err(cause) = app.ports.files.remove(key).await
        && cause.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%cause, %key, "a person's file could not be removed");
    }
}
