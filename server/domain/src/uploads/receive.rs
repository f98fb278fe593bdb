//! Receiving: pieces in order, each kept before it is counted.

use super::begin::{LIFETIME, status};
use super::{Upload, queries};
use crate::{App, Error, Member, Result};
use model::Refusal;
use model::ids::UploadId;
use model::time::{Span, minutes};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Uploads that a request writes to or finishes just now, in this process: two at once would mix their bytes.
#[derive(Default)]
pub struct Busy(Mutex<HashSet<UploadId>>);

impl Busy {
    /// The upload for one request, to write to it or to finish it. Refused with `InProgress` while another has it.
    pub(super) fn take(&self, id: &UploadId) -> Result<Taken<'_>> {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone());
        if free { Ok(Taken { busy: self, id: id.clone() }) } else { Err(Error::refuse(Refusal::InProgress)) }
    }
}

pub(super) struct Taken<'b> {
    busy: &'b Busy,
    id: UploadId,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.busy.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

/// How often it is written down that bytes arrive.
const TOUCHED: Span = minutes(1);

/// Some bytes of a file.
pub type Piece<'p> = &'p [u8];

/// An upload that this request alone writes to. What was written counts only once [`Receiving::count`] has said so; an
/// interrupted request leaves the count where it was, and what lies beyond is overwritten.
pub struct Receiving<'b> {
    pub upload: Upload,
    /// How far this request has written.
    at: u64,
    _taken: Taken<'b>,
}

/// Opens the member's upload for writing at `offset`.
///
/// Refused with `ChangedMeanwhile` where that is not how far it has come, and with `InProgress` while another request writes.
pub async fn receive<'b>(app: &App, busy: &'b Busy, member: &Member, id: &UploadId, offset: u64) -> Result<Receiving<'b>> {
    let taken = busy.take(id)?;
    let upload = status(app, member, id).await?;
    if upload.received != offset {
        return Err(Error::refuse(Refusal::ChangedMeanwhile));
    }
    Ok(Receiving { at: offset, upload, _taken: taken })
}

impl Receiving<'_> {
    /// Writes the next piece. Refused at `file` where it would be more than was announced.
    pub async fn write(&mut self, app: &App, piece: Piece<'_>) -> Result<()> {
        let next = self.at + piece.len() as u64;
        if next > self.upload.bytes {
            return Err(Error::field("file", model::Problem::TooLarge { max_bytes: self.upload.bytes }));
        }
        self.touch(app).await?;
        app.ports.files.write(&self.upload.key(), self.at, piece.to_vec()).await.map_err(Error::bug)?;
        self.at = next;
        Ok(())
    }

    /// What arrives but is counted only at its end (a body with a checksum, a form) does not lie still meanwhile.
    async fn touch(&mut self, app: &App) -> Result<()> {
        let now = app.now();
        if now.since(self.upload.touched_at) >= TOUCHED {
            let expires = now + LIFETIME;
            app.db.write(async |tx| queries::touch(tx, &self.upload.id, now, expires).await).await?;
            (self.upload.touched_at, self.upload.expires_at) = (now, expires);
        }
        Ok(())
    }

    /// Everything written so far counts as received.
    pub async fn count(&mut self, app: &App) -> Result<()> {
        let (from, to) = (self.upload.received, self.at);
        if from == to {
            return Ok(());
        }
        let now = app.now();
        let expires = now + LIFETIME;
        let counted = app.db.write(async |tx| queries::count(tx, &self.upload.id, from, to, now, expires).await).await?;
        if counted != 1 {
            return Err(Error::refuse(Refusal::ChangedMeanwhile));
        }
        self.upload.received = to;
        (self.upload.touched_at, self.upload.expires_at) = (now, expires);
        Ok(())
    }

    /// Everything has come: the upload is as long as what was written, and complete. Refused at `file` where that is nothing.
    pub async fn close(&mut self, app: &App) -> Result<()> {
        let length = self.at;
        if length == 0 {
            return Err(Error::field("file", model::Problem::Required));
        }
        app.db.write(async |tx| queries::close(tx, &self.upload.id, length).await).await?;
        (self.upload.received, self.upload.bytes) = (length, length);
        Ok(())
    }
}
