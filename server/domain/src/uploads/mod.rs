//! Files on their way to the library: begun with a length, received in pieces that may stop and go on, and at the end taken
//! for what their bytes are, whatever they were called.
//!
//! May call media. Announces nothing. How pieces travel (tus, a plain form) is the server's to know.

mod begin;
mod duration;
mod finish;
mod kind;
mod length;
mod picture;
mod queries;
#[cfg(feature = "fuzzing")]
pub mod readers;
mod receive;
mod sound;
#[cfg(test)]
mod tests;
mod webm;

pub use begin::{NewUpload, begin, begin_open, cancel, status, sweep};
pub use finish::{Finished, finish, finish_waiting};
pub use receive::{Busy, Piece, Receiving, receive};

use crate::{Error, Result};
use model::Moment;
use model::ids::{AccountId, MediaId, UploadId};

model::words! {
    /// What a file is wanted for.
    pub enum Purpose {
        /// Anything people learn from.
        Lesson = "lesson",
        /// A cover, or a picture in a text.
        Image = "image",
    }
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub owner: AccountId,
    /// As the person calls it.
    pub name: String,
    pub purpose: Purpose,
    /// How long the file will be, and how much of it is here.
    pub bytes: u64,
    pub received: u64,
    /// The file of the library it became.
    pub media: Option<MediaId>,
    /// What the uploader said of the file when it began, told again to who goes on (tus `Upload-Metadata`).
    pub metadata: String,
    /// When bytes last arrived.
    pub touched_at: Moment,
    pub expires_at: Moment,
}

impl Upload {
    pub fn is_complete(&self) -> bool {
        self.received == self.bytes
    }
    /// Where its bytes are kept meanwhile.
    fn key(&self) -> String {
        format!("uploads/{}", self.id)
    }
    /// The file of the library it becomes, known from the beginning: finishing that was interrupted goes on with the same.
    fn media_to_be(&self) -> Result<MediaId> {
        self.id.as_str().parse().map_err(|_| Error::bug(format!("{} names no file", self.id)))
    }
    /// Where its bytes are kept in the end.
    fn library_key(&self) -> String {
        format!("library/{}", self.id)
    }
}
