//! Asking for refunds and reading them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::answer::{Refusal, Result};
use crate::gateway::Gateway;
use crate::idempotency::{Key, once};
use crate::queries;
use crate::refunds::{self, Ask};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Create {
    payment: String,
    amount: i64,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    reason: String,
}

pub(super) async fn create(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    let key = Key::of("refunds", &headers, &body)?;
    let asked: Create = read(&body)?;
    if asked.amount < 1 {
        return Err(Refusal::invalid("amount: a positive number of minor units"));
    }
    if asked.reference.len() > 200 || asked.reason.len() > 500 {
        return Err(Refusal::invalid("reference: at most 200 characters; reason: at most 500"));
    }
    let ask = Ask { payment: asked.payment, amount: asked.amount, reference: asked.reference, reason: asked.reason };
    let now = gateway.now();
    once(&gateway, &key, async |tx| Ok(refunds::refund(tx, &gateway, &ask, now).await?.show())).await
}

#[derive(Deserialize)]
pub(super) struct List {
    reference: String,
}

/// The refund with the shop's own number, if there is one.
pub(super) async fn list(State(gateway): State<Gateway>, Query(list): Query<List>) -> Result<Json<Value>> {
    let found = queries::refund_by_reference(&mut gateway.db.read().await?, "sandbox", &list.reference).await?;
    let shown: Vec<Value> = found.iter().map(crate::refunds::Refund::show).collect();
    Ok(Json(json!({ "data": shown })))
}

pub(super) async fn show(State(gateway): State<Gateway>, Path(id): Path<String>) -> Result<Json<Value>> {
    let refund = queries::refund(&mut gateway.db.read().await?, &id).await?;
    Ok(Json(refund.ok_or_else(|| Refusal::not_found("refund"))?.show()))
}
