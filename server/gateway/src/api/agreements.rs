//! Reading agreements, ending them, and choosing what their charges lead to.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::Value;

use super::read;
use crate::agreements;
use crate::answer::Result;
use crate::gateway::Gateway;

pub(super) async fn show(State(gateway): State<Gateway>, Path(id): Path<String>) -> Result<Json<Value>> {
    Ok(Json(agreements::find(&mut gateway.db.read().await?, &id).await?.show()))
}

pub(super) async fn revoke(State(gateway): State<Gateway>, Path(id): Path<String>) -> Result<Json<Value>> {
    let now = gateway.now();
    let ended = gateway.db.write(async |tx| agreements::revoke(tx, &gateway, &id, now).await).await?;
    Ok(Json(ended.show()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    card: String,
}

pub(super) async fn change(State(gateway): State<Gateway>, Path(id): Path<String>, body: Bytes) -> Result<Json<Value>> {
    let change: Change = read(&body)?;
    let changed = gateway.db.write(async |tx| agreements::set_card(tx, &id, &change.card).await).await?;
    Ok(Json(changed.show()))
}
