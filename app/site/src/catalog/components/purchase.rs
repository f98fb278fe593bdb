//! What one can do with a course: buy it, take it free, try it, go on with it.

use super::course_card::PriceOf;
use leptos::prelude::*;
use locale::{buying, catalog, earnings, membership, numbers, storefront};
use model::cart::BundleRow;
use model::entitlement::{Access, Reason, Source};
use model::storefront::CoursePage;
use model::{Lang, routes};
use ui::{Badge, Button, ButtonLink, Cover, CoverShape, Glyph, Icon, Kind, Size, Tone};

/// So few places are worth saying.
const FEW: u32 = 20;

/// The card beside the course: cover, price, the button, what is included.
#[component]
pub fn PurchaseBox(page: CoursePage) -> impl IntoView {
    let lang = wire::lang();
    let course = &page.course;
    let cover = view! {
        <Cover id=course.id.to_string() picture=course.cover.clone() slip=page.topic.name(lang).to_owned() slip_lang=lang.tag() shape=CoverShape::Wide eager=true/>
    };
    let preview = page.first_preview().filter(|_| !page.access.is_open()).map(|lesson| {
        let href = routes::lesson(lang, &course.slug, &lesson.id);
        view! { <ButtonLink href kind=Kind::Secondary block=true icon=Glyph::Play>{storefront::preview_first(lang)}</ButtonLink> }
    });
    let for_sale = page.access == Access::Preview && !course.offer.price.is_zero() && page.places_left != Some(0);
    let few = page.places_left.filter(|left| (1..=FEW).contains(left) && !page.access.is_open());
    let few = few.map(|left| view! { <p class="small">{storefront::places_left(lang, left)}</p> });
    let cart = for_sale.then(|| {
        view! {
            <form method="post" action=routes::course(lang, &course.slug)>
                <input type="hidden" name="form" value="cart"/>
                <input type="hidden" name="kind" value="course"/>
                <input type="hidden" name="item" value=course.id.to_string()/>
                <Button kind=Kind::Secondary block=true icon=Glyph::Cart>{buying::add_to_cart(lang)}</Button>
            </form>
        }
    });
    let bundles: Vec<_> = page.bundles.iter().filter(|_| for_sale).map(|bundle| in_bundle(lang, bundle)).collect();
    let by_membership = (page.in_membership && !page.access.is_open()).then(|| {
        view! {
            <p class="small">
                <Badge tone=Tone::Seal>{membership::in_membership(lang)}</Badge>" "
                <a href=routes::membership(lang)>{membership::members_learn_free(lang)}</a>
            </p>
        }
    });
    let facts: Vec<_> =
        facts(lang, &page).into_iter().map(|(glyph, words)| view! { <li><Icon glyph/><span>{words}</span></li> }).collect();
    view! {
        <div class="buy-box">
            {cover}
            {standing(lang, &page)}
            <Act page=page.clone() large=true/>
            {few}
            {cart}
            {preview}
            {bundles}
            {by_membership}
            <ul class="buy-facts" role="list">{facts}</ul>
            {for_others(lang, &page)}
            <p class="small faint">{refund(lang, &page)}</p>
        </div>
    }
}

/// A bundle that holds the course, and what it saves.
fn in_bundle(lang: Lang, bundle: &BundleRow) -> impl IntoView + use<> {
    let saved = bundle.sum.minus(bundle.price).unwrap_or(bundle.price);
    let words = buying::also_in(lang, &bundle.title, &numbers::money(saved));
    view! { <p class="small"><a href=routes::bundle(lang, &bundle.slug)>{words}</a></p> }
}

/// The bar at a phone's thumb: the price and the one button.
#[component]
pub fn PurchaseBar(page: CoursePage) -> impl IntoView {
    let lang = wire::lang();
    view! { <div class="bar-bottom">{standing(lang, &page)}<Act page=page.clone()/></div> }
}

