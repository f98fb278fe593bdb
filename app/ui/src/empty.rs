//! Nothing here, or nothing here yet.

use crate::{Glyph, Icon, Slot, Text};
use leptos::prelude::*;

/// One sentence, one action, one example.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: Text,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    /// Buttons.
    #[prop(optional, into)]
    actions: Slot,
    /// Inside a part of a page instead of filling it.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let class = if small { "empty small-empty" } else { "empty" };
    view! {
        <div class=class>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <h2>{title}</h2>
            {text.get().map(|text| view! { <p>{text}</p> })}
            {actions.get().map(|actions| view! { <div class="cluster">{actions}</div> })}
        </div>
    }
}
