//! What a call of each kind is refused with, for the document.

use super::problem::PROBLEM_JSON;
use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response, ResponseBuilder};

/// A list is read in pieces.
pub struct List;
/// One thing is read.
pub struct One;
/// Something is done to one thing, once for each `Idempotency-Key`. What sends a body may be refused with 415 besides.
pub struct Act;

impl IntoResponses for List {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[401, 403, 422, 503])
    }
}

impl IntoResponses for One {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[401, 403, 404, 503])
    }
}

impl IntoResponses for Act {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[400, 401, 403, 404, 409, 413, 422, 429, 503])
    }
}

/// Refusals are said to be what they are sent as (RFC 9457), and not any JSON.
pub fn as_problems(document: &mut OpenApi) {
    for path in document.paths.paths.values_mut() {
        let calls = [&mut path.get, &mut path.post, &mut path.put, &mut path.patch, &mut path.delete];
        for call in calls.into_iter().flatten() {
            for (status, answer) in &mut call.responses.responses {
                let RefOr::T(answer) = answer else { continue };
                if status.starts_with(['4', '5']) {
                    let content = std::mem::take(&mut answer.content);
                    answer.content = content.into_values().map(|content| (PROBLEM_JSON.to_owned(), content)).collect();
                }
            }
        }
    }
}

/// These statuses, each with a problem that says why.
fn problems(statuses: &[u16]) -> BTreeMap<String, RefOr<Response>> {
    let problem = || Content::new(Some(Ref::from_schema_name("Problem")));
    let answer = || RefOr::T(ResponseBuilder::new().content("application/json", problem()).build());
    statuses.iter().map(|status| (status.to_string(), answer())).collect()
}
