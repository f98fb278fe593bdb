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
