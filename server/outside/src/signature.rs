//! The signature of a notification, Stripe's scheme (PRV-S1): `t=<unix>,v1=<hex>[,v1=…]`, HMAC-SHA256 over `t.body`.
//! The sandbox provider signs in the same way under a header of its own.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// How far the clock of the sender may be from ours, in seconds, either way.
const TOLERANCE: u64 = 300;

/// Whether any `v1` is the seal of any of `secrets` over this very body, and fresh. Other schemes and a `v1` that does not look
/// like a seal are passed over; nothing of the body is trimmed or parsed.
pub fn verify(secrets: &[&str], header: &str, body: &[u8], now: i64) -> Result<(), &'static str> {
    let (stamp, seals) = parse(header)?;
    let sent: i64 = stamp.parse().map_err(|_| "no time")?;
    let mut good = Choice::from(0);
    for secret in secrets {
        let expected = hex::encode(seal(secret.as_bytes(), stamp.as_bytes(), body).ok_or("no key")?);
        for given in &seals {
            good |= given.as_bytes().ct_eq(expected.as_bytes());
        }
    }
    if !bool::from(good) {
        return Err("no signature fits");
    }
    if now.abs_diff(sent) > TOLERANCE {
        return Err("too old, or from the future");
    }
    Ok(())
}

/// The time as it was written, and every `v1`.
fn parse(header: &str) -> Result<(&str, Vec<&str>), &'static str> {
    let mut stamp = None;
    let mut seals = Vec::new();
    for item in header.split(',') {
        match item.split_once('=') {
            Some(("t", text)) if stamp.is_none() => stamp = Some(text),
            Some(("t", _)) => return Err("two times"),
            Some(("v1", text)) => seals.push(text),
            _ => (),
        }
    }
    let stamp = stamp.filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).ok_or("no time")?;
    if seals.is_empty() { Err("no signature of a known scheme") } else { Ok((stamp, seals)) }
}

fn seal(secret: &[u8], stamp: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(stamp);
    mac.update(b".");
    mac.update(body);
    Some(mac.finalize().into_bytes().to_vec())
}

/// The bare seal of a text, as the published vectors have it.
#[cfg(test)]
pub fn sealed(secret: &str, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap().chain_update(body);
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_one";
    const BODY: &[u8] = b"{}";
    const SENT: i64 = 1_700_000_000;
    /// `printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_one`
    const GOOD: &str = "t=1700000000,v1=e6f424c1ebf2679ddb75df801d64b07e5063e2d7d6834ab73f5c55d787278d9d";

    fn fits(header: &str, body: &[u8], now: i64) -> bool {
        verify(&[SECRET], header, body, now).is_ok()
    }

    #[test]
    fn prv_s1_the_provider_s_signature_is_accepted() {
        assert!(fits(GOOD, BODY, SENT));
    }

    #[test]
    fn prv_s1_any_of_several_signatures_may_fit_and_so_may_any_secret() {
        let other = "v1=0000000000000000000000000000000000000000000000000000000000000000";
        let (time, good) = GOOD.split_once(',').unwrap();
        assert!(fits(&format!("{time},{other},{good}"), BODY, SENT));
        assert!(fits(&format!("{time},{good},{other}"), BODY, SENT));
        assert!(fits(&format!("{time},v1=nohex,{good},v0=abc,x"), BODY, SENT));
        assert!(verify(&["whsec_two", SECRET], GOOD, BODY, SENT).is_ok());
        assert!(verify(&["whsec_two"], GOOD, BODY, SENT).is_err());
    }

    #[test]
    fn prv_s1_the_same_signature_twice_and_the_same_secret_twice_are_as_good_as_once() {
        let (time, good) = GOOD.split_once(',').unwrap();
        assert!(fits(&format!("{time},{good},{good}"), BODY, SENT));
        assert!(verify(&[SECRET, SECRET], GOOD, BODY, SENT).is_ok());
    }

    #[test]
    fn prv_s1_a_time_is_digits_alone_even_where_it_is_well_sealed() {
        for stamp in ["+1700000000", " 1700000000", "1700000000.0", ""] {
            let header = format!("t={stamp},v1={}", hex::encode(seal(SECRET.as_bytes(), stamp.as_bytes(), BODY).unwrap()));
            assert!(!fits(&header, BODY, SENT), "{stamp}");
        }
    }

    #[test]
    fn prv_s1_a_signature_is_fresh_on_both_sides() {
        assert!(fits(GOOD, BODY, SENT + 300) && fits(GOOD, BODY, SENT - 300));
        assert!(!fits(GOOD, BODY, SENT + 301) && !fits(GOOD, BODY, SENT - 301));
    }

    #[test]
    fn prv_s1_no_changed_byte_is_accepted() {
        for place in 0..GOOD.len() {
            for flip in [0x01u8, 0x20, 0x80] {
                let mut bytes = GOOD.as_bytes().to_vec();
                bytes[place] ^= flip;
                let Ok(changed) = String::from_utf8(bytes) else { continue };
                assert!(!fits(&changed, BODY, SENT), "byte {place}: {changed}");
            }
        }
        let body = br#"{"id":"evt_1","type":"payment.succeeded"}"#;
        let header = format!("t={SENT},v1={}", hex::encode(seal(SECRET.as_bytes(), b"1700000000", body).unwrap()));
        assert!(fits(&header, body, SENT));
        for place in 0..body.len() {
            let mut changed = body.to_vec();
            changed[place] ^= 1;
            assert!(!fits(&header, &changed, SENT), "byte {place} of the body");
        }
        assert!(!fits(&header, &[body.as_slice(), b" "].concat(), SENT), "a body is not trimmed");
    }

    #[test]
    fn prv_s1_what_is_not_a_signature_is_refused() {
        for header in
            ["", "t=", "t=1700000000", "v1=e6f4", "t=x,v1=e6f4", "t=1700000000,v0=e6f4", "t=1700000000,v1=", "t=-1,v1=00", ",,,"]
        {
            assert!(!fits(header, BODY, SENT), "{header}");
        }
        assert!(!fits(&format!("t=1700000000,{GOOD}"), BODY, SENT), "two times");
    }
}
