//! The library: files people learn from, and signed links to them.
//!
//! Calls entitlement to ask who may open what. Knows nothing of outlines beyond a lesson's course. Announces nothing.

mod link;
mod open;
mod queries;

pub use link::{Audience, Link, Purpose};
pub use open::{Opened, Part, open, playable};
pub use queries::{
    Found, NewMedia, add, bytes_of, captions, find, how_many, item, library, remove, remove_captions, set_captions,
};
