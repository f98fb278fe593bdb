//! The same key with the same body gets the same answer, however often it is sent.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::Tx;

use crate::answer::{Refusal, Result};
use crate::gateway::Gateway;
use crate::queries;

/// After so many milliseconds a request without an answer is taken for dead, and its key for free.
const DEAD: i64 = 60_000;

/// The name under which one request is known.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    route: &'static str,
    key: String,
    fingerprint: String,
}

impl Key {
    /// From the request's `Idempotency-Key` and body; without a key the request is refused.
    pub(crate) fn of(route: &'static str, headers: &HeaderMap, body: &[u8]) -> Result<Self> {
        let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::trim).unwrap_or_default();
        if key.is_empty() || key.len() > 200 {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                "idempotency_key",
                "an Idempotency-Key of 1 to 200 characters is needed",
            ));
        }
        Ok(Self { route, key: key.to_owned(), fingerprint: hex::encode(Sha256::digest(body)) })
    }
}

/// Runs `work` at most once for this key. Its effect and the answer that is kept commit together.
pub(crate) async fn once<F>(gateway: &Gateway, key: &Key, work: F) -> Result<Response>
where
    F: AsyncFnOnce(&mut Tx) -> Result<Value> + Clone,
{
    once_as(gateway, key, async |tx| Ok((StatusCode::CREATED, work.clone()(tx).await?))).await
}

/// The same with a status of the work's own: even an answer that declines may have an effect.
pub(crate) async fn once_as<F>(gateway: &Gateway, key: &Key, work: F) -> Result<Response>
where
    F: AsyncFnOnce(&mut Tx) -> Result<(StatusCode, Value)> + Clone,
{
    if let Some(earlier) = begin(gateway, key).await? {
        return Ok(earlier);
    }
    let done = gateway
        .db
        .write(async |tx| -> Result<(StatusCode, Value)> {
            let (status, value) = work.clone()(tx).await?;
            queries::answer_request(tx, key.route, &key.key, i64::from(status.as_u16()), &value.to_string()).await?;
            Ok((status, value))
        })
        .await;
    match done {
        Ok((status, value)) => Ok((status, Json(value)).into_response()),
        Err(refusal) => {
            gateway.db.write(async |tx| keep(tx, key, &refusal).await).await?;
            Err(refusal)
        }
    }
}

/// Takes the key, or finds what to answer instead.
async fn begin(gateway: &Gateway, key: &Key) -> Result<Option<Response>> {
    let now = gateway.now();
    gateway.db.write(async |tx| take(tx, key, now).await).await
}

async fn take(tx: &mut Tx, key: &Key, now: i64) -> Result<Option<Response>> {
    if queries::begin_request(tx, key.route, &key.key, &key.fingerprint, now).await? {
        return Ok(None);
    }
    let Some(earlier) = queries::earlier_request(tx, key.route, &key.key).await? else {
        return Err(in_flight());
    };
    if earlier.fingerprint != key.fingerprint {
        let message = "this Idempotency-Key was used with another body";
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", message));
    }
    match (earlier.status, earlier.body) {
        (Some(status), Some(body)) => Ok(Some(again(status, &body))),
        _ if earlier.started_at + DEAD < now => {
            queries::forget_request(tx, key.route, &key.key).await?;
            queries::begin_request(tx, key.route, &key.key, &key.fingerprint, now).await?;
            Ok(None)
        }
        _ => Err(in_flight()),
    }
}

fn in_flight() -> Refusal {
    Refusal::conflict("in_flight", "the first request with this Idempotency-Key is still under way")
}

fn again(status: i64, body: &str) -> Response {
    let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    let mut response = (status, Json(value)).into_response();
    response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    response
}

/// A refusal is an answer too; a failure of the gateway's own is not, and frees the key.
async fn keep(tx: &mut Tx, key: &Key, refusal: &Refusal) -> Result<()> {
    if refusal.is_kept() {
        let status = i64::from(refusal.status.as_u16());
        queries::answer_request(tx, key.route, &key.key, status, &refusal.body().to_string()).await?;
    } else {
        queries::forget_request(tx, key.route, &key.key).await?;
    }
    Ok(())
}
