//! Brotli for pages.

use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::io::Write;

/// The longest page that is packed, in bytes.
const LONGEST: usize = 8 * 1024 * 1024;
/// Shorter ones are not worth it.
const SHORTEST: usize = 1024;

/// How much trouble to take.
#[derive(Debug, Clone, Copy)]
pub enum Quality {
    /// Packed once, sent often.
    Kept,
    /// Packed for one person.
    Once,
}

/// Whether the browser takes brotli (RFC 9110 §12.5.3): what is said of `br` counts before what is said of `*`.
pub fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let codings: Vec<(&str, bool)> = accepted.flat_map(|value| value.split(',')).map(coding).collect();
    let said = |name: &str| codings.iter().find(|(coding, _)| coding.eq_ignore_ascii_case(name)).map(|(_, wanted)| *wanted);
    said("br").or_else(|| said("*")).unwrap_or(false)
}

/// A coding's name and whether it is wanted, which weight nought says it is not.
fn coding(one: &str) -> (&str, bool) {
    let mut parts = one.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let refused = parts.any(|weight| {
        weight.split_once('=').is_some_and(|(q, value)| q.trim().eq_ignore_ascii_case("q") && value.trim().parse() == Ok(0.0_f32))
    });
    (name, !refused)
}

/// The packed body, if that is shorter; off the threads that answer.
pub async fn brotli(plain: Bytes, quality: Quality) -> Option<Bytes> {
    if plain.len() < SHORTEST {
        return None;
    }
    tokio::task::spawn_blocking(move || {
        let level = match quality {
            Quality::Kept => 6,
            Quality::Once => 3,
        };
        let mut packer = brotli::CompressorWriter::new(Vec::with_capacity(plain.len() / 4), 16 * 1024, level, 20);
        packer.write_all(&plain).ok()?;
        let packed = packer.into_inner();
        (packed.len() < plain.len()).then(|| packed.into())
    })
    .await
    .ok()
    .flatten()
}

/// A page for one person: packed where the browser takes it, and kept by nobody.
pub async fn pack_private(answer: Response, packs: bool) -> Response {
    let html = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !html || answer.headers().contains_key(CONTENT_ENCODING) {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    parts.headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    parts.headers.append(VARY, HeaderValue::from_static("accept-encoding, cookie"));
    if !packs {
        return Response::from_parts(parts, body);
    }
    let Ok(plain) = axum::body::to_bytes(body, LONGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match brotli(plain.clone(), Quality::Once).await {
        Some(packed) => {
            parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
            parts.headers.remove(CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(packed))
        }
        None => Response::from_parts(parts, Body::from(plain)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_says_whether_it_takes_brotli() {
        for (accepted, takes) in [
            ("gzip, br", true),
            ("br;q=0, gzip", false),
            ("*", true),
            ("gzip", false),
            ("zstd, br;q=0.8", true),
            ("br;q=0, *", false),
            ("*;q=0, br", true),
            ("abracadabra", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            assert_eq!(takes_brotli(&headers), takes, "{accepted}");
        }
    }
}
