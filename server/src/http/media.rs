//! The bytes people learn from: checked at every request, sent in ranges and in small pieces, never whole in memory.

use super::Site;
use super::range::{Wanted, is_expected, is_known, may_continue, wanted};
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, HOST, IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE, REFERER, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::media::{self, Link, Opened, Part};
use domain::{App, Visitor};
use model::ids::MediaId;
use model::{Lang, Moment};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// How much of a file is in memory at a time.
const PIECE: u64 = 256 * 1024;

/// What a signed link says in its query.
#[derive(Debug, Default, Deserialize)]
pub struct Signed {
    #[serde(rename = "for")]
    purpose: Option<String>,
    who: Option<String>,
    exp: Option<i64>,
    sig: Option<String>,
}

/// GET and HEAD of `/media/{id}/{part}`.
pub async fn send(
    State(site): State<Site>,
    Path((id, part)): Path<(String, String)>,
    signed: Result<Query<Signed>, axum::extract::rejection::QueryRejection>,
    request: Request,
) -> Response {
    if from_elsewhere(request.headers(), &site.app.settings.public_url) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let (Ok(media), Some(part)) = (id.parse::<MediaId>(), part_of(&part)) else { return StatusCode::NOT_FOUND.into_response() };
    let visitor = request.extensions().get::<Visitor>().cloned().unwrap_or_else(|| Visitor::stranger(Lang::Zh));
    let link = signed.ok().and_then(|Query(signed)| link_of(&media, signed));
    match media::open(&site.app, &visitor, &media, part, link).await {
        Ok(opened) => answer(site.app.clone(), opened, part, request.method(), request.headers()).await,
        Err(cause) => refused(&cause),
    }
}

/// Whether a page of another site asked for it: media are not lent out. A browser that does not say where a request comes from may
/// still name the page it left.
fn from_elsewhere(headers: &HeaderMap, ours: &str) -> bool {
    let said = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match said(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "cross-site",
        None => said(REFERER).is_some_and(|page| {
            let there = authority(page);
            there.is_some() && there != said(HOST) && there != authority(ours)
        }),
    }
}

/// `lectern.example:8443` of `https://lectern.example:8443/en`; none where it is no address of the web.
fn authority(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    matches!(scheme, "http" | "https").then(|| rest.split(['/', '?', '#']).next().unwrap_or_default())
}

fn part_of(name: &str) -> Option<Part> {
    match name {
        "file" => Some(Part::File),
        "poster" => Some(Part::Poster),
        other => other.strip_prefix("captions.")?.parse().ok().map(Part::Captions),
    }
}

fn link_of(media: &MediaId, signed: Signed) -> Option<(Link, String)> {
    let link = Link {
        media: media.clone(),
        purpose: signed.purpose?.parse().ok()?,
        audience: signed.who?.parse().ok()?,
        expires: Moment::from_millis(signed.exp?.checked_mul(1000)?),
    };
    Some((link, signed.sig?))
}

