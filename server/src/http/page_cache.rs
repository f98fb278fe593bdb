//! Rendered public pages, kept for visitors who are not signed in.
//!
//! A page is kept whole, plain and packed, until something that pages show is announced in the log of events (`watch`), or for
//! a minute: what has no event of its own (the week's selection) is never older. On one server an answer after a commit never
//! shows what was before it; other servers hear of it within a second.

mod address;
mod rendering;
mod shelf;
mod watch;

use super::packing::{self, Quality};
use super::{Site, language, referrals, security};
use crate::telemetry::{self, Answers};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::App;
use model::Lang;
use model::time::seconds;
use rendering::Rendering;
use sha2::{Digest, Sha256};
use shelf::{Kept, Shelf};
use std::sync::Arc;
use std::time::Instant;
use watch::Watch;
use wire::Cookie;

/// All bodies together, in bytes.
const CAPACITY: usize = 48 * 1024 * 1024;
/// A longer address is answered, not kept.
const ADDRESS_BYTES: usize = 512;
/// Tells the service worker that it may keep the page too.
const CACHEABLE: HeaderName = HeaderName::from_static("x-cacheable");

/// The cache of one server.
#[derive(Clone)]
pub struct PageCache {
    shelf: Arc<Shelf>,
    watch: Arc<Watch>,
    rendering: Arc<Rendering>,
}

impl PageCache {
    /// An empty cache that follows the log of `app`'s school for as long as it lives.
    pub fn new(app: &App) -> Self {
        let shelf = Arc::new(Shelf::new(CAPACITY));
        let watch = Arc::new(Watch::new(app.db.clone(), shelf.clone()));
        watch::follow(&watch);
        Self { shelf, watch, rendering: Arc::default() }
    }
}

/// Before everything else: a kept page, for somebody who is owed no cookie with it.
pub async fn first(State(site): State<Site>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let Some(key) = key(&site.app, &request).filter(|_| !is_owed_more(&site.app, &request)) else {
        return next.run(request).await;
    };
    let Some(kept) = ready(&site, &key).await else { return next.run(request).await };
    let headers = request.headers();
    let mut answer = answer(&kept, packing::takes_brotli(headers), headers.get(IF_NONE_MATCH));
    security::dress(&site, &site.app.new_id(), answer.headers_mut());
    kept.answers(answer.status()).count(begun);
    answer
}

/// Whether the answer brings a cookie, or a body has to be looked at.
fn is_owed_more(app: &App, request: &Request) -> bool {
    language::switched(request, app).is_some()
        || referrals::code_of(request).is_some()
        || request.headers().contains_key(CONTENT_LENGTH)
}

async fn ready(site: &Site, key: &str) -> Option<Arc<Kept>> {
    site.pages.watch.catch_up().await?;
    let now = site.app.now();
    site.pages.shelf.find(key, now - seconds(60), now)
}

/// Answers from the cache where it may, fills it where it can, and packs everything else.
pub async fn serve(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let packs = packing::takes_brotli(request.headers());
    let Some(key) = key(&site.app, &request) else {
        return packing::pack_private(next.run(request).await, packs).await;
    };
    let cache = site.pages.clone();
    let Some(turn) = cache.watch.catch_up().await else {
        return packing::pack_private(next.run(request).await, packs).await;
    };
    let asked = request.headers().get(IF_NONE_MATCH).cloned();
    let now = site.app.now();
    if let Some(kept) = cache.shelf.find(&key, now - seconds(60), now) {
        return answer(&kept, packs, asked.as_ref());
    }
    let renderer = cache.rendering.begin(&key).await;
    if renderer.is_none() {
        let now = site.app.now();
        if let Some(kept) = cache.shelf.find(&key, now - seconds(60), now) {
            return answer(&kept, packs, asked.as_ref());
        }
    }
    if let Some(uri) = address::rewritten(request.uri(), &address::canonical(request.uri())) {
        *request.uri_mut() = uri;
    }
    let route = telemetry::route_of(&request);
    let rendered = next.run(request).await;
    match keep(rendered, &route, now).await {
        Ok(kept) => {
            let kept = Arc::new(kept);
            cache.shelf.put(key.clone(), kept.clone(), turn);
            answer(&kept, packs, asked.as_ref())
        }
        Err(other) => packing::pack_private(other, packs).await,
    }
}

