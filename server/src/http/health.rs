//! Probes for the operator's tools: alive, able to serve, and the figures.

use super::Site;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};

/// The process is alive.
pub async fn alive() -> &'static str {
    "ok"
}

/// Whether requests can be served: the database answers.
pub async fn ready(State(site): State<Site>) -> Response {
    match domain::health::database_answers(&site.app).await {
        Ok(()) => "ready".into_response(),
        Err(cause) => {
            tracing::warn!(%cause, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database is away").into_response()
        }
    }
}

/// Prometheus' text format; for private addresses that ask for themselves, or with the operator's token. What comes through a
/// proxy has the proxy's private address and is anybody's: a proxy that says nothing of itself has to be named
/// (`LECTERN_TRUSTED_PROXIES`).
pub async fn metrics(State(site): State<Site>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let bearer =
        request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let known = match (&site.metrics_token, bearer) {
        (Some(token), Some(presented)) => domain::secrets::hash(presented) == domain::secrets::hash(token.reveal()),
        _ => false,
    };
    let forwarded = FORWARDED.iter().any(|name| request.headers().contains_key(*name));
    let for_itself = |peer: IpAddr| is_private(peer) && !site.trusted_proxies.contains(&peer.to_canonical());
    if known || (!forwarded && peer.is_some_and(for_itself)) {
        crate::telemetry::figures().into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

/// What proxies add.
const FORWARDED: [&str; 6] = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via"];

fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}
