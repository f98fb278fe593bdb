//! The frame of one's own settings: the places at the side, what was just done on top.

use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, membership, shell};
use model::routes;
use ui::{Glyph, NavLink, Notice, SideNav, Tone};

/// Which page of the settings this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Profile,
    Interests,
    Security,
    Tokens,
    Channels,
    Privacy,
    Data,
    Appearance,
    Membership,
}

/// A page of the settings.
#[component]
pub fn Settings(place: Place, title: &'static str, children: Children) -> impl IntoView {
    let lang = wire::lang();
    let link = |this: Place, label: &str, href: String, glyph| NavLink::new(label, href, glyph, this == place);
    let mut nav = vec![
        link(Place::Profile, accounts::profile_title(lang), routes::settings(lang), Glyph::Person),
        link(Place::Interests, accounts::interests_nav(lang), routes::interests(lang), Glyph::Sparkles),
        link(Place::Security, accounts::security_title(lang), routes::security(lang), Glyph::Shield),
        link(Place::Channels, locale::privacy::channels_title(lang), routes::channels(lang), Glyph::Bell),
        link(Place::Privacy, locale::privacy::title(lang), routes::privacy(lang), Glyph::Eye),
        link(Place::Data, locale::privacy::data_title(lang), routes::my_data(lang), Glyph::Download),
        link(Place::Tokens, locale::tokens::title(lang), routes::tokens(lang), Glyph::Lock),
        link(Place::Membership, membership::my_membership(lang), routes::my_membership(lang), Glyph::Star),
        link(Place::Appearance, accounts::appearance_title(lang), routes::appearance(lang), Glyph::Contrast),
    ];
    if wire::viewer().me.is_none() {
        nav.retain(|link| link.current);
    }
    let done = wire::query().get("done").and_then(|done| match done {
        "token_ended" => Some(locale::tokens::done_ended(lang)),
        "undone" => Some(locale::privacy::done_undone(lang)),
        "agreed" => Some(locale::privacy::done_agreed(lang)),
        "answered" => Some(locale::privacy::done_answered(lang)),
        "forgotten" => Some(locale::privacy::done_forgotten(lang)),
        "kept" => Some(accounts::done_kept(lang)),
        "password" => Some(accounts::done_password(lang)),
        "changed" => Some(accounts::done_changed(lang)),
        "verified" => Some(accounts::done_verified(lang)),
        "look_over" => Some(accounts::done_look_over(lang)),
        "email" => Some(accounts::done_email(lang)),
        "second_on" => Some(accounts::done_second_on(lang)),
        "second_off" => Some(accounts::done_second_off(lang)),
        "codes" => Some(accounts::done_codes(lang)),
        "session" => Some(accounts::done_session(lang)),
        "sessions" => Some(accounts::done_sessions(lang)),
        "linked" => Some(locale::identity::done_linked(lang)),
        "passkey_added" => Some(locale::identity::done_passkey_added(lang)),
        "passkey_renamed" => Some(locale::identity::done_passkey_renamed(lang)),
        "passkey_removed" => Some(locale::identity::done_passkey_removed(lang)),
        "unlinked" => Some(locale::identity::done_unlinked(lang)),
        _ => None,
    });
    view! {
        <Title text=format!("{title} · {}", shell::product(lang))/>
        <main id="main" class="page">
            <header class="page-head"><p class="kicker">{shell::settings(lang)}</p><h1>{title}</h1></header>
            <div class="with-side">
                <SideNav nav label=shell::settings(lang)/>
                <div class="stack gap-6 measure">
                    {done.map(|words| view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })}
                    {children()}
                </div>
            </div>
        </main>
    }
}
