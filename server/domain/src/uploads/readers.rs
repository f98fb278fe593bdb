//! What reads the bytes of an uploaded file, for whoever throws other bytes at it.

pub use super::duration::of_mp4;
pub use super::kind::of as kind_of;
pub use super::picture::{Picture, redraw};
