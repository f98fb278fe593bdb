//! Things in a list that lead to their own page. The title is the one link and covers the whole card.

use crate::{Glyph, Icon, Slot, Text};
use leptos::prelude::*;

/// The title as a heading of `level` 2 or 3: one below the heading the list stands under.
fn title_link(title: String, href: String, lang: Text, level: u8) -> AnyView {
    let link = view! { <a href=href lang=lang.get()>{title}</a> };
    match level {
        2 => view! { <h2 class="card-title">{link}</h2> }.into_any(),
        _ => view! { <h3 class="card-title">{link}</h3> }.into_any(),
    }
}

fn meta_line(meta: Vec<String>) -> Option<impl IntoView> {
    let items: Vec<_> = meta.into_iter().map(|item| view! { <span>{item}</span> }).collect();
    (!items.is_empty()).then(|| view! { <p class="card-meta">{items}</p> })
}

fn reason_line(reason: Text) -> Option<impl IntoView> {
    reason.get().map(|reason| view! { <p class="card-reason"><Icon glyph=Glyph::Sparkles/><span>{reason}</span></p> })
}

/// A card with its picture on top, for a `.grid-cards` or a `.shelf`. Put it into the `<li>`.
#[component]
pub fn Card(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    /// A `Cover`.
    #[prop(optional, into)]
    cover: Slot,
    /// Small facts in one line: teacher, length.
    #[prop(optional)]
    meta: Vec<String>,
    /// The last line, ends apart: `Rating` and `Price`, or `Progress` where it is owned.
    #[prop(optional, into)]
    foot: Slot,
    /// Why it is shown.
    #[prop(optional, into)]
    reason: Text,
    /// Buttons above the card's link.
    #[prop(optional, into)]
    actions: Slot,
    /// BCP 47 tag where the title's language is not the page's.
    #[prop(optional, into)]
    lang: Text,
    /// 2 where the list stands directly under the page's `<h1>`.
    #[prop(default = 3)]
    level: u8,
) -> impl IntoView {
    view! {
        <article class="card">
            {cover.get()}
            <div class="card-body">
                {title_link(title, href, lang, level)}
                {meta_line(meta)}
                {reason_line(reason)}
                {foot.get().map(|foot| view! { <div class="card-foot">{foot}</div> })}
            </div>
            {actions.get().map(|actions| view! { <div class="card-actions">{actions}</div> })}
        </article>
    }
}

/// The same thing lying down: feed, my learning, search, the continue card.
#[component]
pub fn CardRow(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(optional, into)] cover: Slot,
    /// A line above the title: "Continue · chapter 4".
    #[prop(optional, into)]
    kicker: Text,
    #[prop(optional)] meta: Vec<String>,
    /// One sentence about it.
    #[prop(optional, into)]
    summary: Text,
    #[prop(optional, into)] foot: Slot,
    #[prop(optional, into)] reason: Text,
    #[prop(optional, into)] actions: Slot,
    #[prop(optional, into)] lang: Text,
    #[prop(default = 3)] level: u8,
) -> impl IntoView {
    view! {
        <article class="card-row">
            {cover.get()}
            <div class="card-body">
                {kicker.get().map(|kicker| view! { <p class="kicker">{kicker}</p> })}
                {title_link(title, href, lang, level)}
                {meta_line(meta)}
                {summary.get().map(|summary| view! { <p class="muted clamp-2">{summary}</p> })}
                {reason_line(reason)}
                {foot.get().map(|foot| view! { <div class="card-foot">{foot}</div> })}
            </div>
            {actions.get().map(|actions| view! { <div class="card-actions">{actions}</div> })}
        </article>
    }
}

/// One figure of a dashboard with its name; several in a `<dl class="grid-tiles">`.
#[component]
pub fn Figure(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    /// The change, or what it counts.
    #[prop(optional, into)]
    note: Text,
) -> impl IntoView {
    view! {
        <div class="figure">
            <dt>{label}</dt>
            <dd>{value}</dd>
            {note.get().map(|note| view! { <dd class="figure-note">{note}</dd> })}
        </div>
    }
}
