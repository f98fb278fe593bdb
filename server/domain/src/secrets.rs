//! Secrets we mint and how they are kept: only their hash reaches the database.

use crate::ports::Chance;
use ring::hmac;
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

/// HMAC-SHA-256 (RFC 2104).
pub fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut bytes = [0u8; 32];
    bytes.copy_from_slice(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message).as_ref());
    bytes
}

/// The same in hex.
pub fn mac_hex(key: &[u8], message: &[u8]) -> String {
    hex::encode(mac(key, message))
}

/// Whether `presented` is the message's MAC in hex; compared in constant time.
pub fn is_mac_hex(key: &[u8], message: &[u8], presented: &str) -> bool {
    let Ok(presented) = hex::decode(presented) else { return false };
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key), message, &presented).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test cases 2 and 6 (a key longer than a block).
    #[test]
    fn a_mac_is_that_of_the_published_vectors() {
        let long = [0xaa; 131];
        let cases: [(&[u8], &[u8], &str); 2] = [
            (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (
                &long,
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, message, expected) in cases {
            assert_eq!(mac_hex(key, message), expected);
            assert!(is_mac_hex(key, message, expected));
            assert!(!is_mac_hex(key, b"another", expected) && !is_mac_hex(b"another", message, expected));
            assert!(
                !is_mac_hex(key, message, &expected[..62])
                    && !is_mac_hex(key, message, "")
                    && !is_mac_hex(key, message, "no hex")
            );
        }
    }
}
