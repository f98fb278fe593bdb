//! Notifications of payment providers: signature checked over the raw body, kept, committed, then answered. The work comes after.

use super::Site;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use domain::payments;
use model::payments::Provider;

/// `POST /webhooks/sandbox`
pub async fn sandbox(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signatures: Vec<&str> =
        headers.get_all(outside::sandbox::HEADER).iter().filter_map(|value| value.to_str().ok()).collect();
    match payments::keep(&site.app, Provider::Sandbox, &signatures, &body).await {
        Ok(Some(_)) => StatusCode::NO_CONTENT,
        Ok(None) => StatusCode::BAD_REQUEST,
        // a provider that is not configured has nothing to tell us
        Err(domain::Error::Fault(_)) => StatusCode::NOT_FOUND,
        Err(cause) => {
            tracing::error!(%cause, "a notification could not be kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
