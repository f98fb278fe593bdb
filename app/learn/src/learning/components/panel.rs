//! The course beside the lesson: how far one is, and every lesson of it.

use leptos::prelude::*;
use locale::{learning, numbers};
use model::catalog::{LessonKind, OutlineChapter, OutlineLesson};
use model::learning::{LessonPage, percent};
use model::{Lang, routes};
use ui::{Badge, Glyph, LessonRow, LessonState, Outline, Progress, Tone, slot};

/// A course of so few chapters shows them all open.
const FEW_CHAPTERS: usize = 3;

#[component]
pub fn Panel(page: LessonPage) -> impl IntoView {
    let lang = wire::lang();
    let (done, lessons) = (page.done(), page.lessons());
    let progress = page.kept.then(|| {
        let percent = percent(done, lessons);
        view! { <Progress percent label=learning::course_progress(lang) caption=learning::outline_progress(lang, done, lessons) end=format!("{percent}%")/> }
    });
    let few = page.outline.len() <= FEW_CHAPTERS;
    let chapters: Vec<_> = page.outline.iter().map(|chapter| chapter_of(lang, &page, chapter, few)).collect();
    view! {
        <aside class="lesson-panel" aria-label=learning::outline(lang)>
            <div class="lesson-panel-head">
                <p class="strong"><a href=routes::course(lang, &page.course.slug) lang=page.course.language.as_str()>{page.course.title.clone()}</a></p>
                {progress}
            </div>
            <Outline>{chapters}</Outline>
        </aside>
    }
}

fn chapter_of(lang: Lang, page: &LessonPage, chapter: &OutlineChapter, open: bool) -> AnyView {
    let here = chapter.lessons.iter().any(|lesson| lesson.id == page.lesson.id);
    let count = u32::try_from(chapter.lessons.len()).unwrap_or(u32::MAX);
    let rows: Vec<_> = chapter.lessons.iter().map(|lesson| row(lang, page, lesson)).collect();
    view! {
        <ui::OutlineChapter title=chapter.title.clone() meta=learning::chapter_lessons(lang, count) open=here || open>{rows}</ui::OutlineChapter>
    }
    .into_any()
}

fn row(lang: Lang, page: &LessonPage, lesson: &OutlineLesson) -> AnyView {
    let open = page.access.is_open() || lesson.preview;
    let (state, said) = match lesson {
        _ if lesson.id == page.lesson.id => (LessonState::Current, None),
        _ if lesson.done => (LessonState::Done, Some(learning::done(lang))),
        _ if !open => (LessonState::Locked, Some(learning::locked(lang))),
        _ => (LessonState::Open, None),
    };
    let badge = (lesson.preview && !page.access.is_open())
        .then(|| view! { <Badge tone=Tone::Info>{learning::preview(lang)}</Badge> }.into_any());
    view! {
        <LessonRow title=lesson.title.clone() href=routes::lesson(lang, &page.course.slug, &lesson.id) glyph=glyph(lesson.kind)
            state state_label=said time=numbers::clock(lesson.seconds) badge=slot(badge)/>
    }
    .into_any()
}

pub fn glyph(kind: LessonKind) -> Glyph {
    match kind {
        LessonKind::Video => Glyph::Video,
        LessonKind::Audio => Glyph::Audio,
        LessonKind::Text => Glyph::Article,
        LessonKind::Pdf => Glyph::Pdf,
    }
}
