//! What reads the words of a provider of identities, for whoever throws other words at it.

pub use super::keys::KeySet;
pub use super::metadata::Metadata;
pub use super::token::{Expected, IdToken, Wrong, verify};
