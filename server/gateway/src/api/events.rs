//! Reading events and having one sent again.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use store::Tx;

use crate::answer::{Refusal, Result};
use crate::dialect::Dialect;
use crate::events::Event;
use crate::gateway::Gateway;
use crate::queries;

#[derive(Deserialize)]
pub(super) struct List {
    payment: Option<String>,
    after: Option<String>,
    limit: Option<i64>,
}

pub(super) async fn list(State(gateway): State<Gateway>, Query(list): Query<List>) -> Result<Json<Value>> {
    let limit = list.limit.unwrap_or(50).clamp(1, 500);
    let mut conn = gateway.db.read().await?;
    let events = queries::events(&mut conn, list.payment.as_deref(), list.after.as_deref(), limit).await?;
    let shown: Vec<Value> = events.iter().map(show).collect();
    Ok(Json(json!({ "data": shown })))
}

pub(super) async fn resend(State(gateway): State<Gateway>, Path(id): Path<String>) -> Result<(StatusCode, Json<Value>)> {
    let now = gateway.now();
    let event = gateway.db.write(async |tx| again(tx, &id, now).await).await?;
    Ok((StatusCode::ACCEPTED, Json(show(&event))))
}

/// In our own words as it is sent; in another provider's with what is sent beside it.
fn show(event: &Event) -> Value {
    match event.dialect {
        Dialect::Sandbox => serde_json::from_str(&event.body).unwrap_or_default(),
        other => json!({ "id": event.id, "type": event.kind, "dialect": other.word(), "body": event.body }),
    }
}

async fn again(tx: &mut Tx, id: &str, now: i64) -> Result<Event> {
    let event = queries::event(tx, id).await?.ok_or_else(|| Refusal::not_found("event"))?;
    if event.notify_url.is_none() {
        return Err(Refusal::conflict("no_notify_url", "the payment was opened without a notify_url"));
    }
    queries::add_delivery(tx, &event.id, now, None).await?;
    tx.wake();
    Ok(event)
}
