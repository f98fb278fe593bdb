//! What a form answers to a script (`Accept: application/json`): autosave and sorting stay on the page (frontend/README.md).

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use locale::faults;
use model::{Fault, Lang};
use serde_json::{Map, Value, json};
use wire::Kept;

/// 200 with what was kept; 422 with a message for each field; 409 with what stands there instead; else the one sentence.
pub fn answer(lang: Lang, outcome: Result<wire::Next, wire::Error>, kept: Option<Kept>) -> Response {
    match outcome {
        Ok(_) => send(StatusCode::OK, json!(kept.unwrap_or_default())),
        Err(wire::Error(fault)) => refused(lang, &fault, kept),
    }
}

/// The same for a refusal alone.
pub fn refused(lang: Lang, fault: &Fault, kept: Option<Kept>) -> Response {
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let message = match fault {
        Fault::Invalid(errors) if errors.len() == 1 => faults::problem(lang, &errors[0].problem),
        other => faults::sentence(lang, other),
    };
    let mut body = Map::from_iter([("message".to_owned(), Value::String(message))]);
    if let Fault::Invalid(errors) = fault {
        let errors = errors.iter().map(|error| (error.field.clone(), Value::String(faults::problem(lang, &error.problem))));
        body.insert("errors".into(), Value::Object(errors.collect()));
    }
    if let Some(Value::Object(kept)) = kept.map(|kept| json!(kept)) {
        body.extend(kept);
    }
    send(status, Value::Object(body))
}

fn send(status: StatusCode, body: Value) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}
