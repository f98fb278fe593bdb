//! A plan among several: its length, its price, what it comes to.

use crate::{Badge, Text, Tone};
use leptos::prelude::*;

/// A card that chooses a plan by following its link.
#[component]
pub fn PlanCard(
    #[prop(into)] href: String,
    /// The plan's name.
    #[prop(into)]
    label: String,
    #[prop(into)] price: String,
    /// What the price is for: a month, a year.
    #[prop(into)]
    each: String,
    #[prop(optional, into)] note: Text,
    #[prop(optional, into)] badge: Text,
    #[prop(optional)] current: bool,
) -> impl IntoView {
    let badge = badge.get().map(|words| view! { <Badge tone=Tone::Seal>{words}</Badge> });
    let note = note.get().map(|words| view! { <small>{words}</small> });
    view! {
        <a class="plan" href=href aria-current=current.then_some("true")>
            <span class="plan-name">{label}{badge}</span>
            <span class="plan-price"><strong class="num">{price}</strong><span>{format!("/ {each}")}</span></span>
            {note}
        </a>
    }
}
