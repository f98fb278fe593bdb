//! How far, how full.

use crate::Text;
use leptos::prelude::*;

/// Per cent done. `label` is read aloud; `caption` and `end` are shown above the bar where given.
#[component]
pub fn Progress(
    percent: u8,
    #[prop(into)] label: String,
    #[prop(optional, into)] caption: Text,
    #[prop(optional, into)] end: Text,
    #[prop(optional)] thick: bool,
) -> impl IntoView {
    let class = if thick { "progress thick" } else { "progress" };
    let bar = view! { <progress class=class max="100" value=percent.min(100).to_string() aria-label=label></progress> };
    let (caption, end) = (caption.get(), end.get());
    if caption.is_none() && end.is_none() {
        return bar.into_any();
    }
    view! { <div class="progress-row"><div><span>{caption}</span><span>{end}</span></div>{bar}</div> }.into_any()
}
