//! A course in a list.

use leptos::prelude::*;
use locale::{catalog, community, numbers, storefront};
use model::catalog::{CourseCard, Offer, Rating, Topic};
use model::{Lang, routes};
use ui::{Badge, Card, Cover, Price, Progress};

/// Cards in a grid, the covers of the first row loaded first.
#[component]
pub fn CourseGrid(courses: Vec<CourseCard>, topics: Vec<Topic>) -> impl IntoView {
    let cards: Vec<_> = courses
        .into_iter()
        .enumerate()
        .map(|(at, course)| {
            let slip = topic_name(&topics, &course, wire::lang());
            view! { <li><CourseItem course slip eager={at < 3}/></li> }
        })
        .collect();
    view! { <ul class="grid-cards" role="list">{cards}</ul> }
}

/// The name of the course's topic.
pub fn topic_name(topics: &[Topic], course: &CourseCard, lang: Lang) -> String {
    topics.iter().find(|topic| topic.slug == course.topic).map(|topic| topic.name(lang).to_owned()).unwrap_or_default()
}

/// One card. `slip`: the topic's name on the cover's paper slip.
#[component]
pub fn CourseItem(
    course: CourseCard,
    #[prop(into)] slip: String,
    #[prop(optional)] eager: bool,
    /// Why it is shown.
    #[prop(optional, into)]
    reason: ui::Text,
) -> impl IntoView {
    let lang = wire::lang();
    let title_lang = (course.language.as_str() != lang.tag()).then(|| course.language.as_str());
    let badge = view! { <Badge on_picture=true>{catalog::kind(lang, course.kind)}</Badge> };
    let cover = view! { <Cover id=course.id.to_string() picture=course.cover.clone() slip slip_lang=lang.tag() badge eager/> };
    let meta = vec![course.instructor.name.to_string(), numbers::length(lang, course.seconds)];
    let foot = match course.progress {
        Some(percent) => {
            let percent_text = format!("{percent}%");
            view! { <Progress percent label=percent_text.clone() end=percent_text/> }.into_any()
        }
        None => view! { <RatingOf rating=course.rating/><PriceOf offer=course.offer/> }.into_any(),
    };
    view! { <Card href=routes::course(lang, &course.slug) title=course.title lang=title_lang cover meta foot reason/> }
}

/// A rating in one figure, or that there is none yet.
#[component]
pub fn RatingOf(rating: Rating) -> impl IntoView {
    let lang = wire::lang();
    match rating.tenths() {
        Some(tenths) => {
            let (score, count) = (storefront::score(tenths), numbers::whole(rating.reviews.into()));
            let label = community::rating_aloud(lang, &score, &count);
            view! { <ui::Rating score count label/> }.into_any()
        }
        None => view! { <span class="small faint">{storefront::no_rating_yet(lang)}</span> }.into_any(),
    }
}

/// A price, free or not.
#[component]
pub fn PriceOf(offer: Offer, #[prop(optional)] large: bool) -> impl IntoView {
    let lang = wire::lang();
    let free = offer.price.is_zero();
    let now = if free { catalog::free(lang).to_owned() } else { numbers::money(offer.price) };
    view! { <Price now was=offer.compare.map(numbers::money) was_label=storefront::was(lang) free large/> }
}
