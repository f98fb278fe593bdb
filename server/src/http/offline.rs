//! The page that opens without network: one per language, the same for everyone, never with a person's name in it.

use super::{Site, pages};
use app::routes;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, VARY};
use axum::http::{HeaderValue, Uri};
use axum::response::Response;
use domain::Visitor;
use model::Lang;

/// `/offline` in the language its reader prefers, `/zh/offline`, `/en/offline`.
pub async fn show(State(site): State<Site>, mut request: Request) -> Response {
    let named = request.uri().path().split('/').nth(1).and_then(|segment| segment.parse::<Lang>().ok());
    let lang = named.unwrap_or_else(|| super::language::preferred(request.headers(), &site.app));
    if named.is_none() {
        let path = format!("/{lang}{}", routes::OFFLINE.path);
        *request.uri_mut() = path.parse().unwrap_or_else(|_| Uri::from_static("/"));
    }
    request.extensions_mut().insert(Visitor::stranger(lang));
    let mut answer = pages::show(State(site), routes::OFFLINE, request).await;
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer.headers_mut().insert(VARY, HeaderValue::from_static("cookie, accept-language"));
    answer
}
