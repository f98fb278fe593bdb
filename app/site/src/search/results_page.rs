//! What a search found.

use crate::catalog::{chooser, read_courses, title_of};
use crate::head::PageHead;
use leptos::prelude::*;
use locale::{shell, storefront};
use model::browse::Filter;
use model::routes;
use ui::{SearchForm, loaded};

#[component]
pub fn SearchPage() -> impl IntoView {
    let lang = wire::lang();
    let filter = Filter::read(&wire::query());
    let query = filter.query.clone();
    let prompt = query.is_empty().then(|| {
        view! {
            <p class="lede">{storefront::search_prompt(lang)}</p>
            <search>
                <SearchForm action=routes::search(lang) label=shell::search(lang) placeholder=storefront::hero_search(lang) button=shell::search(lang) id="page-search" suggest=lang/>
            </search>
        }
    });
    view! {
        <PageHead title=title_of(lang, &query) description=storefront::catalog_description(lang) path="/search"/>
        <main id="main" tabindex="-1" class="page">
            <header class="page-head"><h1>{title_of(lang, &query)}</h1>{prompt}</header>
            {loaded(read_courses(filter, None), chooser)}
        </main>
    }
}
