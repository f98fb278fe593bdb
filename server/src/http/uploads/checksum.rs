//! The checksum a piece came with (tus "checksum"): SHA-1, which every server of the extension takes, and SHA-256.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// As OPTIONS tells them.
pub const ALGORITHMS: &str = "sha1,sha256";

/// What a body must come to, and what it has come to so far.
pub struct Checksum {
    hash: Hash,
    wanted: Vec<u8>,
}

enum Hash {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Checksum {
    /// Reads `Upload-Checksum`; none where it is not written as it should be or in an algorithm we don't take.
    pub fn named(text: &str) -> Option<Self> {
        let (algorithm, wanted) = text.split_once(' ')?;
        let hash = match algorithm {
            "sha1" => Hash::Sha1(Sha1::new()),
            "sha256" => Hash::Sha256(Sha256::new()),
            _ => return None,
        };
        Some(Self { hash, wanted: STANDARD.decode(wanted).ok()? })
    }

    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.hash {
            Hash::Sha1(hash) => hash.update(bytes),
            Hash::Sha256(hash) => hash.update(bytes),
        }
    }

    /// Whether everything was as it should be.
    pub fn matches(self) -> bool {
        match self.hash {
            Hash::Sha1(hash) => hash.finalize().as_slice() == self.wanted,
            Hash::Sha256(hash) => hash.finalize().as_slice() == self.wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(named: &str, bytes: &[u8]) -> bool {
        let mut checksum = Checksum::named(named).expect("a checksum");
        checksum.update(bytes);
        checksum.matches()
    }

    #[test]
    fn either_algorithm_tells_a_whole_piece_from_a_broken_one() {
        for named in ["sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="] {
            assert!(is(named, b"abc"), "{named}");
            assert!(!is(named, b"abd"), "{named}");
        }
    }

    #[test]
    fn what_is_no_checksum_of_ours_is_none() {
        for wrong in ["", "sha1", "md5 kAFQmDzST7DWlj99KOF/cg==", "sha1 ?", "SHA1"] {
            assert!(Checksum::named(wrong).is_none(), "{wrong}");
        }
    }
}
