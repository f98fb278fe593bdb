//! Parts that open.

use leptos::prelude::*;

/// Holds several [`Fold`]s with hairlines between them.
#[component]
pub fn Accordion(children: Children) -> impl IntoView {
    view! { <div class="accordion">{children()}</div> }
}

/// A heading that shows or hides what is below it.
#[component]
pub fn Fold(
    #[prop(into)] title: String,
    #[prop(optional)] open: bool,
    /// Folds of one group: opening one closes the others.
    #[prop(optional, into)]
    group: crate::Text,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="fold" open=open name=group.get()>
            <summary>{title}</summary>
            <div class="accordion-body">{children()}</div>
        </details>
    }
}
