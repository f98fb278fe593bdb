//! Small labels.

use crate::{Glyph, Icon};
use leptos::prelude::*;

/// What a label or a message means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Info,
    Success,
    Warning,
    Danger,
    /// The red of the seal: for what the house itself vouches for (editors' choice). Rare.
    Seal,
}

/// A state or a kind in a word or two.
#[component]
pub fn Badge(
    #[prop(optional)] tone: Tone,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    /// Lies on a picture.
    #[prop(optional)]
    on_picture: bool,
    children: Children,
) -> impl IntoView {
    let class = match (on_picture, tone) {
        (true, _) => "badge badge-picture",
        (_, Tone::Plain) => "badge",
        (_, Tone::Info) => "badge badge-info",
        (_, Tone::Success) => "badge badge-success",
        (_, Tone::Warning) => "badge badge-warning",
        (_, Tone::Danger) => "badge badge-danger",
        (_, Tone::Seal) => "badge badge-seal",
    };
    view! { <span class=class>{icon.map(|glyph| view! { <Icon glyph/> })}{children()}</span> }
}

/// A pill that leads somewhere: a topic, an active filter with a cross.
#[component]
pub fn Chip(
    #[prop(into)] href: String,
    #[prop(optional)] current: bool,
    #[prop(optional_no_strip, into)] count: Option<u64>,
    /// Shows a cross; say what following it removes.
    #[prop(optional, into)]
    removes: crate::Text,
    children: Children,
) -> impl IntoView {
    let current = current.then_some("true");
    view! {
        <a class="chip" href=href aria-current=current>
            {children()}
            {count.map(|count| view! { <span class="num">{count.to_string()}</span> })}
            {removes.get().map(|words| view! { <Icon glyph=Glyph::Close label=words/> })}
        </a>
    }
}
