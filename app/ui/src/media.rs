//! The frame around what is watched and heard.

use crate::Slot;
use leptos::prelude::*;

/// 16:9 on black, rounded; put a `<video>` into it.
#[component]
pub fn MediaFrame(
    /// A document instead of a film: grows with the window.
    #[prop(optional)]
    document: bool,
    children: Children,
) -> impl IntoView {
    let class = if document { "media media-doc" } else { "media" };
    view! { <div class=class>{children()}</div> }
}

/// Cover beside title and sound.
#[component]
pub fn AudioFrame(#[prop(optional, into)] cover: Slot, children: Children) -> impl IntoView {
    view! { <div class="media media-audio">{cover.get()}<div class="stack gap-3">{children()}</div></div> }
}
