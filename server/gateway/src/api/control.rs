//! What a tester moves: the clock and the faults.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::answer::{Refusal, Result};
use crate::clock::parse_rfc3339;
use crate::faults::{self, Faults};
use crate::gateway::Gateway;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(super) enum Move {
    AdvanceSeconds(i64),
    Set(String),
}

pub(super) async fn clock(State(gateway): State<Gateway>, body: Bytes) -> Result<Json<Value>> {
    let moment = match read(&body)? {
        Move::AdvanceSeconds(seconds) => gateway.now().saturating_add(seconds.saturating_mul(1000)),
        Move::Set(text) => parse_rfc3339(&text).ok_or_else(|| Refusal::invalid("set: a moment as RFC 3339 writes it"))?,
    };
    gateway.clock.set(moment);
    gateway.db.wake().await?;
    Ok(Json(json!({ "now": gateway.now() / 1000 })))
}

/// Replaces all faults: what is not named goes right.
pub(super) async fn set_faults(State(gateway): State<Gateway>, body: Bytes) -> Result<Json<Faults>> {
    let faults: Faults = read(&body)?;
    gateway.db.write(async |tx| faults::set(tx, &faults).await).await?;
    Ok(Json(faults))
}

pub(super) async fn faults(State(gateway): State<Gateway>) -> Result<Json<Faults>> {
    Ok(Json(faults::current(&mut gateway.db.read().await?).await?))
}