/// The price, or that it is theirs.
fn standing(lang: Lang, page: &CoursePage) -> AnyView {
    match page.access {
        Access::Open(Reason::Teaches) => view! { <p class="strong">{storefront::you_teach_it(lang)}</p> }.into_any(),
        Access::Open(Reason::Granted(Source::Subscription)) => {
            view! { <p class="strong ok">{membership::open_by_membership(lang)}</p> }.into_any()
        }
        Access::Open(Reason::Granted(_)) => view! { <p class="strong ok">{storefront::you_own_it(lang)}</p> }.into_any(),
        Access::Preview | Access::Closed => view! { <PriceOf offer=page.course.offer large=true/> }.into_any(),
    }
}

/// The one button. Buying and taking a free course are forms of this page, answered by the orders' side of it.
#[component]
fn Act(page: CoursePage, #[prop(optional)] large: bool) -> impl IntoView {
    let lang = wire::lang();
    let size = if large { Size::Large } else { Size::Medium };
    let action = routes::course(lang, &page.course.slug);
    match (page.access, page.resume) {
        (Access::Open(reason), Some(lesson)) => {
            let href = routes::lesson(lang, &page.course.slug, &lesson);
            let studio = (large && reason == Reason::Teaches).then(|| {
                let href = routes::studio_course(lang, &page.course.id, "outline");
                view! { <ButtonLink href kind=Kind::Secondary block=true icon=Glyph::Edit>{storefront::open_in_studio(lang)}</ButtonLink> }
            });
            view! { <ButtonLink href size block=large icon=Glyph::Play>{storefront::go_on(lang)}</ButtonLink>{studio} }.into_any()
        }
        (Access::Preview, _) if page.places_left == Some(0) => {
            view! { <p class="strong">{storefront::sold_out(lang)}</p> }.into_any()
        }
        (Access::Preview, _) => {
            let free = page.course.offer.price.is_zero();
            let (name, words) = match (free, large) {
                (true, true) => ("enrol", storefront::enrol(lang)),
                (true, false) => ("enrol", storefront::enrol_short(lang)),
                (false, true) => ("buy", storefront::buy(lang)),
                (false, false) => ("buy", storefront::buy_short(lang)),
            };
            view! {
                <form method="post" action=action>
                    <input type="hidden" name="form" value=name/>
                    <Button size block=large>{words}</Button>
                </form>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

/// Giving it to somebody, and buying it for several.
fn for_others(lang: Lang, page: &CoursePage) -> Option<impl IntoView + use<>> {
    let course = &page.course;
    let sold = page.listed
        && page.places_left != Some(0)
        && !course.offer.price.is_zero()
        && !matches!(page.access, Access::Open(Reason::Teaches));
    sold.then(|| {
        view! {
            <p class="cluster small">
                <a href=routes::gift_of(lang, &course.slug)>{locale::vouchers::give_this(lang)}</a>
                <a href=routes::seats_of(lang, &course.slug)>{locale::vouchers::for_team(lang)}</a>
            </p>
        }
    })
}

fn facts(lang: Lang, page: &CoursePage) -> Vec<(Glyph, String)> {
    let course = &page.course;
    let language = catalog::content_lang(lang, course.language);
    vec![
        (Glyph::Clock, storefront::fact_size(lang, course.lessons, &numbers::length(lang, course.seconds))),
        (Glyph::Globe, storefront::fact_language(lang, language)),
        (Glyph::Phone, storefront::fact_devices(lang).to_owned()),
        (Glyph::Check, storefront::fact_keep(lang).to_owned()),
    ]
}

fn refund(lang: Lang, page: &CoursePage) -> Option<impl IntoView + use<>> {
    let paid = !page.course.offer.price.is_zero() && !page.access.is_open();
    let promise = earnings::policy(lang, page.refunds);
    paid.then(|| {
        view! { {promise}" "<a href=routes::help(lang, "refunds")>{storefront::refund_rule(lang)}</a> }
    })
}
