//! Where the editor's autosave speaks.

use leptos::prelude::*;

/// Where autosave puts what is wrong with a field.
#[component]
pub fn Said(field: &'static str) -> impl IntoView {
    view! { <p class="error" data-error-for=field hidden></p> }
}
