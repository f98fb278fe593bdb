//! Notifications of payment providers: signature checked over the raw body, kept, committed, then answered. The work comes after.

use super::Site;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::payments;
use model::payments::Provider;
use serde_json::json;

/// What came of a notification.
enum Reception {
    /// Kept, now or before.
    Kept,
    /// Not the provider's, or nothing that can be read.
    Refused,
    /// We have no such provider.
    Nowhere,
    /// We could not keep it: it is to be sent again.
    Later,
}

/// `POST /webhooks/{provider}`
pub async fn receive(State(site): State<Site>, Path(provider): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(provider) = provider.parse::<Provider>() else { return StatusCode::NOT_FOUND.into_response() };
    answer(provider, &keep(&site, provider, &headers, &body).await)
}

async fn keep(site: &Site, provider: Provider, headers: &HeaderMap, body: &[u8]) -> Reception {
    let Ok(gateway) = payments::gateway(&site.app, provider) else { return Reception::Nowhere };
    let Some(signatures) = each_once(headers, gateway.signed_in()) else {
        tracing::warn!(%provider, "a notification without its signature, or with two");
        return Reception::Refused;
    };
    match payments::keep(&site.app, provider, &signatures, body).await {
        Ok(Some(_)) => Reception::Kept,
        Ok(None) => Reception::Refused,
        Err(domain::Error::Fault(_)) => Reception::Nowhere,
        Err(cause) => {
            tracing::error!(%cause, "a notification could not be kept");
            Reception::Later
        }
    }
}

/// The headers' values in the order of `names`, if every one is there exactly once.
fn each_once<'a>(headers: &'a HeaderMap, names: &[&str]) -> Option<Vec<&'a str>> {
    let mut values = Vec::with_capacity(names.len());
    for name in names {
        let mut given = headers.get_all(*name).iter();
        let value = given.next()?.to_str().ok()?;
        if given.next().is_some() {
            return None;
        }
        values.push(value);
    }
    Some(values)
}

/// In each provider's words: anything else and it sends the same again.
fn answer(provider: Provider, reception: &Reception) -> Response {
    let status = match reception {
        Reception::Kept => StatusCode::OK,
        Reception::Refused => StatusCode::BAD_REQUEST,
        Reception::Nowhere => StatusCode::NOT_FOUND,
        Reception::Later => StatusCode::SERVICE_UNAVAILABLE,
    };
    match (provider, reception) {
        // exactly these seven bytes, or it counts as not received
        (Provider::Alipay, Reception::Kept) => (status, "success").into_response(),
        (Provider::Alipay, _) => (status, "fail").into_response(),
        (_, Reception::Kept) => StatusCode::NO_CONTENT.into_response(),
        (Provider::Wechat, _) => (status, Json(json!({ "code": "FAIL", "message": status.as_str() }))).into_response(),
        _ => status.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_is_missing_or_given_twice_is_no_signature() {
        let mut headers = HeaderMap::new();
        assert_eq!(each_once(&headers, &["a"]), None);
        assert_eq!(each_once(&headers, &[]), Some(Vec::new()));
        headers.append("a", "1".parse().unwrap());
        headers.append("b", "2".parse().unwrap());
        assert_eq!(each_once(&headers, &["b", "a"]), Some(vec!["2", "1"]));
        headers.append("a", "1".parse().unwrap());
        assert_eq!(each_once(&headers, &["b", "a"]), None);
    }
}
