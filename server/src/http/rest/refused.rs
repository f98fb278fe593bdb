//! What a call of each kind is refused with, for the document.

use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};

/// A list is read in pieces.
pub struct List;
/// One thing is read.
pub struct One;
/// Something is done to one thing, once for each `Idempotency-Key`. What sends a body may be refused with 415 besides.
pub struct Act;

impl IntoResponses for List {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[401, 403, 422])
    }
}

impl IntoResponses for One {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[401, 403, 404])
    }
}

impl IntoResponses for Act {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[400, 401, 403, 404, 409, 422])
    }
}

/// These statuses, each with a problem that says why.
fn problems(statuses: &[u16]) -> BTreeMap<String, RefOr<Response>> {
    let problem = || Content::new(Some(Ref::from_schema_name("Problem")));
    let answer = || RefOr::T(ResponseBuilder::new().content("application/json", problem()).build());
    statuses.iter().map(|status| (status.to_string(), answer())).collect()
}
