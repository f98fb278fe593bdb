//! The end of an upload: what the bytes are, and their place in the library.

use super::begin::{LIFETIME, drop_it, remove_bytes, status};
use super::receive::Busy;
use super::{Purpose, Upload, kind, length, picture, queries};
use crate::audit_trail::{self, Deed};
use crate::media::{self, NewMedia};
use crate::ports::Verdict;
use crate::{App, Error, Member, Result};
use model::ids::MediaId;
use model::media::MediaKind;
use model::time::{Span, minutes};
use model::{Fault, Problem, Refusal, authoring};
use sha2::{Digest, Sha256};
use std::io::ErrorKind;

/// How much is read at once while the digest is made.
const STRIDE: usize = 1024 * 1024;
/// After this long, longer than a scanner may take, nobody else is at a complete upload.
const WAITED: Span = minutes(6);

/// A file that is in the library now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    pub media: MediaId,
    /// Where it may be shown: pictures only, the others need a signed link.
    pub url: Option<String>,
}

/// Takes a complete upload into the member's library; again, the same file is named. A file we do not take is thrown away and
/// refused at `file`; `InProgress` while another request finishes it, and `BeingChecked` while it waits to be looked into.
///
/// May be interrupted anywhere and asked again: the file's id is known before its bytes are moved.
pub async fn finish(app: &App, busy: &Busy, member: &Member, upload: &Upload) -> Result<Finished> {
    if let Some(media) = &upload.media {
        return named(app, media).await;
    }
    let _taken = busy.take(&upload.id)?;
    // what the caller knows may be older than the request that had it before
    let upload = &status(app, member, &upload.id).await?;
    if let Some(media) = &upload.media {
        return named(app, media).await;
    }
    if !upload.is_complete() {
        return Err(Error::bug(format!("upload {} is not complete", upload.id)));
    }
    take_in(app, upload).await
}

/// Finishes the next upload that waited to be looked into and whose owner does not ask for it; whether there may be more. Part of
/// the worker's work.
pub async fn finish_waiting(app: &App) -> Result<bool> {
    if app.ports.scanner.is_none() {
        return Ok(false);
    }
    let next = queries::waiting(&mut app.db.read().await?, app.now() - WAITED).await?;
    let Some(upload) = next else { return Ok(false) };
    // whatever comes of it, the others are next; one that only breaks is not kept alive by that
    let now = app.now();
    app.db.write(async |tx| queries::touch(tx, &upload.id, now, upload.expires_at).await).await?;
    match take_in(app, &upload).await {
        Ok(_) | Err(Error::Fault(_)) => Ok(true),
        Err(broken) => Err(broken),
    }
}

/// A file we do not take is thrown away; one that nobody can look into now stays.
async fn take_in(app: &App, upload: &Upload) -> Result<Finished> {
    match taken(app, upload).await {
        Ok(new) => enter(app, upload, new).await,
        Err(Error::Fault(Fault::Conflict(later))) => Err(Error::refuse(later)),
        Err(refused @ Error::Fault(_)) => {
            drop_it(app, upload).await?;
            Err(refused)
        }
        Err(broken) => Err(broken),
    }
}

/// Has the file looked into, where there is somebody who does (SEC-U5). Refused with `BeingChecked` while they cannot.
async fn looked_into(app: &App, upload: &Upload, key: &str) -> Result<()> {
    let Some(scanner) = &app.ports.scanner else { return Ok(()) };
    let now = app.now();
    // who is waited for is no reason to forget it
    app.db.write(async |tx| queries::touch(tx, &upload.id, now, now + LIFETIME).await).await?;
    let found = match scanner.look_at(app.ports.files.as_ref(), key).await {
        Ok(Verdict::Clean) => return Ok(()),
        Ok(Verdict::TooLong) => return Err(Error::field("file", Problem::NotScannable)),
        Ok(Verdict::Infected(found)) => found,
        Err(cause) => {
            tracing::warn!(%cause, upload.id = %upload.id, "an upload waits: nobody can look into it");
            return Err(Error::refuse(Refusal::Authoring(authoring::Refusal::BeingChecked)));
        }
    };
    tracing::warn!(upload.id = %upload.id, account.id = %upload.owner, found, "an upload is infected and was thrown away");
    let deed = Deed::new("upload.infected", "upload", &upload.id).by(&upload.owner).detail(found);
    app.db.write(async |tx| audit_trail::record(app, tx, deed.clone()).await).await?;
    Err(Error::field("file", Problem::Infected))
}

async fn named(app: &App, media: &MediaId) -> Result<Finished> {
    let mut conn = app.db.read().await?;
    let kind = media::find(&mut conn, media).await?.map(|found| found.kind);
    Ok(finished(media.clone(), kind))
}

