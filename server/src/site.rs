//! The site's files: styles, scripts, the bundle, icons. Built by `frontend/build.mjs`; part of the program.

use crate::http::takes_brotli;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, Response, StatusCode};
use model::viewer::Assets;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$LECTERN_SITE"]
struct Files;

/// Where each file is, by its logical name.
pub fn assets() -> Assets {
    Files::get("assets.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

/// Answers with the file at `path` (without a slash in front), brotli where the browser takes it.
pub fn answer(path: &str, headers: &HeaderMap) -> Option<Response<Body>> {
    let packed = takes_brotli(headers).then(|| Files::get(&format!("{path}.br"))).flatten();
    let encoding = packed.as_ref().map(|_| "br");
    let file = packed.or_else(|| Files::get(path))?;
    let lifetime = match path {
        "sw.js" => "no-cache",
        hashed if hashed.starts_with("pkg/") => "public, max-age=31536000, immutable",
        _ => "public, max-age=86400",
    };
    let mut answer = Response::builder()
        .status(StatusCode::OK)
        .header(CONTENT_TYPE, kind_of(path))
        .header(CACHE_CONTROL, lifetime)
        .header(VARY, "accept-encoding");
    if let Some(encoding) = encoding {
        answer = answer.header(CONTENT_ENCODING, encoding);
    }
    answer.body(Body::from(file.data.into_owned())).ok()
}

/// By the name's ending; texts say what they are written in.
fn kind_of(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let charset = if kind.as_ref().starts_with("text/") { "; charset=utf-8" } else { "" };
    format!("{kind}{charset}")
}
