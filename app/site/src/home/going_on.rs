//! For who is signed in: one tap back to where they left off.

use leptos::prelude::*;
use locale::{feed, learning};
use model::learning::{Owned, Stage};
use model::routes;
use ui::{ButtonLink, CardRow, Cover, CoverShape, Glyph, Progress, Size};

/// The card; nothing where nothing was begun or waits.
pub fn shown(owned: Option<Owned>) -> AnyView {
    let lang = wire::lang();
    let Some(Owned { card, next: Some(next), stage, done, .. }) = owned else { return ().into_any() };
    let percent = model::learning::percent(done, card.lessons);
    let said = learning::percent_done(lang, percent);
    let href = routes::lesson(lang, &card.slug, &next.id);
    let label = if stage == Stage::New { learning::begin(lang) } else { learning::go_on(lang) };
    let cover = view! { <Cover id=card.id.to_string() picture=card.cover.clone() shape=CoverShape::Thumb/> };
    let foot = view! { <div class="full"><Progress percent label=said.clone() caption=said/></div> };
    let actions = view! { <ButtonLink href=href.clone() size=Size::Small icon=Glyph::Play>{label}</ButtonLink> };
    view! {
        <section class="continue" aria-label=feed::going_on(lang)>
            <CardRow href title=card.title kicker=feed::going_on(lang) summary=learning::next_is(lang, &next.title) cover foot actions lang=card.language.as_str() level=2/>
        </section>
    }
    .into_any()
}
