//! Files people learn from.

use crate::Moment;
use crate::ids::MediaId;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What a file is.
    pub enum MediaKind {
        Video = "video",
        Audio = "audio",
        Image = "image",
        Pdf = "pdf",
    }
}

/// Captions as they are sent: pasted, or as a file, which then counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendCaptions {
    /// The language that is read in them.
    #[serde(default)]
    pub lang: String,
    #[serde(default)]
    pub captions: String,
    /// What the file holds.
    #[serde(default)]
    pub captions_file: String,
}

impl SendCaptions {
    /// The text, and the field that it came in.
    pub fn text(&self) -> (&'static str, &str) {
        match self.captions_file.is_empty() {
            true => ("captions", &self.captions),
            false => ("captions_file", &self.captions_file),
        }
    }
}

/// A file as its owner sees it in the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaItem {
    pub id: MediaId,
    pub kind: MediaKind,
    pub name: String,
    pub bytes: u64,
    /// Length of a recording; 0 where there is none.
    pub seconds: u32,
    pub captions: Vec<crate::Lang>,
    pub created_at: Moment,
}

/// A recording or document as a page plays it: signed addresses, good for some hours and for this person only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playable {
    pub kind: MediaKind,
    pub src: String,
    pub content_type: String,
    pub seconds: u32,
    pub width: u32,
    pub height: u32,
    pub poster: Option<String>,
    /// Language and address of each caption track.
    pub captions: Vec<(crate::Lang, String)>,
}
