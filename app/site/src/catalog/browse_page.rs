//! Choosing among courses: the whole catalog, or one topic of it.

use super::api;
use super::components::course_card::CourseGrid;
use super::components::filters::{ActiveFilters, FilterRail, value_name};
use crate::head::PageHead;
use leptos::prelude::*;
use locale::{shell, storefront};
use model::browse::{Browse, Filter, Sort};
use model::catalog::Topic;
use model::text::Slug;
use model::{Lang, routes};
use ui::{Breadcrumb, ButtonLink, Chip, Crumb, EmptyState, Glyph, Kind, Pager, Size, Tab, Tabs, loaded};

#[component]
pub fn BrowsePage() -> impl IntoView {
    let lang = wire::lang();
    let path = format!("/courses{}", later(Filter::read(&wire::query()).page));
    view! {
        <PageHead title=storefront::all_courses(lang) description=storefront::catalog_description(lang) path/>
        <main id="main" tabindex="-1" class="page">
            <header class="page-head"><h1>{storefront::catalog_title(lang)}</h1></header>
            {loaded(api::read_courses(Filter::read(&wire::query()), None), chooser)}
        </main>
    }
}

#[component]
pub fn TopicPage(slug: Slug) -> impl IntoView {
    view! {
        <main id="main" tabindex="-1" class="page">
            {loaded(api::read_courses(Filter::read(&wire::query()), Some(slug)), topic)}
        </main>
    }
}

fn topic(page: Browse) -> AnyView {
    let lang = wire::lang();
    let Some(topic) = page.topic.clone() else { return chooser(page) };
    let blurb = match lang {
        Lang::Zh => topic.blurb_zh.clone(),
        Lang::En => topic.blurb_en.clone(),
    };
    let steps = vec![Crumb::new(storefront::all_courses(lang), routes::courses(lang))];
    let others: Vec<_> = page
        .topics
        .iter()
        .map(|other| {
            let (current, name) = (other.slug == topic.slug, other.name(lang).to_owned());
            view! { <Chip href=routes::topic(lang, &other.slug) current count=u64::from(other.courses)>{name}</Chip> }
        })
        .collect();
    view! {
        <PageHead title=topic.name(lang).to_owned() description=blurb.clone() path=format!("/topics/{}{}", topic.slug, later(page.filter.page))/>
        <header class="page-head">
            <Breadcrumb steps label=storefront::position(lang)/>
            <h1>{topic.name(lang).to_owned()}</h1>
            <p class="lede">{blurb}</p>
            <nav class="chips" aria-label=storefront::topics(lang)>{others}</nav>
        </header>
        {chooser(page)}
    }
    .into_any()
}

/// What a list's later pages have in their address: each shows courses that no other page shows.
fn later(page: u32) -> String {
    if page > 1 { format!("?page={page}") } else { String::new() }
}

/// The heading of a search.
pub(crate) fn title_of(lang: Lang, query: &str) -> String {
    if query.is_empty() { storefront::search_title(lang).to_owned() } else { storefront::results_for(lang, query) }
}

/// One GET form: the rail and what it chose.
pub(crate) fn chooser(page: Browse) -> AnyView {
    let lang = wire::lang();
    let path = format!("/{lang}{}", wire::viewer().path());
    let total = page.courses.total;
    let pages = page.courses.pages();
    let here = page.filter.clone();
    let base = format!("{path}{}", here.address());
    let results = if page.courses.items.is_empty() {
        nothing(lang, &page, &path).into_any()
    } else {
        view! { <CourseGrid courses=page.courses.items.clone() topics=page.topics.clone()/> }.into_any()
    };
    view! {
        <form class="with-rail" action=path.clone() method="get">
            <FilterRail page=page.clone()/>
            <div class="stack gap-5" id="results">
                <h2 class="visually-hidden">{storefront::results(lang)}</h2>
                <div class="split">
                    <p class="muted" role="status">{storefront::found(lang, total)}</p>
                    <div class="cluster">
                        <span class="not-desk"><ButtonLink href="#filters" kind=Kind::Secondary size=Size::Small icon=Glyph::Filter>{storefront::filters(lang)}</ButtonLink></span>
                        {(total > 0).then(|| orders(lang, &here, &path))}
                    </div>
                </div>
                <ActiveFilters filter=here topics=page.topics.clone() path=path.clone()/>
                {results}
                <Pager page=page.courses.number pages link=page_address base label=storefront::pages(lang) previous=storefront::previous(lang) next=storefront::next(lang)/>
            </div>
        </form>
    }
    .into_any()
}

fn page_address(base: &str, page: u32) -> String {
    match (page, base.contains('?')) {
        (1, _) => base.to_owned(),
        (_, true) => format!("{base}&page={page}"),
        (_, false) => format!("{base}?page={page}"),
    }
}

/// The orders as links: no button to press, and Back leads back.
fn orders(lang: Lang, filter: &Filter, path: &str) -> impl IntoView + use<> {
    let tabs = Sort::ALL
        .iter()
        .map(|sort| {
            let href = format!("{path}{}", Filter { sort: *sort, page: 1, ..filter.clone() }.address());
            Tab::new(storefront::sort(lang, *sort, !filter.query.is_empty()), href, *sort == filter.sort)
        })
        .collect();
    view! { <Tabs tabs label=storefront::sort_by(lang)/> }
}

/// Nothing chosen: say why, and offer the way out that brings back the most.
fn nothing(lang: Lang, page: &Browse, path: &str) -> impl IntoView + use<> {
    let filter = &page.filter;
    if page.courses.total > 0 {
        let first = format!("{path}{}", filter.address());
        let actions = view! { <ButtonLink href=first kind=Kind::Secondary>{shell::try_again(lang)}</ButtonLink> };
        return view! { <EmptyState title=storefront::beyond_the_end(lang) icon=Glyph::Search actions/> }.into_any();
    }
    match &page.way_out {
        Some(out) => {
            let names: Vec<String> =
                filter.values(out.facet).iter().map(|value| value_name(lang, &page.topics, out.facet, value)).collect();
            let names = names.join(if lang == Lang::Zh { "、" } else { ", " });
            let href = format!("{path}{}", filter.without_any(out.facet).address());
            let words = storefront::drop_filter(lang, &names, out.courses);
            let actions = view! { <ButtonLink href>{words}</ButtonLink> };
            view! { <EmptyState title=storefront::nothing_found(lang) icon=Glyph::Search actions/> }.into_any()
        }
        None => {
            let title = match filter.query.as_str() {
                "" => storefront::nothing_found(lang).to_owned(),
                query => storefront::nothing_for(lang, query),
            };
            let actions = view! { <TopicChips topics=page.topics.clone()/> };
            view! { <EmptyState title text=storefront::nothing_hint(lang) icon=Glyph::Search actions/> }.into_any()
        }
    }
}

/// Links to all topics.
#[component]
pub(crate) fn TopicChips(topics: Vec<Topic>) -> impl IntoView {
    let lang = wire::lang();
    topics
        .into_iter()
        .map(|topic| view! { <Chip href=routes::topic(lang, &topic.slug)>{topic.name(lang).to_owned()}</Chip> })
        .collect_view()
}
