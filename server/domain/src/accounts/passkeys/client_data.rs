//! What the browser says it did (WebAuthn 5.8.1).

use model::passkeys::Place;
use serde::Deserialize;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Make,
    Enter,
}

#[derive(Deserialize)]
struct Written {
    #[serde(rename = "type")]
    deed: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
    #[serde(rename = "topOrigin")]
    top_origin: Option<String>,
}

/// The challenge in it, as it was sent, if this deed was done at this place and not inside of somebody else's page.
pub fn challenge(json: &[u8], deed: Deed, place: &Place) -> Result<String, &'static str> {
    let written: Written = serde_json::from_slice(json).map_err(|_| "unreadable client data")?;
    let wanted = match deed {
        Deed::Make => "webauthn.create",
        Deed::Enter => "webauthn.get",
    };
    if written.deed != wanted {
        return Err("another deed");
    }
    if written.origin != place.origin {
        return Err("another origin");
    }
    if written.cross_origin || written.top_origin.is_some() {
        return Err("inside another page");
    }
    Ok(written.challenge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_page_speaks_for_us() {
        let place = Place { rp_id: "lectern.test".into(), origin: "https://lectern.test".into() };
        let said = |json: &str| challenge(json.as_bytes(), Deed::Enter, &place);
        assert_eq!(said(r#"{"type":"webauthn.get","challenge":"abc","origin":"https://lectern.test"}"#), Ok("abc".into()));
        assert_eq!(
            said(
                r#"{"type":"webauthn.get","challenge":"abc","origin":"https://lectern.test","crossOrigin":false,"other":{"a":1}}"#
            ),
            Ok("abc".into())
        );
        for wrong in [
            "",
            "[]",
            r#"{"type":"webauthn.get","challenge":"abc"}"#,
            r#"{"type":"webauthn.create","challenge":"abc","origin":"https://lectern.test"}"#,
            r#"{"type":"payment.get","challenge":"abc","origin":"https://lectern.test"}"#,
            r#"{"type":"webauthn.get","challenge":"abc","origin":"http://lectern.test"}"#,
            r#"{"type":"webauthn.get","challenge":"abc","origin":"https://lectern.test:8443"}"#,
            r#"{"type":"webauthn.get","challenge":"abc","origin":"https://lectern.test.evil.example"}"#,
            r#"{"type":"webauthn.get","challenge":"abc","origin":"https://learn.lectern.test"}"#,
            r#"{"type":"webauthn.get","challenge":"abc","origin":"https://lectern.test","crossOrigin":true}"#,
            r#"{"type":"webauthn.get","challenge":"abc","origin":"https://lectern.test","topOrigin":"https://evil.example"}"#,
            r#"{"type":"webauthn.get","type":"webauthn.get","challenge":"abc","origin":"https://lectern.test"}"#,
        ] {
            assert!(said(wrong).is_err(), "{wrong}");
        }
    }
}
