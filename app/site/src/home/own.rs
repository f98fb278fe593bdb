//! What a member finds first: where they left off, and what may suit them.

use super::going_on;
use crate::catalog::components::course_card::{CourseItem, topic_name};
use leptos::prelude::*;
use locale::{feed, storefront};
use model::catalog::Topic;
use model::routes;
use model::storefront::Own;

pub fn own_part(own: Own, topics: Vec<Topic>) -> AnyView {
    let lang = wire::lang();
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
        {going_on::shown(own.going_on)}
        {suggested}
    }
    .into_any()
}
