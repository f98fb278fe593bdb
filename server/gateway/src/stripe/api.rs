//! Stripe's interface: bodies as forms, answers as JSON, the same answer for the same `Idempotency-Key`.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::objects;
use crate::answer::{Refusal, Result};
use crate::dialect::Dialect;
use crate::gateway::{Gateway, new_id};
use crate::idempotency::{Key, once_as};
use crate::payments::{self, Payment, Status};
use crate::refunds::{self, Ask};
use crate::{agreements, queries};

pub(super) fn router(gateway: Gateway) -> Router<Gateway> {
    Router::new()
        .route("/checkout/sessions", post(open_session).get(list_sessions))
        .route("/checkout/sessions/{id}", get(show_session))
        .route("/checkout/sessions/{id}/expire", post(expire_session))
        .route("/payment_intents", post(charge).get(list_intents))
        .route("/payment_intents/{id}", get(show_intent))
        .route("/payment_methods/{id}/detach", post(detach))
        .route("/customers/{id}/payment_methods", get(methods))
        .route("/webhook_endpoints", post(set_endpoint))
        .route("/refunds", post(refund).get(list_refunds))
        .route("/refunds/{id}", get(show_refund))
        .route_layer(from_fn_with_state(gateway, with_key))
}

/// Stripe's shape of a refusal around ours, and its 200 where we say 201.
async fn with_key(State(gateway): State<Gateway>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if bool::from(given.as_bytes().ct_eq(format!("sk_test_{}", gateway.key).as_bytes())) {
        return next.run(request).await;
    }
    error(&Refusal::new(StatusCode::UNAUTHORIZED, "api_key_invalid", "Invalid API Key provided"))
}

fn error(refusal: &Refusal) -> Response {
    let (status, code) = match refusal.code {
        "idempotency_key_reused" => (StatusCode::BAD_REQUEST, "idempotency_error"),
        "not_found" => (refusal.status, "resource_missing"),
        "invalid" => (StatusCode::BAD_REQUEST, "parameter_invalid"),
        other => (refusal.status, other),
    };
    let kind = if code == "idempotency_error" { code } else { "invalid_request_error" };
    (status, Json(json!({ "error": { "type": kind, "code": code, "message": refusal.message } }))).into_response()
}

fn answered(result: Result<Response>) -> Response {
    match result {
        Ok(mut response) => {
            if response.status() == StatusCode::CREATED {
                *response.status_mut() = StatusCode::OK;
            }
            response
        }
        Err(refusal) => error(&refusal),
    }
}

/// A body or query of `a=1&b[c]=2`, by its whole names.
struct Fields(BTreeMap<String, String>);

impl Fields {
    fn read(text: &[u8]) -> Result<Self> {
        let pairs: Vec<(String, String)> =
            serde_html_form::from_bytes(text).map_err(|reason| Refusal::invalid(reason.to_string()))?;
        Ok(Self(pairs.into_iter().collect()))
    }

    fn text(&self, name: &str) -> Result<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .ok_or_else(|| Refusal::invalid(format!("Missing required param: {name}.")))
    }

    fn number(&self, name: &str) -> Result<i64> {
        self.text(name)?.parse().map_err(|_| Refusal::invalid(format!("Invalid integer: {name}")))
    }

    /// `metadata[a]`, …
    fn metadata(&self, of: &str) -> Value {
        let begins = format!("{of}[");
        let entries = self.0.iter().filter_map(|(name, value)| Some((name.strip_prefix(&begins)?.strip_suffix(']')?, value)));
        Value::Object(entries.map(|(name, value)| (name.to_owned(), json!(value))).collect())
    }
}

/// Where events are sent, as the last endpoint that was set up says.
const ENDPOINT: &str = "stripe_endpoint";

async fn endpoint(gateway: &Gateway) -> Result<Option<String>> {
    Ok(queries::knob(&mut gateway.db.read().await?, ENDPOINT).await?)
}

/// `POST /webhook_endpoints`: sets up where events are sent; they are signed with the secrets this gateway was started with.
async fn set_endpoint(State(gateway): State<Gateway>, body: Bytes) -> Response {
    let set = async {
        let fields = Fields::read(&body)?;
        let url = fields.text("url")?;
        gateway.db.write(async |tx| queries::set_knob(tx, ENDPOINT, url).await).await?;
        Ok(Json(json!({ "id": new_id("we"), "object": "webhook_endpoint", "url": url, "status": "enabled" })).into_response())
    };
    answered(set.await)
}

fn payment(gateway: &Gateway, kind: &str, amount: i64, currency: &str, metadata: Value, now: i64) -> Result<Payment> {
    if amount < 1 {
        return Err(Refusal::invalid("Invalid positive integer"));
    }
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return Err(Refusal::invalid(format!("Invalid currency: {currency}")));
    }
    let three_decimals = ["bhd", "jod", "kwd", "omr", "tnd"].contains(&currency);
    if three_decimals && amount % 10 != 0 {
        return Err(Refusal::invalid("the least significant digit of a three-decimal currency must be 0"));
    }
    let reference = metadata["attempt_id"].as_str().unwrap_or_default().to_owned();
    let opened = Payment::opened(Dialect::Stripe, reference, amount, currency.to_uppercase(), now, now + 86_400_000);
    Ok(Payment { extra: objects::kept(gateway, &opened.id, kind, metadata), ..opened })
}

