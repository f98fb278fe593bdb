//! Every component in every state, for `/dev/ui` in development builds: what the eyes and the accessibility scan go over.
//! Its own headings and sample words are in one language on purpose: they are material, not interface.

mod actions;
mod forms;
mod learning;
mod messages;
mod numbers;
mod things;

use leptos::prelude::*;

/// All of it, as the content of `<main>`.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <header class="page-head ruled">
            <p class="kicker">"纸 · 墨 · 石青 · 朱砂"</p>
            <h1>"Components"</h1>
            <p class="lede">"Everything a page is made of, in every state. 每个部件，每种状态。"</p>
        </header>
        {actions::part()}
        {forms::part()}
        {messages::part()}
        {things::part()}
        {learning::part()}
        {numbers::part()}
    }
}

/// A named part of the gallery.
fn part(id: &'static str, title: &'static str, inside: AnyView) -> AnyView {
    view! {
        <section class="section" id=id>
            <header class="section-head"><h2>{title}</h2></header>
            <div class="stack gap-6">{inside}</div>
        </section>
    }
    .into_any()
}
