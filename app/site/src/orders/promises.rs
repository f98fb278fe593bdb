//! What is promised about refunds, before one pays: as a sentence, or one for each line where they differ.

use leptos::prelude::*;
use locale::{earnings, orders};
use model::refunds::RefundPolicy;

#[component]
pub fn Promises(promises: Vec<(String, RefundPolicy)>) -> impl IntoView {
    let lang = wire::lang();
    let Some(first) = promises.first().map(|(_, policy)| *policy) else { return ().into_any() };
    let title = orders::refund_rule_title(lang);
    if promises.iter().all(|(_, policy)| *policy == first) {
        view! { <p class="small muted" id="refunds"><strong>{title}</strong>" "{earnings::policy(lang, first)}</p> }.into_any()
    } else {
        let each: Vec<_> =
            promises.into_iter().map(|(title, policy)| view! { <li>{title}" — "{earnings::policy(lang, policy)}</li> }).collect();
        view! { <div class="small muted stack gap-1" id="refunds"><strong>{title}</strong><ul class="stack gap-1">{each}</ul></div> }.into_any()
    }
}
