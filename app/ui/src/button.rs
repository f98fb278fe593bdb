//! Things to press. A button changes something, a link goes somewhere; both can look alike.

use crate::{Glyph, Icon, Text};
use leptos::prelude::*;

/// How much a button asks for attention. One primary at a time on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Primary,
    Secondary,
    Quiet,
    Danger,
}

/// How large a button is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Size {
    Small,
    #[default]
    Medium,
    Large,
}

pub(crate) fn classes(kind: Kind, size: Size, block: bool) -> String {
    let kind = match kind {
        Kind::Primary => "btn btn-primary",
        Kind::Secondary => "btn btn-secondary",
        Kind::Quiet => "btn btn-quiet",
        Kind::Danger => "btn btn-danger",
    };
    let size = match size {
        Size::Small => " btn-small",
        Size::Medium => "",
        Size::Large => " btn-large",
    };
    let block = if block { " btn-block" } else { "" };
    format!("{kind}{size}{block}")
}

fn drawing(glyph: Option<Glyph>) -> Option<impl IntoView> {
    glyph.map(|glyph| view! { <Icon glyph/> })
}

/// A submit button unless `role_type` says otherwise.
#[component]
pub fn Button(
    #[prop(optional)] kind: Kind,
    #[prop(optional)] size: Size,
    /// As wide as what it stands in.
    #[prop(optional)]
    block: bool,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    /// Sent with the form, to tell which of several buttons was pressed.
    #[prop(optional, into)]
    name: Text,
    #[prop(optional, into)] value: Text,
    /// `submit`, `button` or `reset`.
    #[prop(default = "submit")]
    role_type: &'static str,
    /// Posts the form elsewhere.
    #[prop(optional, into)]
    formaction: Text,
    /// Sends the form without the browser's own checks (save as draft, go back).
    #[prop(optional)]
    formnovalidate: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] id: Text,
    children: Children,
) -> impl IntoView {
    view! {
        <button class=classes(kind, size, block) type=role_type id=id.get() name=name.get() value=value.get()
            formaction=formaction.get() formnovalidate=formnovalidate disabled=disabled>
            {drawing(icon)}<span>{children()}</span>
        </button>
    }
}

/// A form that is one small button, about one thing of a list.
#[component]
pub fn OneButton(
    /// The form's name on its page.
    form: &'static str,
    /// The field that says which thing it is about.
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    #[prop(default = Kind::Quiet)] kind: Kind,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    /// Its page, where it may stand at another address than its own: with a query, say.
    #[prop(optional, into)]
    action: Text,
) -> impl IntoView {
    view! {
        <form method="post" action=action.get()>
            <input type="hidden" name="form" value=form/>
            <input type="hidden" name=name value=value/>
            <Button kind size=Size::Small icon>{label}</Button>
        </form>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] size: Size,
    #[prop(optional)] block: bool,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    #[prop(optional, into)] rel: Text,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=classes(kind, size, block) href=href rel=rel.get()>
            {drawing(icon)}<span>{children()}</span>
        </a>
    }
}

/// A round button with a drawing alone; `label` is its name. `pressed` makes it a switch (liked or not).
#[component]
pub fn IconButton(
    glyph: Glyph,
    #[prop(into)] label: String,
    #[prop(optional_no_strip, into)] pressed: Option<bool>,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] name: Text,
    #[prop(optional, into)] value: Text,
    #[prop(default = "submit")] role_type: &'static str,
    /// The id of the popover it opens.
    #[prop(optional, into)]
    opens: Text,
) -> impl IntoView {
    let class = if small { "btn-icon small" } else { "btn-icon" };
    let pressed = pressed.map(|on| on.to_string());
    view! {
        <button class=class type=role_type name=name.get() value=value.get() aria-label=label.clone() title=label
            aria-pressed=pressed popovertarget=opens.get()>
            <Icon glyph/>
        </button>
    }
}

/// A round link with a drawing alone, and perhaps a count at its corner.
#[component]
pub fn IconLink(
    glyph: Glyph,
    #[prop(into)] label: String,
    #[prop(into)] href: String,
    /// Shown as a dot with the figure; say it in `label` too.
    #[prop(optional)]
    count: u32,
) -> impl IntoView {
    let shown = if count > 99 { "99+".to_owned() } else { count.to_string() };
    view! {
        <a class="btn-icon" href=href aria-label=label.clone() title=label>
            <Icon glyph/>
            {(count > 0).then(|| view! { <span class="count-dot" aria-hidden="true">{shown}</span> })}
        </a>
    }
}
