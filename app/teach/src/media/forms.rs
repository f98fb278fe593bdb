//! The forms of the library, as they work without script.

use super::api;
use crate::TEACHERS;
use crate::authoring::chosen;
use wire::{Filled, Form};

macro_rules! form {
    ($name:literal, $filled:ident => $act:expr) => {
        Form { page: "/studio/media", name: $name, who: TEACHERS, act: |$filled: Filled| Box::pin(async move { $act.await }) }
    };
}

fn text(filled: &Filled, name: &str) -> String {
    filled.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Form, verb.
pub const FORMS: &[Form] = &[
    form!("upload", filled => api::welcome_file(chosen(&filled)?)),
    form!("captions", filled => api::keep_captions(chosen(&filled)?, filled.read()?)),
    form!("drop_captions", filled => api::drop_captions(chosen(&filled)?, text(&filled, "lang"))),
    form!("throw_away", filled => api::throw_away(chosen(&filled)?)),
];