fn finished(media: MediaId, kind: Option<MediaKind>) -> Finished {
    let url = (kind == Some(MediaKind::Image)).then(|| format!("/media/{media}/file"));
    Finished { media, url }
}

/// Looks at the bytes, and leaves what is to be kept under its own key.
async fn taken(app: &App, upload: &Upload) -> Result<NewMedia> {
    let files = app.ports.files.as_ref();
    let from = where_it_lies(app, upload).await?;
    let head = files.read(&from, 0, kind::HEAD).await.map_err(Error::bug)?;
    let wrong = || Error::field("file", Problem::WrongKindOfFile);
    let (kind, content_type) = kind::of(&head).ok_or_else(wrong)?;
    if upload.purpose == Purpose::Image && kind != MediaKind::Image {
        return Err(wrong());
    }
    if upload.bytes > kind::limit(kind) {
        return Err(Error::field("file", Problem::TooLarge { max_bytes: kind::limit(kind) }));
    }
    looked_into(app, upload, &from).await?;
    let mut new = NewMedia {
        owner: upload.owner.clone(),
        kind,
        name: upload.name.clone(),
        content_type: content_type.into(),
        bytes: upload.bytes,
        seconds: 0,
        width: 0,
        height: 0,
        file_key: upload.library_key(),
        poster_key: None,
        digest: String::new(),
        id: upload.media_to_be()?,
    };
    if kind == MediaKind::Image {
        return redrawn(app, &from, new).await;
    }
    new.seconds = length::of(files, &from, upload.bytes, content_type).await.map_err(Error::bug)?.ok_or_else(wrong)?;
    new.digest = digest(app, &from, upload.bytes).await?;
    if from != new.file_key {
        files.rename(&from, &new.file_key).await.map_err(Error::bug)?;
    }
    Ok(new)
}

/// Where the bytes are: under the upload's key, or already under the library's where finishing was interrupted. Not found where
/// they are lost; the upload has to begin anew.
async fn where_it_lies(app: &App, upload: &Upload) -> Result<String> {
    for key in [upload.key(), upload.library_key()] {
        match app.ports.files.size(&key).await {
            Ok(_) => return Ok(key),
            Err(cause) if cause.kind() == ErrorKind::NotFound => (),
            Err(cause) => return Err(Error::bug(cause)),
        }
    }
    Err(Error::not_found())
}

/// A picture's bytes are written beside those that came, which go when the entry stands.
async fn redrawn(app: &App, from: &str, mut new: NewMedia) -> Result<NewMedia> {
    let files = app.ports.files.as_ref();
    let length = usize::try_from(new.bytes).map_err(Error::bug)?;
    // a few at a time: one picture of forty megapixels takes hundreds of megabytes while it is drawn
    let turn = picture::TURNS.acquire().await.map_err(Error::bug)?;
    let bytes = files.read(from, 0, length).await.map_err(Error::bug)?;
    let drawn = tokio::task::spawn_blocking(move || (picture::redraw(&bytes), turn)).await.map_err(Error::bug)?.0;
    let drawn = drawn.ok_or_else(|| Error::field("file", Problem::WrongKindOfFile))?;
    new.bytes = drawn.bytes.len() as u64;
    new.content_type = drawn.content_type.into();
    new.width = drawn.width;
    new.height = drawn.height;
    new.digest = hex::encode(Sha256::digest(&drawn.bytes));
    files.write(&new.file_key, 0, drawn.bytes).await.map_err(Error::bug)?;
    Ok(new)
}

async fn digest(app: &App, key: &str, bytes: u64) -> Result<String> {
    let mut hash = Sha256::new();
    let mut at = 0u64;
    while at < bytes {
        let part = app.ports.files.read(key, at, STRIDE).await.map_err(Error::bug)?;
        if part.is_empty() {
            return Err(Error::bug(format!("{key} ends at {at} of {bytes}")));
        }
        at += part.len() as u64;
        hash.update(&part);
    }
    Ok(hex::encode(hash.finalize()))
}

async fn enter(app: &App, upload: &Upload, new: NewMedia) -> Result<Finished> {
    let entered = app
        .db
        .write(async |tx| {
            let entered = queries::became(tx, &upload.id, &new.id).await?;
            if entered {
                media::add(tx, &new, app.now()).await?;
            }
            Ok::<_, Error>(entered)
        })
        .await?;
    if !entered && media::find(&mut app.db.read().await?, &new.id).await?.is_none() {
        // given up while its bytes were looked at
        remove_bytes(app, upload, &new.file_key).await;
        return Err(Error::not_found());
    }
    remove_bytes(app, upload, &upload.key()).await;
    tracing::info!(media.id = %new.id, account.id = %upload.owner, media.bytes = new.bytes, "a file was taken into the library");
    Ok(finished(new.id, Some(new.kind)))
}
