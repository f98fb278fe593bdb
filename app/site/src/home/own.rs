//! What a member finds first: where they left off, and what may suit them.

use crate::catalog::components::course_card::{CourseItem, topic_name};
use leptos::prelude::*;
use locale::{feed, learning, storefront};
use model::catalog::Topic;
use model::learning::Owned;
use model::storefront::Own;
use model::{Lang, routes};
use ui::{ButtonLink, CardRow, Cover, CoverShape, Glyph, Progress};

pub fn own_part(own: Own, topics: Vec<Topic>) -> AnyView {
    let lang = wire::lang();
    let going_on = own.going_on.map(|owned| going_on(lang, owned));
    let cards: Vec<_> = own
        .suggested
        .into_iter()
        .map(|item| {
            let slip = topic_name(&topics, &item.card, lang);
            let reason = item.reasons.first().map(|reason| feed::reason(lang, &reason.why));
            view! { <li><CourseItem course=item.card slip reason/></li> }
        })
        .collect();
    let suggested = (!cards.is_empty()).then(|| {
        view! {
            <section class="section">
                <header class="section-head"><h2>{storefront::for_you(lang)}</h2><a href=routes::feed(lang)>{storefront::all_for_you(lang)}</a></header>
                <ul class="grid-cards" role="list">{cards}</ul>
            </section>
        }
    });
    view! {
        <header class="page-head"><h1>{storefront::welcome(lang, &own.name)}</h1></header>
        {going_on}
        {suggested}
    }
    .into_any()
}

/// One press leads to the lesson, and the lesson knows the second.
fn going_on(lang: Lang, owned: Owned) -> AnyView {
    let card = &owned.card;
    let href = match &owned.next {
        Some(next) => routes::lesson(lang, &card.slug, &next.id),
        None => routes::course(lang, &card.slug),
    };
    let percent = owned.percent();
    let said = learning::percent_done(lang, percent);
    let cover = view! { <Cover id=card.id.to_string() picture=card.cover.clone() shape=CoverShape::Thumb/> };
    let foot = view! { <div class="full"><Progress percent label=said.clone() caption=said/></div> };
    let actions = view! { <ButtonLink href=href.clone() icon=Glyph::Play>{learning::go_on(lang)}</ButtonLink> };
    let next = owned.next.as_ref().map(|next| learning::next_is(lang, &next.title));
    view! {
        <div class="continue">
            <CardRow href title=card.title.clone() kicker=feed::going_on(lang) summary=next cover foot actions lang=card.language.as_str()/>
        </div>
    }
    .into_any()
}
