//! From a request's cookie to who asks, and what the answer owes to that.

use super::{Site, network, plain};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use domain::{Visitor, accounts};
use wire::Cookie;

/// Finds out who asks and puts the [`Visitor`] into the request's extensions.
pub async fn resolve(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let lang = super::security::lang_of(&site, &request);
    let mut visitor = Visitor::stranger(lang);
    visitor.network = network::network(&request, &site.trusted_proxies);
    visitor.user_agent = request.headers().get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    visitor.ahead = request.headers().get("sec-purpose").is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"));
    if let Some(presented) = wire::cookie(request.headers(), Cookie::Session, &site.app) {
        match accounts::who_has(&site.app, presented).await {
            Ok(Some(session)) => {
                visitor.session = Some(session.hash);
                visitor.proven_at = Some(session.proven_at);
                visitor.me = Some(session.me);
            }
            Ok(None) => (),
            Err(cause) => {
                tracing::error!(%cause, "a session could not be read");
                return plain::page(&site, lang, StatusCode::SERVICE_UNAVAILABLE, plain::Why::Away);
            }
        }
    }
    request.extensions_mut().insert(visitor);
    let mut answer = next.run(request).await;
    keep_private(answer.headers_mut());
    answer
}

/// What was made for one person is kept by nobody, unless it says otherwise itself.
fn keep_private(headers: &mut HeaderMap) {
    if !headers.contains_key(CACHE_CONTROL) || headers.contains_key(SET_COOKIE) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
}
