//! Forms: pairs of names and values, decoded once and encoded once.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// `a=1&b=2`, every value percent-encoded.
pub fn encode(pairs: &[(String, String)]) -> String {
    let written: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, KEPT))).collect();
    written.join("&")
}

/// The pairs of a form; none where a name comes twice or something is no text: such a form has no one meaning.
pub fn decode(body: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(body).ok()?;
    let mut pairs: Vec<(String, String)> = Vec::new();
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=')?;
        let (name, value) = (plain(name)?, plain(value)?);
        if name.is_empty() || pairs.iter().any(|(known, _)| *known == name) {
            return None;
        }
        pairs.push((name, value));
    }
    Some(pairs)
}

fn plain(text: &str) -> Option<String> {
    percent_decode_str(&text.replace('+', " ")).decode_utf8().ok().map(Into::into)
}
