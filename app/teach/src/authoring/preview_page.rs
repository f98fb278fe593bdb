//! The course as a learner will see it, for its author alone.

use super::api;
use super::lesson_file::playing;
use super::outline_page::glyph;
use crate::shell::{Course, Door};
use leptos::prelude::*;
use locale::{catalog, numbers, studio};
use model::authoring::{LessonPreview, Preview, items};
use model::ids::CourseId;
use model::{Lang, routes};
use ui::{
    Badge, ButtonLink, Cover, CoverShape, Glyph, Icon, Kind, LessonRow, LessonState, Notice, Outline, OutlineChapter, Prose,
    Size, Tone, loaded,
};

#[component]
pub fn PreviewPage(course: CourseId) -> impl IntoView {
    let lesson = wire::query().get("lesson").and_then(|id| id.parse().ok());
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_preview(course, lesson), content)}</main> }
}

fn content(page: Preview) -> AnyView {
    let lang = wire::lang();
    let main = match &page.lesson {
        Some(shown) => lesson(lang, &page, shown),
        None => overview(lang, &page),
    };
    view! {
        <Course room=page.room.clone() door=Door::Preview lede=studio::preview_notice(lang)>
            <div class="with-aside"><div class="stack gap-5">{main}</div><aside>{outline(lang, &page)}</aside></div>
        </Course>
    }
    .into_any()
}

fn overview(lang: Lang, page: &Preview) -> AnyView {
    let draft = &page.room.draft;
    let tag = draft.language.as_str();
    let learn: Vec<_> =
        items(&draft.learn).into_iter().map(|item| view! { <li><Icon glyph=Glyph::Check/><span>{item}</span></li> }).collect();
    let learn = (!learn.is_empty())
        .then(|| view! { <section class="stack gap-3"><h3>{studio::learn(lang)}</h3><ul class="ticks" role="list">{learn}</ul></section> });
    view! {
        <Cover id=draft.id.to_string() picture=draft.cover_url() shape=CoverShape::Wide/>
        <div class="stack gap-2" lang=tag><h3 class="large serif">{draft.title.clone()}</h3><p class="lede">{draft.promise.clone()}</p></div>
        {learn}
        <Prose html=page.about.clone() lang=tag/>
    }
    .into_any()
}

fn lesson(lang: Lang, page: &Preview, shown: &LessonPreview) -> AnyView {
    let draft = &page.room.draft;
    let tag = draft.language.as_str();
    let nothing = (shown.file.is_none() && shown.body.as_str().is_empty())
        .then(|| view! { <Notice tone=Tone::Warning><p>{studio::nothing_here(lang)}</p></Notice> });
    let body = (!shown.body.as_str().is_empty()).then(|| view! { <Prose html=shown.body.clone() lang=tag/> });
    let edit = routes::studio_lesson(lang, &draft.id, &shown.lesson.id);
    let overview = routes::studio_course(lang, &draft.id, "preview");
    let title = shown.lesson.title.clone();
    view! {
        {shown.file.as_ref().map(|file| playing(lang, &shown.lesson.title, file))}
        <h3 class="large serif" lang=tag>{shown.lesson.title.clone()}</h3>
        <p class="meta"><span>{catalog::lesson_kind(lang, shown.lesson.kind)}</span><span>{numbers::length(lang, shown.lesson.seconds)}</span></p>
        {nothing}
        {body}
        <div class="cluster">
            <ButtonLink href=edit kind=Kind::Secondary size=Size::Small icon=Glyph::Edit>{title}</ButtonLink>
            <ButtonLink href=overview kind=Kind::Quiet size=Size::Small>{studio::back_to_overview(lang)}</ButtonLink>
        </div>
    }
    .into_any()
}

fn outline(lang: Lang, page: &Preview) -> AnyView {
    let here = routes::studio_course(lang, &page.room.draft.id, "preview");
    let open = page.lesson.as_ref().map(|shown| &shown.lesson.id);
    let chapters: Vec<_> = page
        .room
        .chapters
        .iter()
        .map(|chapter| {
            let lessons: Vec<_> = chapter
                .lessons
                .iter()
                .map(|line| {
                    let state = if Some(&line.id) == open { LessonState::Current } else { LessonState::Open };
                    let badge = ui::slot(line.preview.then(|| view! { <Badge tone=Tone::Info>{studio::free_preview(lang)}</Badge> }.into_any()));
                    let time = (line.seconds > 0).then(|| numbers::clock(line.seconds));
                    view! { <LessonRow title=line.title.clone() href=format!("{here}?lesson={}", line.id) glyph=glyph(line.kind) state badge time/> }
                })
                .collect();
            let meta = studio::lessons(lang, u32::try_from(chapter.lessons.len()).unwrap_or_default());
            view! { <OutlineChapter title=chapter.title.clone() meta open=true>{lessons}</OutlineChapter> }
        })
        .collect();
    view! { <Outline>{chapters}</Outline> }.into_any()
}