async fn open_session(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> Response {
    answered(open_one(&gateway, &headers, &body).await)
}

async fn open_one(gateway: &Gateway, headers: &HeaderMap, body: &[u8]) -> Result<Response> {
    let key = Key::of_stripe("stripe/sessions", headers, body)?;
    let now = gateway.now();
    let fields = Fields::read(body)?;
    if fields.text("mode")? != "payment" {
        return Err(Refusal::invalid("mode: payment"));
    }
    if fields.number("line_items[0][quantity]")? != 1 {
        return Err(Refusal::invalid("line_items[0][quantity]: 1"));
    }
    let amount = fields.number("line_items[0][price_data][unit_amount]")?;
    let currency = fields.text("line_items[0][price_data][currency]")?;
    let metadata = fields.metadata("metadata");
    let expires_at = fields.number("expires_at")?;
    if !(now / 1000 + 1_790..=now / 1000 + 86_400).contains(&expires_at) {
        return Err(Refusal::invalid(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
        ));
    }
    let remember = fields.0.get("payment_intent_data[setup_future_usage]").is_some_and(|usage| usage == "off_session");
    let opened = Payment {
        reference: fields.text("client_reference_id")?.to_owned(),
        description: fields.text("line_items[0][price_data][product_data][name]")?.to_owned(),
        return_url: fields.text("success_url")?.to_owned(),
        expires_at: expires_at * 1000,
        remember,
        notify_url: endpoint(gateway).await?,
        ..payment(gateway, "session", amount, currency, metadata, now)?
    };
    once_as(gateway, &key, async |tx| {
        queries::add_payment(tx, &opened).await?;
        Ok((StatusCode::OK, objects::session(&opened, false)))
    })
    .await
}

async fn find(gateway: &Gateway, kind: &str, id: &str) -> Result<Payment> {
    let missing = || Refusal::not_found("object");
    let number = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix('_')).ok_or_else(missing)?;
    let found = payments::find(&mut gateway.db.read().await?, &format!("pay_{number}")).await?;
    if found.dialect == Dialect::Stripe { Ok(found) } else { Err(missing()) }
}

async fn show_session(State(gateway): State<Gateway>, Path(id): Path<String>, uri: Uri) -> Response {
    let expanded = uri.query().is_some_and(|query| query.contains("payment_intent"));
    answered(find(&gateway, "cs", &id).await.map(|found| Json(objects::session(&found, expanded)).into_response()))
}

async fn expire_session(State(gateway): State<Gateway>, Path(id): Path<String>) -> Response {
    let now = gateway.now();
    let closed = async {
        let found = find(&gateway, "cs", &id).await?;
        if found.status != Status::Open {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                "resource_invalid",
                "Only Checkout Sessions with a status in [open] can be expired.",
            ));
        }
        let closed = gateway.db.write(async |tx| payments::close(tx, &gateway, &found.id, now).await).await?;
        Ok(Json(objects::session(&closed, false)).into_response())
    };
    answered(closed.await)
}

async fn list_sessions(State(gateway): State<Gateway>, uri: Uri) -> Response {
    answered(list(&gateway, &uri, "session", |payment| objects::session(payment, false)).await)
}

async fn list_intents(State(gateway): State<Gateway>, uri: Uri) -> Response {
    answered(list(&gateway, &uri, "intent", objects::intent).await)
}

/// Newest first, within `created[gte]` and `created[lte]`.
async fn list(gateway: &Gateway, uri: &Uri, kind: &str, show: fn(&Payment) -> Value) -> Result<Response> {
    let fields = Fields::read(uri.query().unwrap_or_default().as_bytes())?;
    let from = fields.number("created[gte]").unwrap_or(0) * 1000;
    let to = fields.number("created[lte]").map_or(i64::MAX, |seconds| seconds * 1000 + 999);
    let limit = usize::try_from(fields.number("limit").unwrap_or(10).clamp(1, 100)).unwrap_or(10);
    let after = fields.text("starting_after").ok().map(|id| format!("pay_{}", id.split_once('_').map_or(id, |(_, rest)| rest)));
    let all = queries::payments(&mut gateway.db.read().await?, "stripe", None, 10_000).await?;
    let intent = fields.text("payment_intent").ok().map(|id| format!("pay_{}", id.trim_start_matches("pi_")));
    let mut found = all
        .iter()
        .filter(|payment| payment.extra("kind") == kind && (from..=to).contains(&payment.created_at))
        .filter(|payment| intent.as_ref().is_none_or(|intent| payment.id == *intent));
    if let Some(after) = after {
        found.by_ref().find(|payment| payment.id == after);
    }
    let page: Vec<Value> = found.by_ref().take(limit).map(show).collect();
    Ok(Json(json!({ "object": "list", "has_more": found.next().is_some(), "data": page })).into_response())
}

