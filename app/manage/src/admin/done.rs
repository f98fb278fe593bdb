//! What was just done, said on the page it leads to.

use leptos::prelude::*;
use locale::{people, watch};
use ui::{Notice, Tone};

/// Nothing where nothing was.
#[component]
pub fn Done() -> impl IntoView {
    let lang = wire::lang();
    let words = wire::query().get("done").and_then(|done| match done {
        "ended" => Some(people::done_ended(lang)),
        "asked" => Some(people::done_asked(lang)),
        "suspended" => Some(people::done_suspended(lang)),
        "restored" => Some(people::done_restored(lang)),
        "approved" => Some(people::done_approved(lang)),
        "rejected" => Some(people::done_rejected(lang)),
        "withdrawn" => Some(people::done_withdrawn(lang)),
        "over" => Some(people::done_over(lang)),
        "marked" => Some(watch::done_marked(lang)),
        _ => None,
    });
    words.map(|words| view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })
}
