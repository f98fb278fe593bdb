//! A window above the page, opened by the platform (`command`/`commandfor`), closed by Esc or beside it.

use crate::{Glyph, Icon, Kind, Size};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

/// The button that opens the dialog `opens`.
#[component]
pub fn DialogButton(
    #[prop(into)] opens: String,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] size: Size,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <button class=crate::button::classes(kind, size, false) type="button" {..custom_attribute("command", "show-modal")} {..custom_attribute("commandfor", opens)}>
            {icon.map(|glyph| view! { <Icon glyph/> })}<span>{children()}</span>
        </button>
    }
}

/// The window. Where a browser does not know `command`, the page must offer the same thing on a page of its own.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    /// The name of the closing button.
    #[prop(into)]
    close: String,
    /// Slides up from the foot of a phone.
    #[prop(optional)]
    sheet: bool,
    children: Children,
) -> impl IntoView {
    let class = if sheet { "dialog sheet" } else { "dialog" };
    let heading = format!("{id}-title");
    view! {
        <dialog class=class id=id aria-labelledby={heading} {..custom_attribute("closedby", "any")}>
            <div class="dialog-head">
                <h2 id=heading.clone()>{title}</h2>
                <form method="dialog"><button class="btn-icon small" type="submit" aria-label=close><Icon glyph=Glyph::Close/></button></form>
            </div>
            {children()}
        </dialog>
    }
}
