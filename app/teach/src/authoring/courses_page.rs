//! The instructor's courses.

use super::api;
use crate::shell::{Place, StateBadge, Studio};
use leptos::prelude::*;
use locale::{dates, numbers, studio};
use model::authoring::DraftCard;
use model::{Lang, routes};
use ui::{ButtonLink, Card, Cover, EmptyState, Glyph, Price, loaded};

#[component]
pub fn CoursesPage() -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_my_courses(), content)}</main> }
}

fn content(cards: Vec<DraftCard>) -> AnyView {
    let lang = wire::lang();
    let new = move || {
        view! { <ButtonLink href=routes::new_course(lang) icon=Glyph::Plus>{studio::new_course(lang)}</ButtonLink> }
    };
    let inside = match cards.is_empty() {
        true => view! {
            <EmptyState title=studio::no_courses(lang) text=studio::no_courses_text(lang) icon=Glyph::Edit actions=new()/>
        }
        .into_any(),
        false => {
            let cards: Vec<_> = cards.into_iter().map(|card| view! { <li>{course(lang, card)}</li> }).collect();
            view! { <div class="cluster">{new()}</div><ul class="grid-cards" role="list">{cards}</ul> }.into_any()
        }
    };
    view! { <Studio place=Place::Courses title=studio::my_courses(lang) lede=studio::my_courses_lede(lang)>{inside}</Studio> }
        .into_any()
}

fn course(lang: Lang, card: DraftCard) -> impl IntoView {
    let slip = card.topic.as_ref().map(|topic| topic.name(lang).to_owned());
    let cover = view! { <Cover id=card.id.to_string() picture=card.cover.clone() slip/> };
    let price = match card.price {
        Some(price) if price.is_zero() => view! { <Price now=locale::catalog::free(lang) free=true/> }.into_any(),
        Some(price) => view! { <Price now=numbers::money(price)/> }.into_any(),
        None => view! { <span class="small faint">{studio::no_price(lang)}</span> }.into_any(),
    };
    let foot = view! { <StateBadge state=card.state/>{price} };
    let meta = vec![studio::lessons(lang, card.lessons), studio::edited(lang, &dates::date(lang, card.updated_at))];
    let tag = card.language.as_str();
    view! { <Card href=routes::studio_course(lang, &card.id, "outline") title=card.title lang=tag cover meta foot level=2/> }
}
