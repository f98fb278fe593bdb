//! Addresses without a language: sent on by cookie, then by `Accept-Language`.

use super::Site;
use app::routes::{PAGES, Page};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, VARY};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::App;
use model::Lang;
use std::collections::BTreeSet;
use wire::Cookie;

/// The language somebody would rather read.
pub fn preferred(headers: &HeaderMap, app: &App) -> Lang {
    if let Some(lang) = wire::cookie(headers, Cookie::Lang, app).and_then(|value| value.parse().ok()) {
        return lang;
    }
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Lang::from_accept_language(accepted)
}

/// `/` and every address that a page would have if it named its language.
pub fn redirects() -> Router<Site> {
    let first = |page: &Page| page.path.split('/').nth(1).filter(|part| !part.is_empty()).map(str::to_owned);
    let known: BTreeSet<String> = PAGES.iter().filter_map(first).collect();
    known.into_iter().fold(Router::new().route("/", get(redirect)), |router, part| {
        router.route(&format!("/{part}"), get(redirect)).route(&format!("/{part}/{{*rest}}"), get(redirect))
    })
}

/// The same address under the preferred language.
async fn redirect(State(site): State<Site>, request: Request) -> Response {
    let lang = preferred(request.headers(), &site.app);
    let path = request.uri().path().trim_end_matches('/');
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let target = format!("/{lang}{path}{query}");
    ([(CACHE_CONTROL, "private, no-store"), (VARY, "cookie, accept-language")], Redirect::to(&target)).into_response()
}
