//! The page that opens without network: the service worker keeps it, so it is the same for everyone and asks nobody.

use leptos::prelude::*;
use leptos_meta::Title;
use locale::{offline, shell};
use ui::{Glyph, Icon};

#[component]
pub fn OfflinePage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", offline::title(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow stack gap-6">
            <header class="page-head ruled">
                <p class="kicker">{offline::kicker(lang)}</p>
                <h1>{offline::title(lang)}</h1>
                <p class="lede">{offline::lede(lang)}</p>
            </header>
            // an empty address is the one that was asked for
            <p><a class="btn btn-primary" href=""><Icon glyph=Glyph::Refresh/>{offline::again(lang)}</a></p>
            <kept-pages data-title=offline::kept(lang) data-none=offline::kept_none(lang)></kept-pages>
        </main>
    }
}
