//! From a request's cookie to who asks.

use super::Site;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, USER_AGENT};
use axum::middleware::Next;
use axum::response::Response;
use domain::{Visitor, accounts};
use model::Lang;
use std::net::{IpAddr, SocketAddr};

/// The session cookie's name; the prefix binds it to this host over https.
pub fn session_cookie(secure: bool) -> &'static str {
    if secure { "__Host-sid" } else { "sid" }
}

/// The value of the cookie `name`.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Finds out who asks and puts the [`Visitor`] into the request's extensions.
pub async fn resolve(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let lang = language_of(&request);
    let mut visitor = Visitor::stranger(lang);
    visitor.network = network(&request);
    visitor.user_agent = request.headers().get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if let Some(presented) = cookie(request.headers(), session_cookie(site.secure_cookies)) {
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

fn language_of(request: &Request) -> Lang {
    let first = request.uri().path().split('/').nth(1).and_then(|segment| segment.parse().ok());
    first.unwrap_or_else(|| super::language::preferred(request.headers()))
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
