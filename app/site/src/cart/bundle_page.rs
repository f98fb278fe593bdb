//! A bundle: its courses with their own prices, what one has of them, and what the rest costs together.

use super::api;
use crate::head::PageHead;
use crate::orders::parts::said;
use leptos::prelude::*;
use locale::{buying, numbers, orders, shell};
use model::cart::{BundleCourse, BundlePage as Page};
use model::orders::Bar;
use model::routes;
use model::text::Slug;
use ui::{Badge, Button, CardRow, Cover, CoverShape, Glyph, Icon, Kind, Notice, Price, Refused, Size, Tone, loaded};

#[component]
pub fn BundlePage(slug: Slug) -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_bundle(slug), content)}</main> }
}

fn content(page: Page) -> AnyView {
    let lang = wire::lang();
    let rows: Vec<_> = page.courses.iter().cloned().map(|course| view! { <li>{row(course)}</li> }).collect();
    let count = u32::try_from(page.courses.len()).unwrap_or_default();
    view! {
        <PageHead title=page.title.clone() description=page.promise.clone() path=format!("/bundles/{}", page.slug)/>
        <header class="page-head">
            <p class="kicker">{orders::kind_bundle(lang)}</p>
            <h1>{page.title.clone()}</h1>
            <p class="lede">{page.promise.clone()}</p>
            <p class="meta"><span>{orders::by_instructor(lang, &page.seller)}</span><span>{buying::courses_in_all(lang, count)}</span></p>
        </header>
        <Refused form=wire::form_state("cart")/>
        <Refused form=wire::form_state("buy")/>
        <div class="with-aside aside-first">
            <section class="stack gap-3">
                <h2 class="large">{buying::in_this_bundle(lang)}</h2>
                <ul class="list" role="list">{rows}</ul>
            </section>
            <aside class="box stack gap-4 sticky" aria-label=shell::product(lang)>{offer(&page)}</aside>
        </div>
    }
    .into_any()
}

fn row(course: BundleCourse) -> AnyView {
    let lang = wire::lang();
    let cover = view! { <Cover id=course.id.to_string() shape=CoverShape::Thumb/> };
    let meta = vec![
        orders::by_instructor(lang, &course.instructor),
        orders::lessons(lang, course.lessons),
        numbers::length(lang, course.seconds),
    ];
    let foot = match course.owned {
        true => view! { <Badge tone=Tone::Success>{buying::you_have_it(lang)}</Badge> }.into_any(),
        false => view! { <Price now=said(course.price)/> }.into_any(),
    };
    view! { <CardRow href=routes::course(lang, &course.slug) title=course.title cover meta summary=course.promise foot level=3/> }
        .into_any()
}

/// The price, how it came about, and the two ways to take it.
fn offer(page: &Page) -> AnyView {
    let lang = wire::lang();
    let owned = u32::try_from(page.courses.iter().filter(|course| course.owned).count()).unwrap_or_default();
    let told = match &page.bar {
        Some(Bar::Owned) => {
            return view! { <Notice tone=Tone::Success><p>{buying::all_of_it_is_yours(lang)}</p></Notice> }.into_any();
        }
        Some(bar) => {
            let words = buying::this_bundle(lang, &buying::bar(lang, bar));
            return view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }.into_any();
        }
        None if owned > 0 => Some(buying::only_the_rest(lang, owned, &said(page.price), &said(page.yours))),
        None => None,
    };
    let was = if owned > 0 { said(page.price) } else { said(page.sum) };
    let saved = page.sum.minus(page.price).unwrap_or(page.price);
    let (key, id) = ("bundle", page.id.to_string());
    view! {
        <Price now=said(page.yours) was was_label=orders::list_price(lang) large=true/>
        {told.map(|words| view! { <p class="pair"><Icon glyph=Glyph::Info/><span>{words}</span></p> })}
        {(owned == 0).then(|| view! { <p class="muted">{buying::cheaper_by(lang, &said(saved))}</p> })}
        <form method="post" class="stack gap-3">
            <input type="hidden" name="kind" value=key/>
            <input type="hidden" name="item" value=id/>
            <Button size=Size::Large block=true name="form" value="buy">{buying::buy_bundle(lang)}</Button>
            <Button kind=Kind::Secondary block=true name="form" value="cart" icon=Glyph::Cart>{buying::add_to_cart(lang)}</Button>
        </form>
    }
    .into_any()
}
