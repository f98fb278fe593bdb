//! What is said, to read; every line leads to its moment, without script by the address.

use leptos::prelude::*;
use locale::{learning, numbers};
use model::Lang;
use model::learning::Cue;

/// Nothing where there are no captions.
#[component]
pub fn Transcript(cues: Vec<Cue>, language: Lang) -> impl IntoView {
    let lang = wire::lang();
    (!cues.is_empty()).then(|| {
        let lines: Vec<_> = cues.into_iter().map(line).collect();
        view! {
            <section class="stack gap-3" id="transcript">
                <h2>{learning::transcript(lang)}</h2>
                <ol class="transcript" role="list" data-transcript="" lang=language.tag() tabindex="0" aria-label=learning::transcript(lang)>{lines}</ol>
            </section>
        }
    })
}

fn line(cue: Cue) -> impl IntoView {
    let whole = cue.seconds.max(0.0) as u32;
    view! {
        <li>
            <a href=format!("?t={whole}") data-seek=cue.seconds.to_string()><time class="num">{numbers::clock(whole)}</time></a>
            <span>{cue.text}</span>
        </li>
    }
}