/// What a customer can be charged by.
async fn methods(State(gateway): State<Gateway>, Path(id): Path<String>) -> Response {
    let found = async {
        let payment = find(&gateway, "cus", &id).await?;
        let mut methods = Vec::new();
        if let Some(agreement) = &payment.agreement {
            let agreement = agreements::find(&mut gateway.db.read().await?, agreement).await?;
            if agreement.active {
                methods.push(json!({ "id": agreement.id, "object": "payment_method", "type": "card", "customer": id }));
            }
        }
        Ok(Json(json!({ "object": "list", "has_more": false, "data": methods })).into_response())
    };
    answered(found.await)
}

async fn show_intent(State(gateway): State<Gateway>, Path(id): Path<String>) -> Response {
    answered(find(&gateway, "pi", &id).await.map(|found| Json(objects::intent(&found)).into_response()))
}

async fn charge(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> Response {
    answered(charge_one(&gateway, &headers, &body).await)
}

async fn charge_one(gateway: &Gateway, headers: &HeaderMap, body: &[u8]) -> Result<Response> {
    let key = Key::of_stripe("stripe/intents", headers, body)?;
    let now = gateway.now();
    let fields = Fields::read(body)?;
    for name in ["off_session", "confirm"] {
        if fields.text(name)? != "true" {
            return Err(Refusal::invalid(format!("{name}: true")));
        }
    }
    let method = fields.text("payment_method")?.to_owned();
    let amount = fields.number("amount")?;
    let mut opened = payment(gateway, "intent", amount, fields.text("currency")?, fields.metadata("metadata"), now)?;
    opened.agreement = Some(method.clone());
    opened.notify_url = endpoint(gateway).await?;
    let customer = fields.text("customer")?.to_owned();
    once_as(gateway, &key, async |tx| {
        let agreement = agreements::find(tx, &method).await?;
        if customer != super::named("cus", &agreement.payment_id) {
            return Err(Refusal::invalid("The payment method belongs to another customer."));
        }
        queries::add_payment(tx, &opened).await?;
        let charged = payments::charge(tx, gateway, &opened.id, &method, now).await?;
        let intent = objects::intent(&charged);
        Ok(match &charged.failure {
            None => (StatusCode::OK, intent),
            Some(code) => {
                let mut refused = objects::failure(code);
                refused["payment_intent"] = intent;
                (StatusCode::PAYMENT_REQUIRED, json!({ "error": refused }))
            }
        })
    })
    .await
}

async fn detach(State(gateway): State<Gateway>, Path(id): Path<String>) -> Response {
    let now = gateway.now();
    let ended = gateway
        .db
        .write(async |tx| -> Result<_> {
            if !agreements::find(tx, &id).await?.active {
                return Err(Refusal::new(
                    StatusCode::BAD_REQUEST,
                    "resource_missing",
                    "The payment method is not attached to a customer.",
                ));
            }
            agreements::revoke(tx, &gateway, &id, now).await
        })
        .await;
    answered(ended.map(|ended| Json(json!({ "id": ended.id, "object": "payment_method", "customer": null })).into_response()))
}

async fn refund(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> Response {
    answered(refund_one(&gateway, &headers, &body).await)
}

async fn refund_one(gateway: &Gateway, headers: &HeaderMap, body: &[u8]) -> Result<Response> {
    let key = Key::of_stripe("stripe/refunds", headers, body)?;
    let now = gateway.now();
    let fields = Fields::read(body)?;
    let paid = find(gateway, "pi", fields.text("payment_intent")?).await?;
    let ask = Ask {
        payment: paid.id,
        amount: fields.number("amount")?,
        reference: fields.text("metadata[refund_id]")?.to_owned(),
        reason: String::new(),
    };
    once_as(gateway, &key, async |tx| Ok((StatusCode::OK, objects::refund(&refunds::refund(tx, gateway, &ask, now).await?))))
        .await
}

/// Of one payment, newest first.
async fn list_refunds(State(gateway): State<Gateway>, uri: Uri) -> Response {
    let listed = async {
        let fields = Fields::read(uri.query().unwrap_or_default().as_bytes())?;
        let paid = find(&gateway, "pi", fields.text("payment_intent")?).await?;
        let limit = usize::try_from(fields.number("limit").unwrap_or(10).clamp(1, 100)).unwrap_or(10);
        let all = queries::refunds_of(&mut gateway.db.read().await?, &paid.id).await?;
        let mut found = all.iter();
        if let Ok(after) = fields.text("starting_after") {
            found.by_ref().find(|refund| refund.id == after);
        }
        let page: Vec<Value> = found.by_ref().take(limit).map(objects::refund).collect();
        Ok(Json(json!({ "object": "list", "has_more": found.next().is_some(), "data": page })).into_response())
    };
    answered(listed.await)
}

async fn show_refund(State(gateway): State<Gateway>, Path(id): Path<String>) -> Response {
    let found = async {
        let found = queries::refund(&mut gateway.db.read().await?, &id).await?;
        let found = found.ok_or_else(|| Refusal::not_found("refund"))?;
        Ok(Json(objects::refund(&found)).into_response())
    };
    answered(found.await)
}
