//! What reads the bytes of an uploaded file, for whoever throws other bytes at it.

pub use super::kind::of as kind_of;
pub use super::length::of as length_of;
pub use super::picture::{Picture, redraw};
