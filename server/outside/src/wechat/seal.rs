//! Sealed resources (PRV-W3): AEAD_AES_256_GCM under the key of version 3, the tag at the end.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// The key of version 3: exactly 32 bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey([u8; 32]);

impl FromStr for ApiKey {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        text.as_bytes().try_into().map(Self).map_err(|_| format!("exactly 32 letters and digits, not {}", text.len()))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Something sealed.
#[derive(Debug, Deserialize)]
pub struct Sealed {
    algorithm: String,
    ciphertext: String,
    nonce: String,
    /// May be empty or missing.
    #[serde(default)]
    associated_data: Option<String>,
}

impl Sealed {
    /// What is inside.
    pub fn open(&self, key: &ApiKey) -> Result<Vec<u8>, &'static str> {
        if self.algorithm != "AEAD_AES_256_GCM" {
            return Err("sealed in another way");
        }
        let mut sealed = BASE64.decode(&self.ciphertext).map_err(|_| "no sealed text")?;
        let nonce = Nonce::try_assume_unique_for_key(self.nonce.as_bytes()).map_err(|_| "a nonce of another length")?;
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key.0).map_err(|_| "no key")?);
        let associated = self.associated_data.as_deref().unwrap_or_default();
        let plain = key.open_in_place(nonce, Aad::from(associated.as_bytes()), &mut sealed).map_err(|_| "a broken seal")?;
        Ok(plain.to_vec())
    }
}
