//! Providers of identities: what they say of themselves, their keys, their tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use outside::oidc::readers::{Expected, KeySet, Metadata, verify};
use outside::outgoing::Outgoing;
use ring::signature::{Ed25519KeyPair, KeyPair};
use std::sync::LazyLock;

const ISSUER: &str = "https://id.example";
const NOW: i64 = 1_790_000_000;

/// A provider's key, made of a seed that everybody may know.
static KEY: LazyLock<Ed25519KeyPair> =
    LazyLock::new(|| Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap_or_else(|_| std::process::abort()));

static KEYS: LazyLock<KeySet> = LazyLock::new(|| {
    let x = BASE64.encode(KEY.public_key().as_ref());
    let set = format!(r#"{{"keys":[{{"kty":"OKP","crv":"Ed25519","kid":"k","x":"{x}"}}]}}"#);
    KeySet::read(set.as_bytes()).unwrap_or_else(|| std::process::abort())
});

static OUT: LazyLock<Outgoing> = LazyLock::new(|| Outgoing::to([ISSUER]).unwrap_or_else(|_| std::process::abort()));

fn expected() -> Expected<'static> {
    Expected { issuer: ISSUER, client_id: "lectern", nonce: "n", algorithms: &[], now: NOW }
}

/// What has to stand in every token that is believed.
#[derive(serde::Deserialize)]
struct Said {
    iss: String,
    nonce: String,
}

/// Any claims under a signature that fits; and the bytes as a token, which nobody has signed.
pub fn claims(bytes: &[u8]) {
    let message = format!("{}.{}", BASE64.encode(r#"{"alg":"EdDSA","kid":"k"}"#), BASE64.encode(bytes));
    let token = format!("{message}.{}", BASE64.encode(KEY.sign(message.as_bytes())));
    if let Ok(told) = verify(&token, &KEYS, &expected()) {
        let said = serde_json::from_slice(bytes).map(|Said { iss, nonce }| iss == ISSUER && nonce == "n");
        assert!(said.unwrap_or_default() && std::str::from_utf8(bytes).is_ok());
        assert!(!told.sub.is_empty() && told.sub.len() <= 255);
    }
    if let Ok(token) = std::str::from_utf8(bytes) {
        assert!(verify(token, &KEYS, &expected()).is_err(), "a token that nobody signed");
    }
}

/// What it says of itself leads nowhere else; its keys are read.
pub fn provider(bytes: &[u8]) {
    if let Ok(read) = Metadata::read(bytes, ISSUER, &OUT) {
        for address in [&read.authorization_endpoint, &read.token_endpoint, &read.jwks_uri] {
            // as a browser reads it: without blanks and controls
            let near: String = address.chars().filter(|c| !c.is_ascii_control() && *c != ' ').collect();
            assert!(near.to_ascii_lowercase().starts_with("https:"), "{address}");
        }
    }
    if let Some(keys) = KeySet::read(bytes) {
        let token = format!("{}.e30.AAAA", BASE64.encode(r#"{"alg":"RS256"}"#));
        assert!(verify(&token, &keys, &expected()).is_err());
    }
}
