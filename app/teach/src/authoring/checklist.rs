//! What is still missing before publishing, each with the way to it.

use leptos::prelude::*;
use locale::studio;
use model::authoring::{Check, Need, Room};
use model::{Lang, routes};
use ui::{Glyph, Icon};

/// The checklist of a course.
#[component]
pub fn Checklist(room: Room) -> impl IntoView {
    let lang = wire::lang();
    let lines: Vec<_> = room.checks.iter().map(|check| line(lang, &room, check)).collect();
    view! { <ul class="checklist" role="list">{lines}</ul> }
}

fn line(lang: Lang, room: &Room, check: &Check) -> AnyView {
    let lessons = room.chapters.iter().flat_map(|chapter| &chapter.lessons);
    let lesson = check.lesson.as_ref().and_then(|id| lessons.clone().find(|lesson| lesson.id == *id));
    let words = match lesson {
        Some(lesson) if check.need == Need::Length => studio::need_length_of(lang, &lesson.title),
        Some(lesson) => studio::need_content_of(lang, &lesson.title),
        None => studio::need(lang, check.need).to_owned(),
    };
    let (class, glyph, state) = match check.met {
        true => ("is-met", Glyph::Success, studio::met(lang)),
        false => ("is-unmet", Glyph::Dot, studio::unmet(lang)),
    };
    let words = match check.met {
        true => view! { <span>{words}</span> }.into_any(),
        false => view! { <a href=place(lang, room, check)>{words}</a> }.into_any(),
    };
    view! { <li class=class><Icon glyph label=state/>{words}</li> }.into_any()
}

/// The very field that is to be filled in.
fn place(lang: Lang, room: &Room, check: &Check) -> String {
    let course = &room.draft.id;
    let field = |door: &str, field: &str| format!("{}#f-{field}", routes::studio_course(lang, course, door));
    match (check.need, &check.lesson) {
        (Need::Title, _) => field("landing", "title"),
        (Need::Promise, _) => field("landing", "promise"),
        (Need::Topic, _) => field("landing", "topic"),
        (Need::Price, _) => field("pricing", "price"),
        (Need::Content | Need::Length, Some(lesson)) => routes::studio_lesson(lang, course, lesson),
        (Need::Lesson | Need::Content | Need::Length, _) => routes::studio_course(lang, course, "outline"),
    }
}
