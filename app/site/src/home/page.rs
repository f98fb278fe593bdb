//! The front page.

use super::api;
use super::own::own_part;
use crate::catalog::TopicChips;
use crate::catalog::components::course_card::CourseGrid;
use crate::head::PageHead;
use leptos::prelude::*;
use locale::{shell, storefront};
use model::catalog::Topic;
use model::storefront::Home;
use model::{Lang, routes};
use ui::{ButtonLink, Kind, Landscape, SearchForm, loaded};

#[component]
pub fn HomePage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <PageHead title=shell::tagline(lang) description=storefront::hero_lede(lang) path=""/>
        <main id="main" tabindex="-1" class="page">{loaded(api::read_home(), content)}</main>
    }
}

fn content(home: Home) -> AnyView {
    let lang = wire::lang();
    let all = home.topics.iter().map(|topic| topic.courses).sum();
    let (head, foot) = match home.own {
        Some(own) => (own_part(own, home.topics.clone()), ().into_any()),
        None => (hero(lang, &home.topics, all), view! { {how(lang)}{essay(lang)}{invitation(lang)} }.into_any()),
    };
    view! {
        {head}
        <section class="section">
            <header class="section-head ruled">
                <h2>{storefront::selection(lang)}</h2>
                <a href=routes::courses(lang)>{storefront::all_courses(lang)}</a>
                <p>{storefront::selection_note(lang)}</p>
            </header>
            <CourseGrid courses=home.courses topics=home.topics/>
        </section>
        {foot}
    }
    .into_any()
}

fn hero(lang: Lang, topics: &[Topic], courses: u32) -> AnyView {
    view! {
        <section class="hero">
            <p class="kicker">{storefront::hero_kicker(lang, courses)}</p>
            <h1>{storefront::hero_title(lang)}</h1>
            <p class="lede">{storefront::hero_lede(lang)}</p>
            <search>
                <SearchForm action=routes::search(lang) label=storefront::hero_search(lang) placeholder=storefront::hero_search(lang) button=shell::search(lang) id="hero-search" suggest=lang/>
            </search>
            <nav class="chips center" aria-label=storefront::topics(lang)><TopicChips topics=topics.to_vec()/></nav>
            <Landscape/>
        </section>
    }
    .into_any()
}

fn how(lang: Lang) -> AnyView {
    let steps = [
        (storefront::how_1(lang), storefront::how_1_text(lang)),
        (storefront::how_2(lang), storefront::how_2_text(lang)),
        (storefront::how_3(lang), storefront::how_3_text(lang)),
    ];
    let steps: Vec<_> = steps.into_iter().map(|(title, text)| view! { <li><h3>{title}</h3><p>{text}</p></li> }).collect();
    view! {
        <section class="section">
            <header class="section-head"><h2>{storefront::how_title(lang)}</h2></header>
            <ol class="steps" role="list">{steps}</ol>
        </section>
    }
    .into_any()
}

fn essay(lang: Lang) -> AnyView {
    view! {
        <section class="section">
            <header class="section-head"><h2>{storefront::essay_title(lang)}</h2><span class="muted small">{storefront::essay_kicker(lang)}</span></header>
            <article class="essay grid-2 gap-6">
                <p class="quote">{storefront::essay_1(lang)}</p>
                <div class="stack gap-4">
                    <p>{storefront::essay_2(lang)}</p>
                    <p>{storefront::essay_3(lang)}</p>
                    <p class="small muted">{storefront::essay_by(lang)}</p>
                </div>
            </article>
        </section>
    }
    .into_any()
}

fn invitation(lang: Lang) -> AnyView {
    view! {
        <section class="section">
            <div class="box quiet split">
                <div class="stack gap-2">
                    <h2>{storefront::invite_title(lang)}</h2>
                    <p class="muted measure">{storefront::invite_text(lang)}</p>
                </div>
                <ButtonLink href=routes::help(lang, "teaching") kind=Kind::Secondary>{storefront::invite_action(lang)}</ButtonLink>
            </div>
        </section>
    }
    .into_any()
}
