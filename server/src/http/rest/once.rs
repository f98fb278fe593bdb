//! `Idempotency-Key`: a call that is sent again with the same key and body does nothing new and is answered as before.

use super::caller::Caller;
use super::problem::{PROBLEM_JSON, Problem};
use super::{Site, wire};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::tokens::{Call, Claim, finish};
use model::ids::AccountId;
use model::orders::Key;
use serde::Serialize;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};

pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The header that every call that moves money carries, for the document.
pub struct Once;

impl IntoParams for Once {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let header = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some("1 to 64 letters, digits, - or _"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9_-]{1,64}$"))));
        vec![header.build()]
    }
}

/// The key of a call; every call that moves money needs one.
pub fn key(headers: &HeaderMap) -> Result<Key, Problem> {
    let mut given = headers.get_all(IDEMPOTENCY_KEY).iter();
    let refused = |title: &str| Problem::new(StatusCode::BAD_REQUEST, "idempotency_key", title);
    match (given.next(), given.next()) {
        (Some(key), None) => key
            .to_str()
            .ok()
            .and_then(|key| Key::parse(key).ok())
            .ok_or_else(|| refused("An Idempotency-Key is 1 to 64 letters, digits, - or _.")),
        (None, _) => Err(refused("This call needs an Idempotency-Key.")),
        _ => Err(refused("Only one Idempotency-Key may be sent.")),
    }
}

/// What a call is known by.
pub struct Asked<'a> {
    pub account: &'a AccountId,
    /// Method and path.
    pub route: &'a str,
    pub key: &'a Key,
    pub body: &'a [u8],
}

/// Carries the call out, or answers as it was answered before. Refusals are kept too; failures of ours are not.
pub async fn once<T: Serialize>(
    site: &Site,
    caller: &Caller,
    asked: Asked<'_>,
    act: impl Future<Output = Result<(StatusCode, T), Problem>>,
) -> Response {
    let call = Call { account: asked.account, route: asked.route, key: asked.key.as_str(), request: asked.body };
    match call.claim(&site.app).await {
        Ok(Claim::Ours) => (),
        Ok(Claim::Answered { status, body }) => return replayed(status, body),
        Ok(Claim::UnderWay) => {
            return Problem::new(StatusCode::CONFLICT, "in_progress", "The same call is still being carried out.")
                .after(1)
                .into_response();
        }
        Ok(Claim::OtherRequest) => {
            let title = "This Idempotency-Key was used for another request.";
            return Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", title).into_response();
        }
        Err(cause) => return caller.problem(cause).into_response(),
    }
    let (status, body) = match act.await {
        Ok((status, value)) => (status, wire::written(&value)),
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
                if let Err(cause) = finish(&site.app, &call, None).await {
                    tracing::error!(%cause, "a call could not be given back");
                }
                return problem.into_response();
            }
            (status, wire::written(&problem))
        }
    };
    // what the call did stands either way; without its answer kept, the verb behind it recognises the key
    if let Err(cause) = finish(&site.app, &call, Some((status.as_u16(), &body))).await {
        tracing::error!(%cause, "the answer of a call could not be kept");
    }
    answer(status, body)
}

fn answer(status: StatusCode, body: String) -> Response {
    let kind = if status.is_success() { "application/json" } else { PROBLEM_JSON };
    (status, [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store")], body).into_response()
}

fn replayed(status: u16, body: String) -> Response {
    let mut again = answer(StatusCode::from_u16(status).unwrap_or(StatusCode::OK), body);
    again.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    again
}
