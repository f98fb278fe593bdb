//! `POST /test/clock` moves the clock; there only under `LECTERN_ENV=test` with `LECTERN_TEST_CLOCK` set.

use crate::clock::{self, MovableClock};
use crate::gateway::Follower;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ports::Clock;
use serde::Deserialize;
use std::sync::Arc;

/// Where the clock is to go.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Move {
    AdvanceSeconds(i64),
    /// RFC 3339.
    Set(String),
}

/// Moves the clock, the payment provider's with it, and tells where it stands.
pub async fn apply(clock: Arc<MovableClock>, provider: Option<Follower>, wanted: Move) -> Response {
    match wanted {
        Move::AdvanceSeconds(seconds) => clock.advance_seconds(seconds),
        Move::Set(text) => match clock::parse(&text) {
            Ok(moment) => clock.set(moment),
            Err(reason) => return (StatusCode::UNPROCESSABLE_ENTITY, reason).into_response(),
        },
    }
    if let Some(provider) = provider {
        provider.set(clock.now()).await;
    }
    Json(serde_json::json!({ "now": locale::dates::machine(clock.now()) })).into_response()
}
