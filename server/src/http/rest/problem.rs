//! Errors for programs (RFC 9457).

use axum::Json;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use locale::faults;
use model::{Fault, Lang};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a problem is sent as.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a call was not carried out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Problem)]
pub struct Problem {
    /// A stable word for programs.
    #[schema(example = "not_found")]
    pub code: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// One sentence for people.
    pub title: String,
    /// What is wrong with each field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Wrong>,
    /// Seconds after which it may be tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Wrong {
    pub field: String,
    pub message: String,
}

impl Problem {
    pub fn new(status: StatusCode, code: &str, title: impl Into<String>) -> Self {
        Self { code: code.into(), status: status.as_u16(), title: title.into(), errors: Vec::new(), retry_after: None }
    }
    pub fn not_found() -> Self {
        Self::of(Lang::En, &Fault::NotFound)
    }
    pub fn wrong_method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address does not take this method.")
    }
    /// Neither a token nor a session.
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "A token or a session is needed.")
    }
    /// The token does not hold the scope.
    pub fn out_of_scope(scope: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "insufficient_scope", format!("The token lacks the scope {scope}."))
    }
    /// One field that cannot be taken.
    pub fn field(field: &str, message: &str) -> Self {
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "The request cannot be taken as it is.");
        problem.errors = vec![Wrong { field: field.into(), message: message.into() }];
        problem
    }
    /// The state of things refuses it.
    pub fn conflict(title: &str) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", title)
    }
    pub fn after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// What the domain refused, in a language.
    pub fn of(lang: Lang, fault: &Fault) -> Self {
        let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut problem = Self::new(status, code(fault), faults::sentence(lang, fault));
        match fault {
            Fault::Invalid(errors) => {
                let told = |error: &model::FieldError| Wrong {
                    field: error.field.clone(),
                    message: faults::problem(lang, &error.problem),
                };
                problem.errors = errors.iter().map(told).collect();
            }
            Fault::Later { seconds } | Fault::TooOften { seconds } => problem.retry_after = Some(*seconds),
            _ => (),
        }
        problem
    }

    /// Any failure of a verb; what is ours goes to the log and not to the program.
    pub fn from_error(lang: Lang, cause: domain::Error) -> Self {
        match cause {
            domain::Error::Fault(fault) => Self::of(lang, &fault),
            away if away.is_unavailable() => Self::of(lang, &Fault::Later { seconds: 5 }),
            bug => {
                tracing::error!(cause = %bug, "a program was not answered");
                Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }

    /// For an answer of which only the status is known.
    pub fn of_status(status: StatusCode) -> Self {
        let title = status.canonical_reason().unwrap_or("Refused");
        Self::new(status, &title.to_ascii_lowercase().replace([' ', '-'], "_"), title)
    }
}

fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::NotFound => "not_found",
        Fault::SignIn => "unauthorized",
        Fault::Forbidden => "forbidden",
        Fault::Confirm => "confirm",
        Fault::Invalid(_) => "invalid",
        Fault::Conflict(_) => "conflict",
        Fault::Later { .. } => "unavailable",
        Fault::TooOften { .. } => "too_many_requests",
        Fault::Broken(_) => "internal_error",
    }
}

/// An error told as a page.
pub fn is_a_page(answer: &Response) -> bool {
    let html = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html") || value.as_bytes().starts_with(b"text/plain");
    answer.status().as_u16() >= 400 && answer.headers().get(CONTENT_TYPE).is_none_or(html)
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry = self.retry_after;
        let mut answer = (status, [(CACHE_CONTROL, "no-store")], Json(self)).into_response();
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = retry {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}
