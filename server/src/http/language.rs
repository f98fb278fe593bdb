//! Addresses without a language: sent on by cookie, then by `Accept-Language`.

use super::Site;
use app::routes::{PAGES, Page, WORKSHOP};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
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

/// Remembers the language of somebody who reads in another one than they asked for: they have switched. Everybody else, and who
/// asks for none, gets no cookie.
pub async fn remember(State(site): State<Site>, request: Request, next: Next) -> Response {
    let switched = switched(&request, &site.app);
    let mut answer = next.run(request).await;
    if let Some(lang) = switched.filter(|_| answer.status() == StatusCode::OK)
        && let Ok(line) = HeaderValue::from_str(&Cookie::Lang.line(&site.app, lang.as_str()))
    {
        answer.headers_mut().append(SET_COOKIE, line);
        // with a cookie in it the answer is for one person
        let kept = answer.headers().get(CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"private"));
        if !kept {
            answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        }
    }
    answer
}

/// The language that somebody has switched to with this request.
pub fn switched(request: &Request, app: &App) -> Option<Lang> {
    let lang: Lang = request.uri().path().split('/').nth(1)?.parse().ok()?;
    let headers = request.headers();
    let asked = headers.contains_key(ACCEPT_LANGUAGE) || wire::cookie(headers, Cookie::Lang, app).is_some();
    let reads = asked && request.method() == Method::GET;
    (reads && preferred(headers, app) != lang).then_some(lang)
}

/// `/` and every address that a page would have if it named its language.
pub fn redirects() -> Router<Site> {
    let first = |page: &Page| page.path.split('/').nth(1).filter(|part| !part.is_empty()).map(str::to_owned);
    let known: BTreeSet<String> = PAGES.iter().chain(WORKSHOP).filter_map(first).collect();
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
