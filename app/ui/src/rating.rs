//! What learners thought of it.

use crate::{Glyph, Icon, Text};
use leptos::prelude::*;

/// One figure and how many said so: `★ 4.9 (12,408)`.
#[component]
pub fn Rating(
    /// `4.9`
    #[prop(into)]
    score: String,
    /// `12,408`
    #[prop(optional, into)]
    count: Text,
    /// Read aloud: "4.9 of 5 stars, 12,408 ratings".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class="rating">
            <span class="visually-hidden">{label}</span>
            <Icon glyph=Glyph::Star/>
            <b aria-hidden="true">{score}</b>
            {count.get().map(|count| view! { <span aria-hidden="true">"("{count}")"</span> })}
        </span>
    }
}

/// Five stars, the first `of_five` filled.
#[component]
pub fn Stars(of_five: u8, #[prop(into)] label: String) -> impl IntoView {
    let stars: Vec<_> =
        (1..=5u8).map(|n| view! { <Icon glyph=Glyph::Star class=if n <= of_five { "" } else { "off" }/> }).collect();
    view! { <span class="stars" role="img" aria-label=label>{stars}</span> }
}

/// How the ratings spread, five stars first.
#[component]
pub fn RatingBars(
    /// Share of each in per cent, five stars first.
    shares: [u8; 5],
    /// The name of each line, five stars first: "5 stars".
    labels: [String; 5],
) -> impl IntoView {
    let lines: Vec<_> = shares
        .into_iter()
        .zip(labels)
        .map(|(share, label)| {
            view! {
                <li>
                    <span class="nowrap">{label.clone()}</span>
                    <progress class="progress thick" max="100" value=share.to_string() aria-label=label></progress>
                    <span>{format!("{share}%")}</span>
                </li>
            }
        })
        .collect();
    view! { <ul class="rating-bars" role="list">{lines}</ul> }
}

/// Giving one to five stars, without script.
#[component]
pub fn StarInput(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    /// What was chosen before, 1–5.
    #[prop(optional)]
    value: u8,
    /// The name of each choice, one star first.
    labels: [String; 5],
    #[prop(optional, into)] error: Text,
) -> impl IntoView {
    let mut stars: Vec<_> = labels
        .into_iter()
        .enumerate()
        .map(|(at, label)| {
            let n = at + 1;
            let id = format!("f-{name}-{n}");
            view! {
                <input type="radio" id=id.clone() name=name.clone() value=n.to_string() checked=usize::from(value) == n/>
                <label for=id title=label><Icon glyph=Glyph::Star label=label.clone()/></label>
            }
            .into_any()
        })
        .collect();
    stars.reverse();
    let id = format!("f-{name}");
    view! {
        <fieldset class="field" id=id.clone()>
            <legend class="legend">{legend}</legend>
            <div class="star-input">{stars}</div>
            {crate::field::error_line(&id, error)}
        </fieldset>
    }
}
