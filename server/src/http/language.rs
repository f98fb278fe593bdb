//! Addresses without a language: sent on by cookie, then by `Accept-Language`.

use super::session::cookie;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, VARY};
use axum::response::{IntoResponse, Redirect, Response};
use model::Lang;

/// The language somebody would rather read.
pub fn preferred(headers: &HeaderMap) -> Lang {
    if let Some(lang) = cookie(headers, "lang").and_then(|value| value.parse().ok()) {
        return lang;
    }
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Lang::from_accept_language(accepted)
}

/// The same address under the preferred language.
pub async fn redirect(request: Request) -> Response {
    let lang = preferred(request.headers());
    let path = request.uri().path().trim_end_matches('/');
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let target = format!("/{lang}{path}{query}");
    ([(CACHE_CONTROL, "private, no-store"), (VARY, "cookie, accept-language")], Redirect::to(&target)).into_response()
}
