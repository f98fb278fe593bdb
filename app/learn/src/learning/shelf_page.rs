//! "My learning": what one owns, by how far one is.

use super::api;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, learning, numbers};
use model::learning::{Owned, Shelf, Stage};
use model::{Lang, routes};
use ui::{ButtonLink, CardRow, Cover, CoverShape, EmptyState, Glyph, Kind, Progress, Size, Tab, Tabs, loaded, slot};

#[component]
pub fn ShelfPage() -> impl IntoView {
    let lang = wire::lang();
    let stage = wire::query().get("tab").and_then(|tab| tab.parse::<Stage>().ok());
    view! {
        <Title text=format!("{} · {}", learning::my_learning(lang), locale::shell::product(lang))/>
        <main id="main" tabindex="-1" class="page">
            <header class="page-head"><h1>{learning::my_learning(lang)}</h1></header>
            {loaded(api::read_shelf(stage), content)}
        </main>
    }
}

fn content(shelf: Shelf) -> AnyView {
    let lang = wire::lang();
    let tab = |stage: &Stage| {
        let href = format!("{}?tab={stage}", routes::my_learning(lang));
        Tab::new(learning::stage(lang, *stage), href, *stage == shelf.stage).counted(u64::from(shelf.count(*stage)))
    };
    let list = match shelf.courses.is_empty() {
        true => empty(lang, shelf.stage),
        false => {
            let rows: Vec<_> = shelf.courses.iter().map(|owned| view! { <li>{row(lang, owned)}</li> }).collect();
            view! { <ul class="list" role="list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <div class="stack gap-5">
            <Tabs tabs=Stage::ALL.iter().map(tab).collect() label=learning::tabs(lang)/>
            {list}
        </div>
    }
    .into_any()
}

/// One course: how far, what is next, and the button that goes on.
fn row(lang: Lang, owned: &Owned) -> AnyView {
    let card = &owned.card;
    let percent = owned.percent();
    let cover = view! { <Cover id=card.id.to_string() picture=card.cover.clone() shape=CoverShape::Thumb/> };
    let mut meta = vec![card.instructor.name.to_string()];
    if owned.left_seconds > 0 {
        meta.push(learning::left(lang, &numbers::length(lang, owned.left_seconds)));
    }
    if let Some(last) = owned.last_at {
        meta.push(learning::last_studied(lang, &dates::date(lang, last)));
    }
    let foot = (owned.stage != Stage::New).then(|| {
        let said = learning::percent_done(lang, percent);
        view! { <div class="full"><Progress percent label=said.clone() caption=said/></div> }.into_any()
    });
    let (href, label) = go_on(lang, owned);
    let kind = if owned.stage == Stage::Finished { Kind::Secondary } else { Kind::Primary };
    let actions = view! { <ButtonLink href=href.clone() kind size=Size::Small icon=Glyph::Play>{label}</ButtonLink> };
    let next = owned.next.as_ref().map(|next| learning::next_is(lang, &next.title));
    view! {
        <CardRow href=routes::course(lang, &card.slug) title=card.title.clone() cover meta summary=next foot=slot(foot) actions lang=card.language.as_str() level=2/>
    }
    .into_any()
}

/// The lesson to go on with, at the second where it was left, or the course where nothing is left to do.
fn go_on(lang: Lang, owned: &Owned) -> (String, &'static str) {
    let label = match owned.stage {
        Stage::Active => learning::go_on(lang),
        Stage::New => learning::begin(lang),
        Stage::Finished => learning::again(lang),
    };
    let href = match &owned.next {
        Some(next) => routes::lesson(lang, &owned.card.slug, &next.id),
        None => routes::course(lang, &owned.card.slug),
    };
    (href, label)
}

fn empty(lang: Lang, stage: Stage) -> AnyView {
    let (title, text) = match stage {
        Stage::Active => (learning::empty_active_title(lang), learning::empty_active_text(lang)),
        Stage::New => (learning::empty_new_title(lang), learning::empty_new_text(lang)),
        Stage::Finished => (learning::empty_finished_title(lang), learning::empty_finished_text(lang)),
    };
    let actions = view! {
        <ButtonLink href=routes::feed(lang)>{learning::see_feed(lang)}</ButtonLink>
        <ButtonLink href=routes::courses(lang) kind=Kind::Secondary>{learning::browse(lang)}</ButtonLink>
    };
    view! { <EmptyState title text icon=Glyph::Book actions/> }.into_any()
}
