//! What is wrong with a form, above it and at its fields.

use leptos::prelude::*;
use locale::faults;
use model::{Fault, FormState};
use ui::ErrorSummary;

/// Everything that is wrong with a form, above it.
#[component]
pub fn Mistakes(form: FormState) -> impl IntoView {
    let lang = wire::lang();
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
    form.problem(field).map(|problem| faults::problem(wire::lang(), problem))
}

/// Where autosave puts what is wrong with a field.
#[component]
pub fn Said(field: &'static str) -> impl IntoView {
    view! { <p class="error" data-error-for=field hidden></p> }
}
