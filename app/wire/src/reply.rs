//! What a form answers to a script that saves in the background, instead of the page it would lead to.

use leptos::prelude::use_context;
use model::Moment;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The JSON of such an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Kept {
    /// The version that stands now, to be named by the next save.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<String>,
    /// After a conflict: what stands there instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<BTreeMap<&'static str, String>>,
}

impl Kept {
    pub fn saved(version: i64, at: Moment) -> Self {
        Self { version: Some(version.to_string()), saved_at: Some(locale::dates::machine(at)), fields: None }
    }
    pub fn theirs<const N: usize>(version: i64, fields: [(&'static str, String); N]) -> Self {
        Self { version: Some(version.to_string()), saved_at: None, fields: Some(fields.into()) }
    }
}

/// Where a form's verb leaves its answer for the script; the server provides one for every form.
#[derive(Debug, Clone, Default)]
pub struct Reply(Arc<Mutex<Option<Kept>>>);

impl Reply {
    pub fn take(&self) -> Option<Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Leaves `kept` as the answer for a script; a form without script goes where [`crate::Next`] says.
pub fn reply(kept: Kept) {
    if let Some(Reply(slot)) = use_context::<Reply>() {
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }
}
