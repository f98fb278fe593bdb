//! A text of the house, beside the names of the others.

use super::api;
use crate::head::PageHead;
use leptos::prelude::*;
use locale::house;
use model::routes;
use model::storefront::{Document, Shelf};
use ui::{Glyph, NavLink, Prose, SideNav, loaded};

#[component]
pub fn DocumentPage(shelf: Shelf, name: String) -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_document(shelf, name), content)}</main> }
}

fn content(document: Document) -> AnyView {
    let lang = wire::lang();
    let nav = house::TEXTS
        .iter()
        .map(|(shelf, name)| {
            let (href, glyph) = match shelf {
                Shelf::Help => (routes::help(lang, name), Glyph::Bulb),
                Shelf::Legal => (routes::legal(lang, name), Glyph::Article),
            };
            let current = document.shelf == *shelf && document.name == *name;
            NavLink::new(house::title(lang, *shelf, name).unwrap_or_default(), href, glyph, current)
        })
        .collect();
    let kicker = match document.shelf {
        Shelf::Help => house::help(lang),
        Shelf::Legal => house::legal(lang),
    };
    view! {
        <PageHead title=document.title.clone() description=document.lede.clone() path=format!("/{}/{}", document.shelf, document.name)/>
        <div class="with-side">
            <SideNav nav label=kicker/>
            <article>
                <header class="page-head">
                    <p class="kicker">{kicker}</p>
                    <h1>{document.title}</h1>
                    <p class="lede">{document.lede}</p>
                </header>
                <Prose html=document.body/>
            </article>
        </div>
    }
    .into_any()
}
