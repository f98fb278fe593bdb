//! One lesson: what is watched, heard or read, with the course beside it.

use super::api;
use super::components::{Document, Locked, Panel, Player, PreviewBanner, Transcript};
use leptos::prelude::*;
use leptos_meta::{Link, Title};
use locale::{catalog, learning, numbers};
use model::ids::LessonId;
use model::learning::{self as shown, Content, LessonLink};
use model::text::Slug;
use model::{Lang, routes};
use ui::{Button, EmptyState, Glyph, Icon, Kind, Prose, Size, loaded};

#[component]
pub fn LessonPage(course: Slug, lesson: LessonId) -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_lesson(course, lesson), content)}</main> }
}

fn content(page: shown::LessonPage) -> AnyView {
    let lang = wire::lang();
    let played = matches!(page.content, Content::Recording(_));
    let preload = played.then(|| view! { <Link rel="modulepreload" href=wire::assets().url("player.js")/> });
    let locked = page.content == Content::Locked;
    let banner = (!page.access.is_open() && !locked).then(|| view! { <PreviewBanner course=page.course.clone()/> });
    view! {
        <Title text=format!("{} · {} · {}", page.lesson.title, page.course.title, locale::shell::product(lang))/>
        {preload}
        <div class="lesson">
            <div class="lesson-main">
                {banner}
                {recording(&page)}
                {head(lang, &page)}
                {reading(lang, &page)}
                {around(lang, &page)}
            </div>
            <Panel page/>
        </div>
    }
    .into_any()
}

/// What stands above the title: recordings are what one came for.
fn recording(page: &shown::LessonPage) -> Option<AnyView> {
    match &page.content {
        Content::Recording(recording) => Some(view! { <Player page=page.clone() recording=recording.clone()/> }.into_any()),
        _ => None,
    }
}

fn head(lang: Lang, page: &shown::LessonPage) -> AnyView {
    let tag = page.course.language.as_str();
    view! {
        <header class="lesson-head">
            <div class="stack gap-2">
                <p class="kicker" lang=tag>{page.chapter.clone()}</p>
                <h1 lang=tag>{page.lesson.title.clone()}</h1>
                <p class="meta">
                    <span>{learning::lesson_number(lang, page.number, page.lessons())}</span>
                    <span>{catalog::lesson_kind(lang, page.lesson.kind)}</span>
                    <span>{numbers::length(lang, page.lesson.seconds)}</span>
                    <span>{page.course.instructor.name.to_string()}</span>
                </p>
            </div>
            {page.kept.then(|| by_itself(lang, page))}
        </header>
    }
    .into_any()
}

/// A text that is read to its end, and a document that was read for a while, are marked by themselves where there is script.
fn by_itself(lang: Lang, page: &shown::LessonPage) -> AnyView {
    let form = mark(lang, page.lesson.done);
    let (end, opens) = match page.content {
        _ if page.lesson.done => return form,
        Content::Text => (Some(".lesson-main > nav"), None),
        Content::Document(_) => (None, Some(".lesson-main .btn[href*='/media/']")),
        _ => return form,
    };
    let seconds = page.lesson.seconds.to_string();
    let labels = locale::elements::reading_mark(lang);
    view! { <reading-mark data-seconds=seconds data-end=end data-opens=opens data-labels=labels>{form}</reading-mark> }.into_any()
}

/// Done or not by hand; works without script and can be taken back.
fn mark(lang: Lang, done: bool) -> AnyView {
    let (value, kind, icon, label) = match done {
        true => ("no", Kind::Quiet, Glyph::Success, learning::mark_not_done(lang)),
        false => ("yes", Kind::Secondary, Glyph::Check, learning::mark_done(lang)),
    };
    let said =
        done.then(|| view! { <span class="pair ok"><Icon glyph=Glyph::Success/><span>{learning::done(lang)}</span></span> });
    let icon = (!done).then_some(icon);
    view! {
        <form method="post" class="cluster gap-2" data-once="">
            <input type="hidden" name="form" value="mark"/>
            <input type="hidden" name="done" value=value/>
            {said}
            <Button kind size=Size::Small icon>{label}</Button>
        </form>
    }
    .into_any()
}

/// What stands under the title: text, a document, or why there is none.
fn reading(lang: Lang, page: &shown::LessonPage) -> AnyView {
    let tag = page.course.language.as_str();
    let body = (!page.body.as_str().is_empty()).then(|| view! { <Prose html=page.body.clone() lang=tag/> });
    match &page.content {
        Content::Locked => view! { <Locked course=page.course.clone()/> }.into_any(),
        Content::Missing => view! {
            <div class="box"><EmptyState title=learning::missing_title(lang) text=learning::missing_text(lang) icon=Glyph::Clock small=true/></div>
            {body}
        }
        .into_any(),
        Content::Document(document) => view! { <Document title=page.lesson.title.clone() document=document.clone()/>{body} }.into_any(),
        // headings of the text begin at the third level
        Content::Text => view! {
            <section><h2 class="visually-hidden">{catalog::lesson_kind(lang, page.lesson.kind)}</h2>{body}</section>
        }
        .into_any(),
        Content::Recording(_) => view! {
            {body.map(|body| view! { <section class="stack gap-3"><h2>{learning::notes_of_lesson(lang)}</h2>{body}</section> })}
            <Transcript cues=page.transcript.clone() language=page.transcript_lang/>
        }
        .into_any(),
    }
}

fn around(lang: Lang, page: &shown::LessonPage) -> AnyView {
    let card = |to: &LessonLink, rel: &'static str, glyph, label| {
        let href = routes::lesson(lang, &page.course.slug, &to.id);
        let (tag, title) = (page.course.language.as_str(), to.title.clone());
        view! { <a class="next-lesson" href=href rel=rel><span class="kicker"><Icon glyph/>{label}</span><span class="strong" lang=tag>{title}</span></a> }
    };
    let previous = page.previous.as_ref().map(|to| card(to, "prev", Glyph::ChevronLeft, learning::previous_lesson(lang)));
    let next = page.next.as_ref().map(|to| card(to, "next", Glyph::ChevronRight, learning::next_lesson(lang)));
    let end = (page.next.is_none() && page.access.is_open()).then(|| {
        view! {
            <a class="next-lesson" href=routes::course(lang, &page.course.slug)>
                <span class="kicker"><Icon glyph=Glyph::Success/>{learning::the_end_title(lang)}</span>
                <span>{learning::the_end_text(lang)}</span>
            </a>
        }
    });
    view! { <nav class="grid-2" aria-label=learning::lessons_around(lang)>{previous}{next}{end}</nav> }.into_any()
}
