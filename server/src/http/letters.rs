//! The address in a letter's `List-Unsubscribe` (RFC 2369, RFC 8058): mail programs send to it at one click, and browsers that open
//! it are led to the page that asks first. The signed link is the proof; a cookie is neither asked for nor heeded.

use super::{Site, language};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::notifications;
use model::routes;

/// `GET /unsubscribe/{token}`
pub async fn ask(State(site): State<Site>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    // whatever stands in ours; the page itself looks at the signature
    if !token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let page = routes::letters_off(language::preferred(&headers, &site.app), &token);
    ([(CACHE_CONTROL, "private, no-store"), (VARY, "cookie, accept-language")], Redirect::to(&page)).into_response()
}

/// `POST /unsubscribe/{token}`. Whatever the body says: `List-Unsubscribe=One-Click` comes as a form of either kind.
pub async fn at_once(State(site): State<Site>, Path(token): Path<String>, headers: HeaderMap) -> StatusCode {
    let lang = language::preferred(&headers, &site.app);
    match notifications::turn_letters_off(&site.app, lang, &token).await {
        Ok(()) => StatusCode::OK,
        Err(domain::Error::Fault(_)) => StatusCode::NOT_FOUND,
        Err(cause) if cause.is_unavailable() => StatusCode::SERVICE_UNAVAILABLE,
        Err(cause) => {
            tracing::error!(%cause, "letters could not be turned off");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
