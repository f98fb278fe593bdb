//! What is wrong with a form that was refused: above it, and at its fields.

use crate::money::page_language;
use crate::{ErrorSummary, Notice, Tone};
use leptos::prelude::*;
use locale::faults;
use model::{Fault, FormState};

/// Why a form was refused, in one sentence above it.
#[component]
pub fn Refused(form: FormState) -> impl IntoView {
    let lang = page_language();
    form.fault().map(|fault| {
        let words = faults::sentence(lang, fault);
        view! { <Notice tone=Tone::Danger live=true><p>{words}</p></Notice> }
    })
}

/// Everything that is wrong with a form, above it, each mistake a link to its field.
#[component]
pub fn Mistakes(form: FormState) -> impl IntoView {
    let lang = page_language();
    form.fault().map(|fault| {
        let errors = match fault {
            Fault::Invalid(errors) => {
                errors.iter().map(|error| (error.field.clone(), faults::problem(lang, &error.problem))).collect()
            }
            other => vec![(String::new(), faults::sentence(lang, other))],
        };
        view! { <ErrorSummary title=faults::check_the_form(lang) errors/> }
    })
}

/// What is wrong with one field, as a sentence.
pub fn wrong(form: &FormState, field: &str) -> Option<String> {
    form.problem(field).map(|problem| faults::problem(page_language(), problem))
}