fn refused(cause: &domain::Error) -> Response {
    let status = match cause {
        domain::Error::Fault(fault) => StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::FORBIDDEN),
        away if away.is_unavailable() => StatusCode::SERVICE_UNAVAILABLE,
        bug => {
            tracing::error!(cause = %bug, "a file could not be opened");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    (status, [(CACHE_CONTROL, "no-store")]).into_response()
}

/// Where the bytes are.
enum Source {
    Stored(String),
    Held(Bytes),
}

async fn answer(app: App, opened: Opened, part: Part, method: &Method, asked: &HeaderMap) -> Response {
    let (source, content_type, etag, name) = match opened {
        Opened::Stored { key, content_type, digest, name } => (Source::Stored(key), content_type, format!("\"{digest}\""), name),
        Opened::Text { body, content_type } => {
            let etag = format!("\"{}\"", hex::encode(Sha256::digest(&body)));
            (Source::Held(body.into()), content_type.to_owned(), etag, "captions.vtt".to_owned())
        }
    };
    let size = match &source {
        Source::Held(bytes) => bytes.len() as u64,
        Source::Stored(key) => match app.ports.files.size(key).await {
            Ok(size) => size,
            Err(cause) => {
                tracing::error!(%cause, file.key = %key, "a file of the library is not in the store");
                return StatusCode::NOT_FOUND.into_response();
            }
        },
    };
    let mut headers = described(&content_type, &etag, &name, part);
    if !is_expected(text(asked, IF_MATCH), &etag) {
        return (StatusCode::PRECONDITION_FAILED, headers).into_response();
    }
    if is_known(text(asked, IF_NONE_MATCH), &etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    // a part is only ever got (RFC 9110 §14.2)
    let range = text(asked, RANGE).filter(|_| *method == Method::GET && may_continue(text(asked, IF_RANGE), &etag));
    let (status, first, length) = match wanted(range, size) {
        Wanted::Whole => (StatusCode::OK, 0, size),
        Wanted::Part { first, last } => {
            set(&mut headers, CONTENT_RANGE, &format!("bytes {first}-{last}/{size}"));
            (StatusCode::PARTIAL_CONTENT, first, last - first + 1)
        }
        Wanted::Unsatisfiable => {
            set(&mut headers, CONTENT_RANGE, &format!("bytes */{size}"));
            return (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response();
        }
    };
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    (status, headers, body(app, source, first, length)).into_response()
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// What is said about the file, whatever part of it is sent. A file of a person never runs anything here.
fn described(content_type: &str, etag: &str, name: &str, part: Part) -> HeaderMap {
    let public = part == Part::Poster || content_type.starts_with("image/");
    // the browser's own PDF viewer does not start inside a sandbox
    let policy = match content_type {
        "application/pdf" => "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        _ => "sandbox; default-src 'none'; frame-ancestors 'none'",
    };
    let mut headers = HeaderMap::new();
    set(&mut headers, CONTENT_TYPE, content_type);
    set(&mut headers, ETAG, etag);
    set(&mut headers, ACCEPT_RANGES, "bytes");
    set(&mut headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(&mut headers, CONTENT_SECURITY_POLICY, policy);
    set(&mut headers, CACHE_CONTROL, if public { "public, max-age=86400" } else { "private, max-age=0, must-revalidate" });
    set(&mut headers, X_FRAME_OPTIONS, if content_type == "application/pdf" { "SAMEORIGIN" } else { "DENY" });
    set(&mut headers, CONTENT_DISPOSITION, &disposition(name, content_type == "application/pdf"));
    set(&mut headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    headers
}

/// Saved, where somebody opens it by itself, under a name that no header and no file system stumbles over (RFC 6266); pages show it in
/// place all the same. Only a document is `shown` in a frame of ours, which nothing that is to be saved would be.
fn disposition(name: &str, shown: bool) -> String {
    let how = if shown { "inline" } else { "attachment" };
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' }).take(80).collect();
    let whole: String = name.chars().map(|c| if c.is_control() || "/\\\"".contains(c) { '_' } else { c }).take(80).collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(&whole, NON_ALPHANUMERIC))
}

/// `length` bytes from `first`, read piece by piece as the browser takes them.
fn body(app: App, source: Source, first: u64, length: u64) -> Body {
    let key = match source {
        Source::Held(bytes) => {
            let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(bytes.len());
            return Body::from(bytes.slice(at(first)..at(first.saturating_add(length))));
        }
        Source::Stored(key) => key,
    };
    let pieces = futures::stream::try_unfold((app, key, first, length), |(app, key, from, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let piece = app.ports.files.read(&key, from, usize::try_from(left.min(PIECE)).unwrap_or_default()).await?;
        if piece.is_empty() {
            return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
        }
        let read = piece.len() as u64;
        Ok(Some((Bytes::from(piece), (app, key, from + read, left.saturating_sub(read)))))
    });
    Body::from_stream(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_cannot_break_out_of_its_header() {
        let said = disposition("a\"b\r\nx: y/..\\讲.pdf", true);
        assert_eq!(
            said,
            "inline; filename=\"a_b__x_ y_..__.pdf\"; filename*=UTF-8''a%5Fb%5F%5Fx%3A%20y%5F%2E%2E%5F%E8%AE%B2%2Epdf"
        );
    }

    #[test]
    fn what_another_site_s_page_shows_is_not_sent() {
        let ours = "https://lectern.example";
        let foreign = |said: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("127.0.0.1:3000"));
            for (name, value) in said {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            from_elsewhere(&headers, ours)
        };
        for own in ["https://lectern.example/en", "http://127.0.0.1:3000/en/learn", "about:client", ""] {
            assert!(!foreign(&[("referer", own)]), "{own}");
        }
        for other in [
            "https://evil.example/",
            "https://lectern.example.evil.example/",
            "http://127.0.0.1:3001/",
            "https://evil.example?lectern.example",
        ] {
            assert!(foreign(&[("referer", other)]), "{other}");
            assert!(!foreign(&[("referer", other), ("sec-fetch-site", "same-origin")]), "the browser knows better: {other}");
        }
        assert!(!foreign(&[]));
        assert!(foreign(&[("sec-fetch-site", "cross-site"), ("referer", "https://lectern.example/en")]));
    }
}
