//! Codes that an app makes of a shared secret and the time (RFC 6238): SHA-1, six digits, thirty seconds. Pure.

use model::Moment;
use ring::hmac;
use subtle::ConstantTimeEq;

/// A secret of 160 bits.
pub const SECRET_BYTES: usize = 20;
/// Seconds of one step.
const STEP: i64 = 30;
const DIGITS: u32 = 6;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step whose code `typed` is, if it is the one of now or its neighbour.
pub fn step_of(secret: &[u8], typed: &str, now: Moment) -> Option<i64> {
    let this = now.seconds() / STEP;
    (this - 1..=this + 1).find(|step| bool::from(code(secret, *step, DIGITS).as_bytes().ct_eq(typed.as_bytes())))
}

/// The code of a moment, for tests and for telling what an app would show.
pub fn code_at(secret: &[u8], now: Moment) -> String {
    code(secret, now.seconds() / STEP, DIGITS)
}

fn code(secret: &[u8], step: i64, digits: u32) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag.last().copied().unwrap_or_default() & 0xf);
    let part = tag.iter().skip(at).take(4).fold(0u32, |sum, byte| (sum << 8) | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:0width$}", part % 10u32.pow(digits), width = digits as usize)
}

/// RFC 4648 without padding, as apps read secrets.
pub fn base32(bytes: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0u32, 0u32);
    let mut push = |index: u32| text.push(char::from(ALPHABET[(index & 31) as usize]));
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(held >> bits);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        push(held << (5 - bits));
    }
    text
}

/// In groups of four, for people.
pub fn grouped(text: &str, between: &str) -> String {
    text.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four)).collect::<Vec<_>>().join(between)
}

/// What the square code says to an app.
pub fn address(person: &str, secret: &[u8]) -> String {
    let person = person.replace('%', "%25").replace('@', "%40").replace('+', "%2B").replace('&', "%26").replace('#', "%23");
    let person = person.replace('?', "%3F").replace('/', "%2F");
    format!("otpauth://totp/Lectern:{person}?secret={}&issuer=Lectern&algorithm=SHA1&digits=6&period=30", base32(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        let secret = b"12345678901234567890";
        let vectors = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000_i64, "65353130"),
        ];
        for (seconds, expected) in vectors {
            assert_eq!(code(secret, seconds / STEP, 8), expected, "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_a_step_before_and_after_and_no_longer() {
        let secret = b"12345678901234567890";
        let at = |seconds: i64| Moment::from_millis(seconds * 1000);
        let typed = code_at(secret, at(900));
        assert_eq!(step_of(secret, &typed, at(900)), Some(30));
        assert_eq!(step_of(secret, &typed, at(870)), Some(30));
        assert_eq!(step_of(secret, &typed, at(959)), Some(30));
        assert_eq!(step_of(secret, &typed, at(960)), None);
        assert_eq!(step_of(secret, &typed, at(839)), None);
        assert_eq!(step_of(secret, "", at(900)), None);
    }

    #[test]
    fn secrets_are_written_as_rfc_4648_has_it() {
        for (plain, written) in
            [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(base32(plain.as_bytes()), written);
        }
        assert_eq!(grouped("ABCDEFGHIJ", " "), "ABCD EFGH IJ");
        assert!(
            address("ada+x@lectern.example", b"foobar")
                .starts_with("otpauth://totp/Lectern:ada%2Bx%40lectern.example?secret=MZXW6YTBOI&")
        );
    }
}
