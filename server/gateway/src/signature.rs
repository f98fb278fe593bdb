//! The signature of a notification: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, one `v1` per secret.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The header's name.
pub(crate) const HEADER: &str = "lectern-sandbox-signature";

/// The header's value.
pub(crate) fn sign(secrets: &[String], seconds: i64, body: &str) -> String {
    let mut header = format!("t={seconds}");
    for secret in secrets {
        header.push_str(",v1=");
        header.push_str(&hex::encode(seal(secret, seconds, body)));
    }
    header
}

fn seal(secret: &str, seconds: i64, body: &str) -> Vec<u8> {
    // HMAC takes a key of any length, so this cannot fail; an empty seal would be refused by every receiver.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return Vec::new() };
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reckoned with `printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_one`.
    #[test]
    fn a_signature_is_the_seal_of_time_and_body() {
        let header = sign(&["whsec_one".into()], 1_700_000_000, "{}");
        assert_eq!(header, "t=1700000000,v1=e6f424c1ebf2679ddb75df801d64b07e5063e2d7d6834ab73f5c55d787278d9d");
    }

    #[test]
    fn two_secrets_give_two_seals() {
        let header = sign(&["one".into(), "two".into()], 1, "x");
        assert_eq!(header.matches(",v1=").count(), 2);
    }
}
