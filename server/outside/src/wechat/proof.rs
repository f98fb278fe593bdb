//! The texts that signatures are of (PRV-W1, PRV-W2, PRV-W6).

/// How far the clock of the sender may be from ours, in seconds, either way.
const TOLERANCE: u64 = 300;

/// A request's: every line ends, the last one too, and also where there is no body.
pub fn of_request(method: &str, path: &str, seconds: i64, nonce: &str, body: &str) -> String {
    format!("{method}\n{path}\n{seconds}\n{nonce}\n{body}\n")
}

/// The `Authorization` of a request.
pub fn header(merchant: &str, serial: &str, nonce: &str, seconds: i64, signature: &str) -> String {
    format!(
        "WECHATPAY2-SHA256-RSA2048 mchid=\"{merchant}\",nonce_str=\"{nonce}\",timestamp=\"{seconds}\",serial_no=\"{serial}\",signature=\"{signature}\""
    )
}

/// An answer's or a notification's.
pub fn of_answer(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    [timestamp.as_bytes(), b"\n", nonce.as_bytes(), b"\n", body, b"\n"].concat()
}

/// That of what opens the sheet inside WeChat.
pub fn of_sheet(app_id: &str, seconds: &str, nonce: &str, prepaid: &str) -> String {
    format!("{app_id}\n{seconds}\n{nonce}\nprepay_id={prepaid}\n")
}

/// A time as digits alone, and close to ours.
pub fn check_fresh(timestamp: &str, now: i64) -> Result<(), &'static str> {
    if timestamp.is_empty() || !timestamp.bytes().all(|b| b.is_ascii_digit()) {
        return Err("no time");
    }
    let sent: i64 = timestamp.parse().map_err(|_| "no time")?;
    if now.abs_diff(sent) <= TOLERANCE { Ok(()) } else { Err("too old, or from the future") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prv_w2_a_signature_is_fresh_on_both_sides() {
        for (timestamp, good) in [("1000", true), ("1300", true), ("700", true), ("1301", false), ("699", false)] {
            assert_eq!(check_fresh(timestamp, 1000).is_ok(), good, "{timestamp}");
        }
        for wrong in ["", "-1000", " 1000", "1000.0", "+1000", "9999999999999999999999"] {
            assert!(check_fresh(wrong, 1000).is_err(), "{wrong}");
        }
    }
}
