//! JSON as it is sent to us: read strictly, refused as a problem.

use super::problem::{Problem, Wrong};
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

/// The body as a `T`; the type and the syntax of what was sent are told apart from its meaning.
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, Problem> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "The body must be application/json.",
        ));
    }
    serde_json::from_slice(body).map_err(|cause| {
        let message = cause.to_string();
        if cause.is_data() {
            let mut problem =
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "The body does not have the form it must have.");
            problem.errors = vec![Wrong { field: String::new(), message }];
            problem
        } else {
            Problem::new(StatusCode::BAD_REQUEST, "malformed", format!("The body is not JSON: {message}"))
        }
    })
}
