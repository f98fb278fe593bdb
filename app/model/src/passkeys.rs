//! Passkeys, as both sides say it. Bytes travel as base64url without padding.

use crate::fault::{Fault, FieldErrors};
use crate::ids::PasskeyId;
use crate::text::line;
use crate::time::Moment;
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// Where keys are made for: the name and the origin of our own address, never what a request says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name keys are bound to.
    pub rp_id: String,
    /// `https://lectern.example`
    pub origin: String,
}

impl Place {
    /// None where browsers make no keys: at a bare address, or without encryption outside this machine.
    pub fn of(public_url: &str) -> Option<Self> {
        let (scheme, rest) = public_url.split_once("://")?;
        let authority = rest.split('/').next()?;
        let rp_id = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority,
        };
        let local = rp_id == "localhost" || rp_id.ends_with(".localhost");
        let named = !rp_id.is_empty() && !rp_id.starts_with('[') && rp_id.parse::<Ipv4Addr>().is_err();
        // browsers write a host in small ASCII letters and leave out the usual port; another spelling is none of theirs
        let plain = authority.is_ascii() && !authority.bytes().any(|b| b.is_ascii_uppercase());
        let usual = (scheme == "https" && authority.ends_with(":443")) || (scheme == "http" && authority.ends_with(":80"));
        (named && plain && !usual && (scheme == "https" || local))
            .then(|| Self { rp_id: rp_id.to_owned(), origin: format!("{scheme}://{authority}") })
    }
}

/// One key, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyView {
    pub id: PasskeyId,
    pub name: String,
    /// It may be on several devices.
    pub synced: bool,
    pub made: Moment,
    pub used: Option<Moment>,
}

/// The part of one's security page about passkeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkeys {
    /// Browsers make keys for this address: it has a name, and is reached over https or is this machine.
    pub possible: bool,
    pub keys: Vec<PasskeyView>,
}

/// What a browser needs to make a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Making {
    pub challenge: String,
    pub rp_id: String,
    pub rp_name: String,
    pub user_id: String,
    pub user_name: String,
    pub display_name: String,
    /// Keys this person has: an authenticator makes no second one.
    pub exclude: Vec<String>,
    /// In milliseconds.
    pub timeout: u32,
}

/// What a browser needs to use one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entering {
    pub challenge: String,
    pub rp_id: String,
    /// In milliseconds.
    pub timeout: u32,
}

/// A key was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakePasskey {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub client_data: String,
    #[serde(default)]
    pub attestation: String,
}

impl MakePasskey {
    /// Its name: one to sixty characters.
    pub fn name(&self) -> Result<String, Fault> {
        named(&self.name)
    }
}

/// A key was used to sign in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsePasskey {
    #[serde(default)]
    pub credential: String,
    #[serde(default)]
    pub client_data: String,
    #[serde(default)]
    pub authenticator_data: String,
    #[serde(default)]
    pub signature: String,
    #[serde(default)]
    pub user_handle: String,
    /// Where the person wanted to go.
    #[serde(default)]
    pub next: String,
}

/// Gives a key another name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenamePasskey {
    #[serde(default)]
    pub passkey: String,
    #[serde(default)]
    pub name: String,
}

impl RenamePasskey {
    /// Its new name: one to sixty characters.
    pub fn name(&self) -> Result<String, Fault> {
        named(&self.name)
    }
}

/// Removes a key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovePasskey {
    #[serde(default)]
    pub passkey: String,
}

fn named(text: &str) -> Result<String, Fault> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", line(text, 1, 60));
    errors.finish(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_for_our_own_address_alone() {
        let place = |url: &str| Place::of(url).map(|place| (place.rp_id, place.origin));
        let is = |id: &str, origin: &str| Some((id.to_owned(), origin.to_owned()));
        assert_eq!(place("https://lectern.example"), is("lectern.example", "https://lectern.example"));
        assert_eq!(place("https://lectern.example:8443/school"), is("lectern.example", "https://lectern.example:8443"));
        assert_eq!(place("http://localhost:3000"), is("localhost", "http://localhost:3000"));
        for none in [
            "http://lectern.example",
            "https://192.0.2.1",
            "http://127.0.0.1:3000",
            "https://[2001:db8::1]:3000",
            "lectern",
            "https://Lectern.example",
            "https://lectern.example:443",
            "https://讲台.example",
        ] {
            assert_eq!(place(none), None, "{none}");
        }
    }
}
