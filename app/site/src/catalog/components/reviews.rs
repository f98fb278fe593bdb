//! What learners say: the spread as bars, then the reviews.

use leptos::prelude::*;
use locale::{community, numbers, storefront};
use model::community::{Review, Reviews};
use model::text::Slug;
use model::{Lang, routes};
use ui::{Avatar, AvatarSize, Chip, Pager, RatingBars, Stars, When};

/// All of it, or that there is nothing yet.
#[component]
pub fn CourseReviews(course: Slug, reviews: Reviews) -> impl IntoView {
    let lang = wire::lang();
    let Some(tenths) = reviews.rating.tenths() else {
        return view! { <p class="muted">{community::no_reviews(lang)}</p> }.into_any();
    };
    let whole = u8::try_from((tenths + 5) / 10).unwrap_or(5);
    let score = storefront::score(tenths);
    let label = community::rating_aloud(lang, &score, &numbers::whole(reviews.rating.reviews.into()));
    let labels = [5, 4, 3, 2, 1].map(|stars| community::stars(lang, stars));
    let list: Vec<_> = reviews.shown.iter().map(|review| one(lang, review)).collect();
    let none = list.is_empty().then(|| view! { <p class="muted">{community::none_with_these_stars(lang)}</p> });
    let here = routes::course(lang, &course);
    let base = reviews.only.map_or(here.clone(), |stars| format!("{here}?stars={stars}"));
    view! {
        <div class="stack gap-5">
            <div class="cluster gap-6">
                <div class="stack gap-2">
                    <p class="rating-big">{score}</p>
                    <Stars of_five=whole label/>
                    <p class="small muted">{community::review_count(lang, reviews.rating.reviews)}</p>
                </div>
                <RatingBars shares=reviews.shares() labels/>
            </div>
            {only(lang, &course, &reviews)}
            {none}
            <div class="list">{list}</div>
            <Pager page=reviews.page pages=reviews.pages link=page_address base label=storefront::pages(lang) previous=storefront::previous(lang) next=storefront::next(lang)/>
        </div>
    }
    .into_any()
}

fn page_address(base: &str, page: u32) -> String {
    let mark = if base.contains('?') { '&' } else { '?' };
    if page > 1 { format!("{base}{mark}reviews={page}#reviews") } else { format!("{base}#reviews") }
}

/// Links that show one number of stars alone; only for numbers somebody gave.
fn only(lang: Lang, course: &Slug, reviews: &Reviews) -> impl IntoView + use<> {
    let here = routes::course(lang, course);
    let given: Vec<_> = [5u8, 4, 3, 2, 1].into_iter().zip(reviews.spread).filter(|(_, count)| *count > 0).collect();
    let chosen = reviews.only;
    (given.len() > 1).then(|| {
        let all = view! { <Chip href=format!("{here}#reviews") current=chosen.is_none()>{community::all_reviews(lang)}</Chip> };
        let chips: Vec<_> = given
            .into_iter()
            .map(|(stars, count)| {
                let current = chosen == Some(stars);
                view! { <Chip href=format!("{here}?stars={stars}#reviews") current count=u64::from(count)>{community::stars(lang, stars)}</Chip> }
            })
            .collect();
        view! { <nav class="chips" aria-label=community::reviews(lang)>{all}{chips}</nav> }
    })
}

fn one(lang: Lang, review: &Review) -> impl IntoView + use<> {
    let name = review.author.name.to_string();
    view! {
        <article class="review">
            <div class="review-head">
                <span class="person">
                    <Avatar name=name.clone() size=AvatarSize::Small/>
                    <span class="person-text"><span class="person-name">{name}</span></span>
                </span>
                <Stars of_five=review.stars label=community::stars(lang, review.stars)/>
                <When at=review.at/>
            </div>
            <p class="measure">{review.body.clone()}</p>
        </article>
    }
}
