//! Paying out to somebody, and reading how far it has come.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;

use super::payments::is_web_address;
use super::read;
use crate::answer::{Refusal, Result};
use crate::faults::{self, Payouts};
use crate::gateway::{Gateway, new_id};
use crate::idempotency::{Key, once};
use crate::payments::SLOW;
use crate::payouts::{self, Payout, Status};
use crate::queries;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    amount: i64,
    currency: String,
    account: String,
    reference: String,
    notify_url: Option<String>,
}

pub(super) async fn create(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    let key = Key::of("payouts", &headers, &body)?;
    let now = gateway.now();
    let payout = check(read(&body)?, now)?;
    once(&gateway, &key, async |tx| {
        let outcome = match faults::current(tx).await?.payouts {
            Payouts::Paid => Some("paid"),
            Payouts::Failed => Some("failed"),
            Payouts::Returned => Some("returned"),
            Payouts::Stuck => None,
        };
        let payout = Payout { outcome: outcome.map(|outcome| (outcome.to_owned(), now + SLOW)), ..payout };
        payouts::send(tx, &gateway, &payout, now).await?;
        Ok(payout.show())
    })
    .await
}

fn check(asked: Create, now: i64) -> Result<Payout> {
    if !(1..=100_000_000_000).contains(&asked.amount) {
        return Err(Refusal::invalid("amount: a positive number of minor units"));
    }
    if asked.currency.len() != 3 || !asked.currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(Refusal::invalid("currency: three capital letters"));
    }
    for (name, text) in [("reference", &asked.reference), ("account", &asked.account)] {
        if text.is_empty() || text.len() > 200 {
            return Err(Refusal::invalid(format!("{name}: 1 to 200 characters")));
        }
    }
    if asked.notify_url.as_deref().is_some_and(|url| !is_web_address(url)) {
        return Err(Refusal::invalid("notify_url: an address that begins with http:// or https://"));
    }
    Ok(Payout {
        id: new_id("po"),
        reference: asked.reference,
        account: asked.account,
        amount: asked.amount,
        currency: asked.currency,
        status: Status::InTransit,
        outcome: None,
        notify_url: asked.notify_url,
        created_at: now,
    })
}

pub(super) async fn show(State(gateway): State<Gateway>, Path(id): Path<String>) -> Result<Json<Value>> {
    let payout = queries::payout(&mut gateway.db.read().await?, &id).await?;
    Ok(Json(payout.ok_or_else(|| Refusal::not_found("payout"))?.show()))
}
