//! The site's files: styles, scripts, the bundle, icons. Built by `frontend/build.mjs`; part of the program.

use crate::http::{is_known, takes_brotli};
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, Response, StatusCode};
use model::viewer::Assets;
use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "$LECTERN_SITE"]
struct Files;

/// Where each file is, by its logical name.
pub fn assets() -> Assets {
    Files::get("assets.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

/// Answers with the file at `path` (without a slash in front), brotli where the browser takes it; without it to who has it.
pub fn answer(path: &str, headers: &HeaderMap) -> Option<Response<Body>> {
    let packed = takes_brotli(headers).then(|| Files::get(&format!("{path}.br"))).flatten();
    let encoding = packed.as_ref().map(|_| "br");
    let file = packed.or_else(|| Files::get(path))?;
    let lifetime = match path {
        "sw.js" => "no-cache",
        hashed if hashed.starts_with("pkg/") => "public, max-age=31536000, immutable",
        _ => "public, max-age=86400",
    };
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]));
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut answer = Response::builder().header(CACHE_CONTROL, lifetime).header(VARY, "accept-encoding").header(ETAG, &etag);
    if is_known(known, &etag) {
        return answer.status(StatusCode::NOT_MODIFIED).body(Body::empty()).ok();
    }
    answer = answer.header(CONTENT_TYPE, kind_of(path));
    if let Some(encoding) = encoding {
        answer = answer.header(CONTENT_ENCODING, encoding);
    }
    let body = match file.data {
        // a part of the program: nothing to copy
        Cow::Borrowed(bytes) => Body::from(Bytes::from_static(bytes)),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    answer.body(body).ok()
}

/// By the name's ending; texts say what they are written in.
fn kind_of(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let charset = if kind.as_ref().starts_with("text/") { "; charset=utf-8" } else { "" };
    format!("{kind}{charset}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn whoever_has_a_file_is_not_sent_it_again() {
        // a site that was not built yet has none
        for path in Files::iter().filter(|path| !path.ends_with(".br")) {
            let whole = answer(&path, &HeaderMap::new()).expect("a file");
            assert_eq!(whole.status(), StatusCode::OK, "{path}");
            let known = HeaderMap::from_iter([(IF_NONE_MATCH, whole.headers()[ETAG].clone())]);
            let again = answer(&path, &known).expect("an answer");
            assert_eq!((again.status(), again.headers().get(CONTENT_TYPE)), (StatusCode::NOT_MODIFIED, None), "{path}");
            let other = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static("\"another\""))]);
            assert_eq!(answer(&path, &other).expect("a file").status(), StatusCode::OK, "{path}");
        }
    }
}
