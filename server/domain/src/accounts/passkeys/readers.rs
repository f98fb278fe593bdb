//! What reads the bytes of a browser and of a device, for whoever throws other bytes at it.

pub use super::authenticator_data::AuthenticatorData;
pub use super::cbor::Cbor;
pub use super::client_data::{Deed, challenge};
pub use super::key::Key;
use model::passkeys::Place;

/// Whether this is an attestation object with a key for this place.
pub fn holds_a_key(attestation: &[u8], place: &Place) -> bool {
    super::make::made(attestation, place).is_ok()
}
