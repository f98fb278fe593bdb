//! Icons drawn in place: no second request, no flash, the colour of the text around them.

use crate::{Glyph, Text};
use leptos::prelude::*;

/// One drawing. Decorative unless it has a `label`.
#[component]
pub fn Icon(
    glyph: Glyph,
    /// Read aloud; leave it out where text beside the icon says the same.
    #[prop(optional, into)]
    label: Text,
    /// Further classes: `icon-large`, `icon-solid`, a tone.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let class = match class.get() {
        Some(more) => format!("icon {more}"),
        None => "icon".to_owned(),
    };
    let label = label.get();
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg class=class viewBox="0 0 24 24" width="24" height="24" aria-hidden=hidden role=role aria-label=label>
            <path d=glyph.path()></path>
        </svg>
    }
}
