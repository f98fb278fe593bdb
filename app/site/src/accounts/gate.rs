//! What the pages at the gate have in common: the painted side, and the mistakes above a form.

use leptos::prelude::*;
use locale::{accounts, faults};
use model::{Fault, FormState, Lang};
use ui::{ErrorSummary, Landscape};

/// A form beside the mountains.
#[component]
pub fn Gate(children: Children) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <main id="main" class="page">
            <div class="gate">
                <div class="gate-art">
                    <p class="kicker">{locale::shell::tagline(lang)}</p>
                    <p class="lede serif">{accounts::gate_promise(lang)}</p>
                    <Landscape/>
                </div>
                <div class="gate-form">{children()}</div>
            </div>
        </main>
    }
}

/// Everything that is wrong with a form, above it.
#[component]
pub fn Mistakes(form: FormState) -> impl IntoView {
    let lang = wire::lang();
    form.fault().map(|fault| {
        let errors = mistakes(lang, fault);
        view! { <ErrorSummary title=faults::check_the_form(lang) errors/> }
    })
}

fn mistakes(lang: Lang, fault: &Fault) -> Vec<(String, String)> {
    match fault {
        Fault::Invalid(errors) => {
            errors.iter().map(|error| (error.field.clone(), faults::problem(lang, &error.problem))).collect()
        }
        other => vec![(String::new(), faults::sentence(lang, other))],
    }
}

/// What is wrong with one field, as a sentence.
pub fn wrong(form: &FormState, field: &str) -> Option<String> {
    form.problem(field).map(|problem| faults::problem(wire::lang(), problem))
}
