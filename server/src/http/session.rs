//! From a request's cookie to who asks.

use super::Site;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::USER_AGENT;
use axum::middleware::Next;
use axum::response::Response;
use domain::{Visitor, accounts};
use model::Lang;
use std::net::{IpAddr, SocketAddr};
use wire::Cookie;

/// Finds out who asks and puts the [`Visitor`] into the request's extensions.
pub async fn resolve(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let lang = language_of(&request, &site.app);
    let mut visitor = Visitor::stranger(lang);
    visitor.network = network(&request);
    visitor.user_agent = request.headers().get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    visitor.ahead = request.headers().get("sec-purpose").is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"));
    if let Some(presented) = wire::cookie(request.headers(), Cookie::Session, &site.app) {
        match accounts::who_has(&site.app, presented).await {
            Ok(Some(session)) => {
                visitor.session = Some(session.hash);
                visitor.me = Some(session.me);
            }
            Ok(None) => (),
            Err(cause) => {
                tracing::error!(%cause, "a session could not be read");
                return super::pages::away(lang);
            }
        }
    }
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

fn language_of(request: &Request, app: &domain::App) -> Lang {
    let first = request.uri().path().split('/').nth(1).and_then(|segment| segment.parse().ok());
    first.unwrap_or_else(|| super::language::preferred(request.headers(), app))
}

/// The peer's IPv4 address, or the /64 of its IPv6 address.
fn network(request: &Request) -> String {
    match request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        None => "unknown".into(),
    }
}
