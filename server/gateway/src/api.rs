//! The interface for shops: JSON over HTTP with a bearer key.

mod agreements;
mod books;
mod control;
mod disputes;
mod events;
pub(crate) mod payments;
mod payouts;
mod refunds;
pub(crate) mod trouble;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use crate::answer::{Refusal, Result};
use crate::gateway::{Gateway, new_id};

/// Every route of the interface; all but the books' truth and the sign of life want the key.
pub(crate) fn router(gateway: Gateway) -> Router<Gateway> {
    Router::new()
        .route("/v1/payments", post(payments::create).get(payments::list))
        .route("/v1/payments/{id}", get(payments::show))
        .route("/v1/payments/{id}/close", post(payments::close))
        .route("/v1/refunds", post(refunds::create).get(refunds::list))
        .route("/v1/refunds/{id}", get(refunds::show))
        .route("/v1/agreements/{id}", get(agreements::show).post(agreements::change))
        .route("/v1/agreements/{id}/revoke", post(agreements::revoke))
        .route("/v1/payouts", post(payouts::create))
        .route("/v1/payouts/{id}", get(payouts::show))
        .route_layer(from_fn_with_state(gateway.clone(), trouble::in_the_way))
        .route("/v1/disputes", post(disputes::open))
        .route("/v1/disputes/{id}", get(disputes::show).post(disputes::decide))
        .route("/v1/events", get(events::list))
        .route("/v1/events/{id}/resend", post(events::resend))
        .route("/v1/settlements.csv", get(books::settlements))
        .route("/v1/clock", post(control::clock))
        .route("/v1/faults", post(control::set_faults).get(control::faults))
        .route_layer(from_fn_with_state(gateway, with_key))
        .route("/truth", get(books::truth))
        .route("/healthz", get(async || "alive"))
        .layer(DefaultBodyLimit::max(64 * 1024))
        .layer(from_fn(with_request_id))
}

/// What is not there.
pub(crate) async fn nowhere() -> Refusal {
    Refusal::not_found("place")
}

async fn with_key(State(gateway): State<Gateway>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if bool::from(given.as_bytes().ct_eq(gateway.key.as_bytes())) {
        return next.run(request).await;
    }
    let mut refused = Refusal::new(StatusCode::UNAUTHORIZED, "unauthorized", "a valid bearer key is needed").into_response();
    refused.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    refused
}

/// Every answer has an id that can be quoted.
async fn with_request_id(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::from_str(&new_id("req")) {
        response.headers_mut().insert(HeaderName::from_static("request-id"), id);
    }
    response
}

/// The body as JSON of one shape; what does not fit is told by name.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Refusal::invalid(error.to_string()),
        _ => Refusal::new(StatusCode::BAD_REQUEST, "malformed", error.to_string()),
    })
}
