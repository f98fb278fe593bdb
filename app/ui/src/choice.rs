//! Choosing among given answers.

use crate::field::{described_by, error_line, help_line};
use crate::{Glyph, Icon, Slot, Text};
use leptos::prelude::*;

/// A box to tick.
#[component]
pub fn Checkbox(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(default = "on".into(), into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] required: bool,
    /// A second, smaller line.
    #[prop(optional, into)]
    note: Text,
    /// How many things are behind it (filters).
    #[prop(optional_no_strip, into)]
    count: Option<u64>,
    /// Where there is room, ticking it sends the (GET) form at once.
    #[prop(optional)]
    instant: bool,
    #[prop(optional, into)] error: Text,
) -> impl IntoView {
    let id = format!("f-{name}-{value}");
    let described = described_by(&id, &Text::default(), &error);
    let invalid = error.as_deref().map(|_| "true");
    view! {
        <div class="stack gap-1">
            <label class="choice">
                <input type="checkbox" id=id.clone() name=name value=value checked=checked required=required aria-describedby=described
                    aria-invalid=invalid data-filter-form=instant.then_some("")/>
                <span>{label}{note.get().map(|note| view! { <small>{note}</small> })}</span>
                {count.map(|count| view! { <span class="num">{count.to_string()}</span> })}
            </label>
            {error_line(&id, error)}
        </div>
    }
}

/// One of several; put them into [`Choices`].
#[component]
pub fn Radio(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] note: Text,
    #[prop(optional_no_strip, into)] count: Option<u64>,
    /// Where there is room, choosing it sends the (GET) form at once.
    #[prop(optional)]
    instant: bool,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked data-filter-form=instant.then_some("")/>
            <span>{label}{note.get().map(|note| view! { <small>{note}</small> })}</span>
            {count.map(|count| view! { <span class="num">{count.to_string()}</span> })}
        </label>
    }
}

/// On or off, sent with the form like a checkbox.
#[component]
pub fn Switch(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] note: Text,
) -> impl IntoView {
    view! {
        <label class="choice switch">
            <input type="checkbox" role="switch" name=name checked=checked/>
            <span>{label}{note.get().map(|note| view! { <small>{note}</small> })}</span>
        </label>
    }
}

/// A large answer with a note and a drawing: how to pay, which plan.
#[component]
pub fn RadioCard(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] note: Text,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    /// At the end of the line: a price, a badge.
    #[prop(optional, into)]
    end: Slot,
) -> impl IntoView {
    view! {
        <label class="choice-card">
            <input type="radio" name=name value=value checked=checked/>
            <span>{label}{note.get().map(|note| view! { <small>{note}</small> })}</span>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {end.get()}
        </label>
    }
}

/// A pill to switch on: interests, tags. Several in a `.chips`.
#[component]
pub fn ChipChoice(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] large: bool,
    /// One of several instead of any of several.
    #[prop(optional)]
    single: bool,
) -> impl IntoView {
    let class = if large { "chip-choice large" } else { "chip-choice" };
    let kind = if single { "radio" } else { "checkbox" };
    view! {
        <label class=class>
            <input type=kind name=name value=value checked=checked/>
            <span>{label}</span>
        </label>
    }
}

/// A question with given answers: radios, checkboxes or chips inside.
#[component]
pub fn Choices(
    #[prop(into)] legend: String,
    /// The field's name, for the ids of help and error.
    #[prop(into)]
    name: String,
    #[prop(optional, into)] help: Text,
    #[prop(optional, into)] error: Text,
    /// Chips flow in lines, others stand below one another.
    #[prop(optional)]
    chips: bool,
    children: Children,
) -> impl IntoView {
    let id = format!("f-{name}");
    let described = described_by(&id, &help, &error);
    let class = if chips { "chips" } else { "choices" };
    view! {
        <fieldset class="field" id=id.clone() aria-describedby=described tabindex="-1">
            <legend class="legend">{legend}</legend>
            {help_line(&id, help)}
            {error_line(&id, error)}
            <div class=class>{children()}</div>
        </fieldset>
    }
}
