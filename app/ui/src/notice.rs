//! Something to know, where it matters.

use crate::{Glyph, Icon, Text, Tone};
use leptos::prelude::*;

/// A message on the page. Errors of a field belong to the field, not here.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: Text,
    /// Read aloud at once when the page arrives (the answer to what was just done).
    #[prop(optional)]
    live: bool,
    children: Children,
) -> impl IntoView {
    let (class, glyph) = match tone {
        Tone::Plain | Tone::Info | Tone::Seal => ("notice", Glyph::Info),
        Tone::Success => ("notice notice-success", Glyph::Success),
        Tone::Warning => ("notice notice-warning", Glyph::Warning),
        Tone::Danger => ("notice notice-danger", Glyph::Danger),
    };
    let role = live.then_some(if tone == Tone::Danger { "alert" } else { "status" });
    view! {
        <div class=class role=role>
            <Icon glyph/>
            <div class="notice-body">
                {title.get().map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}
