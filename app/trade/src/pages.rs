//! The other pages of a list.

use leptos::prelude::*;
use locale::orders;
use ui::Pager;

/// Links to the pages of the list that stands at `base`; nothing where there is one alone.
#[component]
pub fn Pages(page: u32, pages: u32, #[prop(into)] base: String) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Pager page pages link=numbered base label=orders::pages(lang) previous=orders::previous(lang) next=orders::next(lang)/>
    }
}

fn numbered(base: &str, number: u32) -> String {
    let mark = if base.contains('?') { '&' } else { '?' };
    format!("{base}{mark}page={number}")
}
