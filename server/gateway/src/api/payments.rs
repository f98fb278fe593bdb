//! Opening, reading and closing payments.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::answer::{Refusal, Result};
use crate::dialect::Dialect;
use crate::gateway::Gateway;
use crate::idempotency::{Key, once};
use crate::payments::{self, Payment};
use crate::{agreements, queries};

/// How long a payer has, in seconds, where the shop does not say.
const DEFAULT_LIFE: i64 = 30 * 60;
const LONGEST_LIFE: i64 = 24 * 60 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Create {
    amount: i64,
    currency: String,
    reference: String,
    return_url: String,
    notify_url: Option<String>,
    #[serde(default)]
    description: String,
    /// Seconds.
    expires_in: Option<i64>,
    /// Make an agreement when it succeeds.
    #[serde(default)]
    remember: bool,
    /// Charge by this agreement, at once.
    agreement: Option<String>,
}

pub(super) async fn create(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    let key = Key::of("payments", &headers, &body)?;
    let now = gateway.now();
    let payment = check(read(&body)?, now)?;
    once(&gateway, &key, async |tx| {
        let Some(agreement) = &payment.agreement else {
            queries::add_payment(tx, &payment).await?;
            return Ok(payment.show(&gateway));
        };
        agreements::find(tx, agreement).await?;
        queries::add_payment(tx, &payment).await?;
        Ok(payments::charge(tx, &gateway, &payment.id, agreement, now).await?.show(&gateway))
    })
    .await
}

fn check(asked: Create, now: i64) -> Result<Payment> {
    if !(1..=100_000_000_000).contains(&asked.amount) {
        return Err(Refusal::invalid("amount: a positive number of minor units"));
    }
    if asked.currency.len() != 3 || !asked.currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(Refusal::invalid("currency: three capital letters"));
    }
    if asked.reference.is_empty() || asked.reference.len() > 200 {
        return Err(Refusal::invalid("reference: 1 to 200 characters"));
    }
    if asked.description.chars().count() > 300 {
        return Err(Refusal::invalid("description: at most 300 characters"));
    }
    for (name, url) in [("return_url", Some(&asked.return_url)), ("notify_url", asked.notify_url.as_ref())] {
        if url.is_some_and(|url| !is_web_address(url)) {
            return Err(Refusal::invalid(format!("{name}: an address that begins with http:// or https://")));
        }
    }
    let life = asked.expires_in.unwrap_or(DEFAULT_LIFE);
    if !(1..=LONGEST_LIFE).contains(&life) {
        return Err(Refusal::invalid("expires_in: 1 to 86400 seconds"));
    }
    Ok(Payment {
        description: asked.description,
        remember: asked.remember,
        agreement: asked.agreement,
        return_url: asked.return_url,
        notify_url: asked.notify_url,
        ..Payment::opened(Dialect::Sandbox, asked.reference, asked.amount, asked.currency, now, now + life * 1000)
    })
}

pub(crate) fn is_web_address(url: &str) -> bool {
    url.len() <= 2000 && reqwest::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

pub(super) async fn show(State(gateway): State<Gateway>, Path(id): Path<String>) -> Result<Json<Value>> {
    let payment = payments::find(&mut gateway.db.read().await?, &id).await?;
    Ok(Json(payment.show(&gateway)))
}

#[derive(Deserialize)]
pub(super) struct List {
    reference: Option<String>,
    provider: Option<String>,
    limit: Option<i64>,
}

pub(super) async fn list(State(gateway): State<Gateway>, Query(list): Query<List>) -> Result<Json<Value>> {
    let limit = list.limit.unwrap_or(20).clamp(1, 100);
    let provider = list.provider.as_deref().unwrap_or("sandbox");
    let found = queries::payments(&mut gateway.db.read().await?, provider, list.reference.as_deref(), limit).await?;
    let shown: Vec<Value> = found.iter().map(|payment| payment.show(&gateway)).collect();
    Ok(Json(json!({ "data": shown })))
}

pub(super) async fn close(State(gateway): State<Gateway>, Path(id): Path<String>) -> Result<Json<Value>> {
    let now = gateway.now();
    let payment = gateway.db.write(async |tx| payments::close(tx, &gateway, &id, now).await).await?;
    Ok(Json(payment.show(&gateway)))
}
