//! Lists of commands that open at a button, without script.

use crate::{Avatar, Glyph, Icon, Slot, Text};
use leptos::prelude::*;

/// A "more" button with links and small forms inside; put `<ul>`s into it.
#[component]
pub fn Menu(#[prop(into)] label: String, #[prop(default = Glyph::More)] glyph: Glyph, children: Children) -> impl IntoView {
    view! {
        <details class="menu">
            <summary class="btn-icon small" aria-label=label.clone() title=label><Icon glyph/></summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
}

/// A line of a menu that leads somewhere.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(optional_no_strip, into)] icon: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! { <li><a href=href>{icon.map(|glyph| view! { <Icon glyph/> })}<span>{children()}</span></a></li> }
}

/// The menu of the header: behind the portrait of a member, or behind a drawing for a visitor.
#[component]
pub fn AvatarMenu(
    /// The name of the button.
    #[prop(into)]
    label: String,
    /// Whose it is; without a name the menu holds language and theme only.
    #[prop(optional, into)]
    name: Text,
    #[prop(optional, into)] email: Text,
    #[prop(optional, into)] picture: Text,
    /// Language and theme switches.
    #[prop(optional, into)]
    switches: Slot,
    children: Children,
) -> impl IntoView {
    let name = name.get();
    let face = match name.clone() {
        Some(name) => view! { <Avatar name picture/> }.into_any(),
        None => view! { <Icon glyph=Glyph::Settings/> }.into_any(),
    };
    let who = name.map(|name| {
        view! { <div class="menu-who"><strong>{name}</strong>{email.get().map(|email| view! { <div class="small faint clip">{email}</div> })}</div> }
    });
    view! {
        <div class="menu">
            <button class="btn-icon" type="button" popovertarget="my-menu"><span class="visually-hidden">{label}</span>{face}</button>
            <div class="menu-panel" id="my-menu" popover="auto">
                {who}
                {children()}
                {switches.get()}
            </div>
        </div>
    }
}
