//! What browsers and devices say in the ceremonies of passkeys.

use domain::accounts::passkeys::readers::{AuthenticatorData, Cbor, Deed, Key, challenge, holds_a_key};
use model::passkeys::Place;
use sha2::{Digest, Sha256};

/// Everything that reads such bytes, and each of it behind what has to stand before it.
pub fn read(bytes: &[u8]) {
    let place = Place { rp_id: "lectern.example".into(), origin: "https://lectern.example".into() };
    for deed in [Deed::Make, Deed::Enter] {
        let _ = challenge(bytes, deed, &place);
    }
    holds_a_key(bytes, &place);
    if let Some((value, rest)) = Cbor::read(bytes) {
        assert!(rest.len() < bytes.len(), "a value of no bytes");
        if let Some(key) = Key::read(&value) {
            assert!(!key.verifies(b"a message that nobody signed", rest));
        }
    }
    let ours = [Sha256::digest(place.rp_id.as_bytes()).as_slice(), bytes].concat();
    if let Ok(AuthenticatorData { made: Some((name, key)), .. }) = AuthenticatorData::read(&ours, &place.rp_id) {
        assert!((1..=1023).contains(&name.len()));
        assert!(!key.verifies(b"a message that nobody signed", bytes));
    }
}
