//! Secrets we mint and how they are kept: only their hash reaches the database.

use crate::ports::Chance;
use sha2::{Digest, Sha256};

/// A bearer secret of 256 bits as it goes to the person; never printed.
pub struct Secret(String);

impl Secret {
    pub fn mint(chance: &dyn Chance) -> Self {
        let mut bytes = [0u8; 32];
        chance.fill(&mut bytes);
        Self(hex::encode(bytes))
    }
    /// One of ours that comes back; none where it has another shape.
    pub fn kept(presented: &str) -> Option<Self> {
        let ours = presented.len() == 64 && presented.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        ours.then(|| Self(presented.to_owned()))
    }
    pub fn reveal(&self) -> &str {
        &self.0
    }
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// SHA-256 in hex of a file.
pub fn hash_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// SHA-256 in hex of what a person presented.
pub fn hash(presented: &str) -> String {
    hex::encode(Sha256::digest(presented.as_bytes()))
}
