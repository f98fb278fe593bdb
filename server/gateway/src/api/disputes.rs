//! Opening disputes and deciding them, in a payer's bank's stead.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::read;
use crate::answer::{Refusal, Result};
use crate::disputes::{self, Status};
use crate::gateway::Gateway;
use crate::{payments, queries};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    payment: String,
}

pub(super) async fn open(State(gateway): State<Gateway>, body: Bytes) -> Result<(StatusCode, Json<Value>)> {
    let asked: Open = read(&body)?;
    let now = gateway.now();
    let opened = gateway
        .db
        .write(async |tx| {
            let payment = payments::find(tx, &asked.payment).await?;
            disputes::open(tx, &gateway, &payment, None, now).await
        })
        .await?;
    Ok((StatusCode::CREATED, Json(opened.show())))
}

pub(super) async fn show(State(gateway): State<Gateway>, Path(id): Path<String>) -> Result<Json<Value>> {
    let dispute = queries::dispute(&mut gateway.db.read().await?, &id).await?;
    Ok(Json(dispute.ok_or_else(|| Refusal::not_found("dispute"))?.show()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    status: String,
}

pub(super) async fn decide(State(gateway): State<Gateway>, Path(id): Path<String>, body: Bytes) -> Result<Json<Value>> {
    let decision: Decision = read(&body)?;
    let status = decision.status.parse().ok().filter(|status| *status != Status::Opened);
    let status = status.ok_or_else(|| Refusal::invalid("status: won or lost"))?;
    let now = gateway.now();
    let decided = gateway.db.write(async |tx| disputes::decide(tx, &gateway, &id, status, now).await).await?;
    Ok(Json(decided.show()))
}
