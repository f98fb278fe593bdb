//! An ID token (OpenID Connect Core 1.0, 3.1.3.7), checked whole before anything in it is believed.

use super::keys::{Algorithm, KeySet};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

/// How far the provider's clock may be from ours, in seconds.
const LEEWAY: i64 = 60;
/// How old a token may be that was just asked for, in seconds.
const OLDEST: i64 = 600;
/// The longest token that is looked at.
const LONGEST: usize = 16 * 1024;

/// What a token must say.
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    /// What the provider says it signs with; empty: it does not say.
    pub algorithms: &'a [String],
    /// In seconds.
    pub now: i64,
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Its key is not among those we have.
    UnknownKey,
    Untrue(&'static str),
}

/// Whom a token is about.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IdToken {
    iss: String,
    pub sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: Option<String>,
    /// When the person last said who they are, in seconds.
    pub auth_time: Option<f64>,
    pub email: Option<String>,
    pub email_verified: Option<Truth>,
    pub name: Option<String>,
}

/// Some providers write it as a text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Truth {
    Said(bool),
    Written(String),
}

impl Truth {
    pub fn is_true(&self) -> bool {
        match self {
            Truth::Said(truth) => *truth,
            Truth::Written(text) => text == "true",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// What we would have to understand and do not.
    crit: Option<serde_json::Value>,
}

/// The claims of a token, if it is the provider's, for us, of now, and the answer to what we asked. Keys and addresses that it brings along
/// itself (`jwk`, `jku`, `x5u`) are not looked at.
pub fn verify(token: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<IdToken, Wrong> {
    let untrue = |why| Err(Wrong::Untrue(why));
    if token.len() > LONGEST {
        return untrue("a token of that length");
    }
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return untrue("not a signed token");
    };
    let written = decoded(header)?;
    let written: Header = json(&written).map_err(|_| Wrong::Untrue("an unreadable header"))?;
    if written.crit.is_some() {
        return untrue("it asks for what we do not understand");
    }
    let Some(algorithm) = Algorithm::named(&written.alg) else { return untrue("an algorithm that is not taken") };
    if !expected.algorithms.is_empty() && !expected.algorithms.contains(&written.alg) {
        return untrue("an algorithm that the provider does not use");
    }
    let message = &token[..header.len() + 1 + payload.len()];
    match keys.verifies(written.kid.as_deref(), algorithm, &written.alg, message.as_bytes(), &decoded(signature)?) {
        None => return Err(Wrong::UnknownKey),
        Some(false) => return untrue("the signature does not fit"),
        Some(true) => (),
    }
    let claims: IdToken = json(&decoded(payload)?).map_err(|_| Wrong::Untrue("unreadable claims"))?;
    claims.fit(expected).map_or_else(untrue, |()| Ok(claims))
}

/// JSON, which is UTF-8 throughout (RFC 7519 §7.2), also where we read none of it.
fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ()> {
    let text = std::str::from_utf8(bytes).map_err(|_| ())?;
    serde_json::from_str(text).map_err(|_| ())
}

impl IdToken {
    fn fit(&self, expected: &Expected<'_>) -> Result<(), &'static str> {
        if self.iss != expected.issuer {
            return Err("of another issuer");
        }
        let audience = match &self.aud {
            Audience::One(one) => std::slice::from_ref(one),
            Audience::Many(many) => many,
        };
        if !audience.iter().any(|one| one == expected.client_id) {
            return Err("for somebody else");
        }
        if self.azp.as_ref().is_some_and(|party| party != expected.client_id) || (audience.len() > 1 && self.azp.is_none()) {
            return Err("made for another party");
        }
        // a time is a number of seconds, perhaps with a fraction; what is no time is far away
        let (expires, issued) = (self.exp as i64, self.iat as i64);
        if expires.saturating_add(LEEWAY) <= expected.now {
            return Err("expired");
        }
        let begins = self.nbf.map_or(issued, |nbf| issued.max(nbf as i64));
        if begins > expected.now + LEEWAY {
            return Err("from the future");
        }
        if issued < expected.now - OLDEST - LEEWAY {
            return Err("of long ago");
        }
        let nonce = self.nonce.as_deref().unwrap_or_default();
        if !bool::from(nonce.as_bytes().ct_eq(expected.nonce.as_bytes())) {
            return Err("the answer to another question");
        }
        let fine = (1..=255).contains(&self.sub.len()) && self.sub.chars().all(|letter| !letter.is_control());
        if fine { Ok(()) } else { Err("about nobody") }
    }
}

fn decoded(part: &str) -> Result<Vec<u8>, Wrong> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Wrong::Untrue("an unreadable token"))
}
