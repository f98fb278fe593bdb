//! The two-level list of a course: chapters that open, lessons in them.

use crate::{Glyph, Icon, Slot, Text};
use leptos::prelude::*;

/// What a lesson is to the one who looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LessonState {
    #[default]
    Open,
    Current,
    Done,
    Locked,
}

/// Holds [`OutlineChapter`]s.
#[component]
pub fn Outline(children: Children) -> impl IntoView {
    view! { <ol class="outline" role="list">{children()}</ol> }
}

/// A chapter with its [`LessonRow`]s.
#[component]
pub fn OutlineChapter(
    #[prop(into)] title: String,
    /// "5 lessons · 42 min".
    #[prop(optional, into)]
    meta: Text,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <li>
            <details open=open>
                <summary>
                    <span class="outline-title">{title}</span>
                    {meta.get().map(|meta| view! { <span class="outline-meta">{meta}</span> })}
                </summary>
                <ol class="outline-lessons" role="list">{children()}</ol>
            </details>
        </li>
    }
}

/// A lesson: its kind, its title, perhaps a badge ("free preview"), its length.
#[component]
pub fn LessonRow(
    #[prop(into)] title: String,
    /// Without an address it is only named.
    #[prop(optional, into)]
    href: Text,
    /// The kind: `Video`, `Audio`, `Article`, `Pdf`.
    glyph: Glyph,
    #[prop(optional)] state: LessonState,
    /// The state in words, read aloud ("done", "locked").
    #[prop(optional, into)]
    state_label: Text,
    #[prop(optional, into)] time: Text,
    /// A `Badge`.
    #[prop(optional, into)]
    badge: Slot,
) -> impl IntoView {
    let (class, glyph) = match state {
        LessonState::Open => ("lesson-row", glyph),
        LessonState::Current => ("lesson-row is-current", glyph),
        LessonState::Done => ("lesson-row is-done", Glyph::Success),
        LessonState::Locked => ("lesson-row is-locked", Glyph::Lock),
    };
    let current = (state == LessonState::Current).then_some("true");
    let title = match href.get() {
        Some(href) => view! { <a class="lesson-title" href=href aria-current=current>{title}</a> }.into_any(),
        None => view! { <span class="lesson-title">{title}</span> }.into_any(),
    };
    view! {
        <li class=class>
            <Icon glyph label=state_label/>
            {title}
            {badge.get()}
            {time.get().map(|time| view! { <span class="lesson-time num">{time}</span> })}
        </li>
    }
}
