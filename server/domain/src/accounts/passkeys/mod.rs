//! Passkeys (WebAuthn level 3): keys of people's own devices, by which they sign in without a password.
//!
//! A ceremony is kept on the server, for five minutes and for one use; its challenge is its name. What a browser sends is checked whole:
//! `client_data` (what it did, and where), `authenticator_data` (what the device did), `key` (whose signature it is). The device has to have
//! made sure of the person (user verification), for everybody. Attestations are neither asked for nor looked at.

mod authenticator_data;
mod cbor;
mod client_data;
#[cfg(test)]
mod device;
mod enter;
mod keep;
mod key;
mod make;
pub(super) mod queries;
#[cfg(feature = "fuzzing")]
pub mod readers;
#[cfg(test)]
mod tests;

pub use enter::{begin_entering, enter};
pub use keep::{passkeys, remove, rename, tidy_ceremonies};
pub use make::{begin_making, make};

use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Refusal;
use model::identity::Setback;
use model::time::{Span, minutes};

/// How long a ceremony may take.
const LIFE: Span = minutes(5);

fn refused(setback: Setback) -> Error {
    Error::refuse(Refusal::Identity(setback))
}

/// What is not base64url is no key of ours.
fn bytes(text: &str) -> Result<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| refused(Setback::UnknownKey))
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The failed check, for the log; the person learns only that it was not taken.
fn doubted(why: &'static str) -> Error {
    tracing::info!(why, "a passkey was not taken");
    refused(Setback::UnknownKey)
}
