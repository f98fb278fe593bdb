//! The full outline of a course; lessons that are open lead to themselves.

use leptos::prelude::*;
use locale::{catalog, numbers, storefront};
use model::catalog::{LessonKind, OutlineChapter, OutlineLesson};
use model::text::Slug;
use model::{Lang, routes};
use ui::{Badge, Glyph, LessonRow, LessonState, Tone};

/// All chapters, the first one open. `open`: the person looking may open every lesson.
#[component]
pub fn CourseOutline(course: Slug, chapters: Vec<OutlineChapter>, open: bool) -> impl IntoView {
    let lang = wire::lang();
    let few = chapters.iter().map(|chapter| chapter.lessons.len()).sum::<usize>() <= 12;
    let chapters: Vec<_> = chapters
        .into_iter()
        .enumerate()
        .map(|(at, chapter)| {
            let seconds = chapter.lessons.iter().map(|lesson| lesson.seconds).fold(0, u32::saturating_add);
            let count = u32::try_from(chapter.lessons.len()).unwrap_or(u32::MAX);
            let meta = format!("{} · {}", storefront::lessons(lang, count), numbers::length(lang, seconds));
            let lessons: Vec<_> = chapter.lessons.into_iter().map(|lesson| row(lang, &course, lesson, open)).collect();
            view! { <ui::OutlineChapter title=chapter.title meta open={few || at == 0}>{lessons}</ui::OutlineChapter> }
        })
        .collect();
    view! { <ui::Outline>{chapters}</ui::Outline> }
}

fn row(lang: Lang, course: &Slug, lesson: OutlineLesson, open: bool) -> AnyView {
    let href = (open || lesson.preview).then(|| routes::lesson(lang, course, &lesson.id));
    let (state, label) = match lesson.done {
        true => (LessonState::Done, storefront::done(lang)),
        false => (LessonState::Open, catalog::lesson_kind(lang, lesson.kind)),
    };
    let badge =
        (lesson.preview && !open).then(|| view! { <Badge tone=Tone::Info>{storefront::preview(lang)}</Badge> }.into_any());
    view! {
        <LessonRow title=lesson.title href glyph=glyph(lesson.kind) state state_label=label time=numbers::clock(lesson.seconds) badge=ui::slot(badge)/>
    }
    .into_any()
}

fn glyph(kind: LessonKind) -> Glyph {
    match kind {
        LessonKind::Video => Glyph::Video,
        LessonKind::Audio => Glyph::Audio,
        LessonKind::Text => Glyph::Article,
        LessonKind::Pdf => Glyph::Pdf,
    }
}
