//! Beginning and ending an upload, and the limits it is held to.

use super::kind::limit_of;
use super::receive::Busy;
use super::{Purpose, Upload, queries};
use crate::error::OrNotFound;
use crate::{App, Error, Member, Result, media};
use model::authoring::Refusal;
use model::ids::UploadId;
use model::time::{Span, days, minutes};
use model::{Fault, Problem, text};
use store::Tx;

/// How long an upload may lie still.
pub(super) const LIFETIME: Span = days(2);
/// How many may be on their way at once for one person.
const AT_ONCE: usize = 20;
/// One that has lain still for so long makes room for a new one: a tab that was closed does not say so.
const STILL: Span = minutes(15);
/// How much one person may keep, in bytes.
const QUOTA: u64 = 50 * 1024 * 1024 * 1024;

/// An upload as it is announced.
#[derive(Debug, Clone)]
pub struct NewUpload {
    pub name: String,
    /// What the browser takes the file for; only good for refusing early.
    pub content_type: String,
    pub purpose: Purpose,
    pub bytes: u64,
    /// Kept as it is and told again ([`Upload::metadata`]).
    pub metadata: String,
}

/// Begins an upload for an instructor.
///
/// Refused at `file` where it is too large for its kind or of a kind never taken, and with `NoRoom` or `TooManyUploads` where
/// those that lie still are not in the way; where they are, they go, the one that lies still longest first.
pub async fn begin(app: &App, member: &Member, new: &NewUpload) -> Result<Upload> {
    if !member.me.teaches() {
        return Err(Error::Fault(Fault::Forbidden));
    }
    let limit = limit_of(new.purpose, &new.content_type).ok_or_else(|| Error::field("file", Problem::WrongKindOfFile))?;
    if new.bytes == 0 {
        return Err(Error::field("file", Problem::Required));
    }
    if new.bytes > limit {
        return Err(Error::field("file", Problem::TooLarge { max_bytes: limit }));
    }
    let upload = Upload {
        id: app.new_id(),
        owner: member.id.clone(),
        name: tidy(&new.name),
        purpose: new.purpose,
        bytes: new.bytes,
        received: 0,
        media: None,
        metadata: new.metadata.clone(),
        touched_at: app.now(),
        expires_at: app.now() + LIFETIME,
    };
    let gone = app
        .db
        .write(async |tx| {
            let gone = make_room(app, tx, &upload).await?;
            queries::add(tx, &upload, app.now()).await?;
            Ok::<_, Error>(gone)
        })
        .await?;
    for still in &gone {
        remove_bytes(app, still, &still.key()).await;
    }
    Ok(upload)
}

/// Takes out what lies still and is in the way of a new one; which they were.
async fn make_room(app: &App, tx: &mut Tx, new: &Upload) -> Result<Vec<Upload>> {
    let kept = media::bytes_of(tx, &new.owner).await?;
    let mut open = queries::open(tx, &new.owner).await?;
    let mut gone = Vec::new();
    loop {
        let coming: u64 = open.iter().map(|upload| upload.bytes).sum();
        let many = open.len() >= AT_ONCE;
        if !many && kept + coming + new.bytes <= QUOTA {
            return Ok(gone);
        }
        // a complete one is being finished, or will be when its uploader asks: its bytes are all here
        let at = open.iter().rposition(|upload| !upload.is_complete() && app.now().since(upload.touched_at) > STILL);
        let Some(at) = at else {
            let reason = if many { Refusal::TooManyUploads } else { Refusal::NoRoom };
            return Err(Error::refuse(model::Refusal::Authoring(reason)));
        };
        let still = open.remove(at);
        queries::remove(tx, &still.id).await?;
        gone.push(still);
    }
}

/// Begins one whose length shows only at its end; it counts as long as its kind may be until [`super::Receiving::close`].
pub async fn begin_open(app: &App, member: &Member, new: &NewUpload) -> Result<Upload> {
    let limit = limit_of(new.purpose, &new.content_type).ok_or_else(|| Error::field("file", Problem::WrongKindOfFile))?;
    begin(app, member, &NewUpload { bytes: limit, ..new.clone() }).await
}

/// A file's name without folders and control characters, at most 120 characters.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    text::line(&kept, 1, 120).unwrap_or_else(|_| "file".into())
}

/// How far the member's upload has come. One that has lain still too long is not found.
pub async fn status(app: &App, member: &Member, id: &UploadId) -> Result<Upload> {
    let mut conn = app.db.read().await?;
    let upload = queries::find(&mut conn, id).await?.filter(|upload| upload.owner == member.id).or_not_found()?;
    if upload.expires_at <= app.now() { Err(Error::not_found()) } else { Ok(upload) }
}

/// Gives an upload up; what it became in the library stays. Refused with `InProgress` while a request writes to it, which would
/// make its bytes anew.
pub async fn cancel(app: &App, busy: &Busy, member: &Member, id: &UploadId) -> Result<()> {
    let _taken = busy.take(id)?;
    let upload = status(app, member, id).await?;
    drop_it(app, &upload).await
}

/// Clears away what has lain still too long; returns how many. The worker calls it now and then.
pub async fn sweep(app: &App) -> Result<usize> {
    let expired = {
        let mut conn = app.db.read().await?;
        queries::expired(&mut conn, app.now()).await?
    };
    for upload in &expired {
        drop_it(app, upload).await?;
    }
    Ok(expired.len())
}

/// The entry goes first: bytes without an entry are only waste, an entry without bytes would be a broken promise.
pub(super) async fn drop_it(app: &App, upload: &Upload) -> Result<()> {
    let became_nothing = app.db.write(async |tx| queries::remove(tx, &upload.id).await).await?;
    remove_bytes(app, upload, &upload.key()).await;
    if became_nothing {
        // finishing was interrupted after the bytes had been moved
        remove_bytes(app, upload, &upload.library_key()).await;
    }
    Ok(())
}

/// Removes the bytes under one of an upload's keys, if there are any.
pub(super) async fn remove_bytes(app: &App, upload: &Upload, key: &str) {
    if let Err(cause) = app.ports.files.remove(key).await
        && cause.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%cause, upload.id = %upload.id, "the bytes of an upload could not be removed");
    }
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn a_name_keeps_nothing_that_leads_elsewhere() {
        assert_eq!(tidy("../../etc/passwd"), "passwd");
        assert_eq!(tidy("C:\\films\\第一课.mp4"), "第一课.mp4");
        assert_eq!(tidy("a\u{0}\r\nb.pdf"), "ab.pdf");
        assert_eq!(tidy("  "), "file");
    }
}