/// What the page depends on: what it knows of its address, and the colours chosen. None for whatever is not to be kept.
fn key(app: &App, request: &Request) -> Option<String> {
    let uri = request.uri();
    if request.method() != Method::GET || !is_public(uri.path()) {
        return None;
    }
    let address = address::canonical(uri);
    if address.len() > ADDRESS_BYTES {
        return None;
    }
    if wire::cookie(request.headers(), Cookie::Session, app).is_some() {
        return None;
    }
    let theme = wire::cookie(request.headers(), Cookie::Theme, app).unwrap_or_default();
    (theme.len() <= 16).then(|| format!("{theme} {address}"))
}

/// Pages that show everybody the same.
fn is_public(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    if parts.next().and_then(|lang| lang.parse::<Lang>().ok()).is_none() {
        return false;
    }
    matches!(
        (parts.next(), parts.next(), parts.next()),
        (None, None, None)
            | (Some("courses" | "search"), None, None)
            | (Some("courses" | "topics" | "u" | "help" | "legal"), Some(_), None)
    )
}

/// A page worth keeping, or the answer as it was.
async fn keep(answer: Response, route: &str, now: model::Moment) -> Result<Kept, Response> {
    let html = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if answer.status() != StatusCode::OK || !html || answer.headers().contains_key(SET_COOKIE) {
        return Err(answer);
    }
    let (parts, body) = answer.into_parts();
    let plain = match axum::body::to_bytes(body, CAPACITY / 8).await {
        Ok(plain) => plain,
        Err(cause) => {
            tracing::error!(%cause, "a rendered page could not be read");
            return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        }
    };
    let digest = hex::encode(&Sha256::digest(&plain)[..12]);
    let packed = packing::brotli(plain.clone(), Quality::Kept).await;
    let tag = HeaderValue::from_str(&format!("W/\"{digest}\"")).unwrap_or(HeaderValue::from_static("W/\"0\""));
    let figures = [StatusCode::OK, StatusCode::NOT_MODIFIED].map(|status| Answers::of(route, &Method::GET, status));
    Ok(Kept { headers: kept_headers(parts.headers), tag, plain, packed, made_at: now, figures })
}

/// What the page itself said, with our word on who may keep it, without what belongs to the way it travels.
fn kept_headers(mut headers: HeaderMap) -> HeaderMap {
    for name in [CONTENT_ENCODING, CONTENT_LENGTH, ETAG] {
        headers.remove(name);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding, cookie"));
    headers.insert(CACHEABLE, HeaderValue::from_static("public"));
    headers
}

fn answer(kept: &Kept, packs: bool, asked: Option<&HeaderValue>) -> Response {
    let same = asked.is_some_and(|tags| names(tags, &kept.tag));
    let packed = kept.packed.as_ref().filter(|_| packs);
    let body = if same { Body::empty() } else { Body::from(packed.unwrap_or(&kept.plain).clone()) };
    let mut answer = Response::new(body);
    *answer.headers_mut() = kept.headers.clone();
    let headers = answer.headers_mut();
    headers.insert(ETAG, kept.tag.clone());
    if same {
        headers.remove(CONTENT_TYPE);
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
    } else if packed.is_some() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    answer
}

/// Whether `If-None-Match` names the tag (RFC 9110 §13.1.2: compared weakly).
fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(tag)) = (tags.to_str(), tag.to_str()) else { return false };
    let bare = tag.trim_start_matches("W/");
    tags.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_show_everybody_the_same_are_kept() {
        for public in ["/zh", "/en/courses", "/en/courses/notes", "/zh/topics/data", "/zh/u/ada", "/en/search", "/en/legal/terms"]
        {
            assert!(is_public(public), "{public}");
        }
        for own in [
            "/",
            "/zh/login",
            "/zh/feed",
            "/en/courses/notes/edit",
            "/en/learn/notes/1",
            "/fn/read_home",
            "/zh/me/learning",
            "/zh/u",
        ] {
            assert!(!is_public(own), "{own}");
        }
    }

    #[test]
    fn a_tag_is_recognised_in_a_list() {
        let tag = HeaderValue::from_static("W/\"abc\"");
        for yes in ["\"abc\"", "W/\"abc\"", "\"x\", W/\"abc\"", "*"] {
            assert!(names(&HeaderValue::from_static(yes), &tag), "{yes}");
        }
        assert!(!names(&HeaderValue::from_static("\"abcd\""), &tag));
    }
}
