//! Status and headers of the answer being made.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Sets the status of the answer; nothing outside a request.
pub fn set_status(status: u16) {
    if let (Some(options), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        options.set_status(status);
    }
}

/// Adds a header to the answer, beside others of its name. A value that cannot stand in a header is left out.
pub fn add_header(name: &'static str, value: &str) {
    if let (Some(options), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        options.append_header(HeaderName::from_static(name), value);
    }
}

/// The status and headers that say the same as a fault.
pub fn say(fault: &model::Fault) {
    set_status(fault.status());
    if let model::Fault::TooOften { seconds } | model::Fault::Later { seconds } = fault {
        add_header("retry-after", &seconds.to_string());
    }
}
