//! Small charts drawn on the server.

use leptos::prelude::*;

/// Columns over time, such as months: short label, value, and what it says in words. Values below nought are told, not drawn.
#[component]
pub fn Columns(columns: Vec<(String, f64, String)>, #[prop(into)] label: String) -> impl IntoView {
    let max = columns.iter().fold(0.0f64, |max, (_, value, _)| max.max(*value));
    let bars: Vec<_> = columns
        .into_iter()
        .map(|(short, value, said)| {
            let height = if max > 0.0 { (value.max(0.0) / max * 100.0).round() } else { 0.0 };
            let (y, height) = (format!("{}", 100.0 - height), format!("{height}"));
            view! {
                <li>
                    <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true"><rect class="b1" x="0" width="10" y=y height=height></rect></svg>
                    <span aria-hidden="true" class="num">{short}</span>
                    <span class="visually-hidden">{said.clone()}</span>
                    <span class="columns-said num" aria-hidden="true">{said}</span>
                </li>
            }
        })
        .collect();
    view! { <ol class="columns" role="list" aria-label=label>{bars}</ol> }
}
