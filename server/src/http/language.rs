//! Addresses without a language: sent on by cookie, then by `Accept-Language`.

use super::Site;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, VARY};
use axum::response::{IntoResponse, Redirect, Response};
use domain::App;
use model::Lang;
use wire::Cookie;

/// The language somebody would rather read.
pub fn preferred(headers: &HeaderMap, app: &App) -> Lang {
    if let Some(lang) = wire::cookie(headers, Cookie::Lang, app).and_then(|value| value.parse().ok()) {
        return lang;
    }
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Lang::from_accept_language(accepted)
}

/// The same address under the preferred language.
pub async fn redirect(State(site): State<Site>, request: Request) -> Response {
    let lang = preferred(request.headers(), &site.app);
    let path = request.uri().path().trim_end_matches('/');
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let target = format!("/{lang}{path}{query}");
    ([(CACHE_CONTROL, "private, no-store"), (VARY, "cookie, accept-language")], Redirect::to(&target)).into_response()
}
