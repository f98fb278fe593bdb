//! The payment provider's side: its troubles, its clock, its own books.

use load::client::{Line, call};
use load::told;
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

/// The key that development talks to it with.
const KEY: &str = "lectern-development-gateway-key";
const PATIENCE: Duration = Duration::from_secs(90);

/// What the provider moved for one payment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    pub captured: i64,
    pub refunded: i64,
}

/// Its books: by our attempt's id, and what it owes us altogether.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    pub payments: BTreeMap<String, Moved>,
    pub net: i64,
}

async fn ask(address: SocketAddr, method: &str, path: &str, body: &str) -> Result<Value, String> {
    let key = format!("Bearer {KEY}");
    let request = call(method, path, address, &[("authorization", &key), ("content-type", "application/json")], body);
    let answer = Line::to(address, PATIENCE).ask(&request).await.map_err(told)?;
    if !(200..300).contains(&answer.status) {
        return Err(format!("the provider answered {} to {method} {path}: {}", answer.status, answer.text()));
    }
    serde_json::from_slice(&answer.body).map_err(told)
}

/// What goes wrong from now on; an empty object: nothing.
pub async fn faults(address: SocketAddr, knobs: &Value) -> Result<(), String> {
    ask(address, "POST", "/v1/faults", &knobs.to_string()).await.map(drop)
}

/// Its own ledger.
pub async fn truth(address: SocketAddr) -> Result<Truth, String> {
    let told = ask(address, "GET", "/truth", "").await?;
    let number = |value: &Value| value.as_i64().unwrap_or_default();
    let mut truth = Truth::default();
    for payment in told["payments"].as_array().into_iter().flatten() {
        let reference = payment["reference"].as_str().unwrap_or_default().to_owned();
        let moved = truth.payments.entry(reference).or_default();
        moved.captured += number(&payment["captured"]);
        moved.refunded += number(&payment["refunded"]);
    }
    truth.net = told["totals"].as_array().into_iter().flatten().map(|total| number(&total["net"])).sum();
    Ok(truth)
}

/// The ids of all its events, of a kind that begins so.
pub async fn events(address: SocketAddr, kind: &str) -> Result<Vec<String>, String> {
    let (mut ids, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/events?limit=500{after}");
        let page = ask(address, "GET", &path, "").await?;
        let page: Vec<&Value> = page["data"].as_array().into_iter().flatten().collect();
        let Some(last) = page.last().and_then(|event| event["id"].as_str()) else { return Ok(ids) };
        after = format!("&after={last}");
        let wanted = page.iter().filter(|event| event["type"].as_str().is_some_and(|word| word.starts_with(kind)));
        ids.extend(wanted.filter_map(|event| event["id"].as_str()).map(str::to_owned));
    }
}

/// Sends an event once more.
pub async fn resend(address: SocketAddr, event: &str) -> Result<(), String> {
    ask(address, "POST", &format!("/v1/events/{event}/resend"), "").await.map(drop)
}
