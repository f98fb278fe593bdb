//! The outline: chapters and lessons, put in order by dragging, by keys, or by the plain forms.

use super::api;
use crate::shell::{Course, Door};
use leptos::prelude::*;
use locale::{catalog, elements, numbers, studio};
use model::authoring::{ChapterLine, LessonLine, Room};
use model::catalog::LessonKind;
use model::ids::CourseId;
use model::{Lang, routes};
use ui::{Answer, Badge, Button, EmptyState, Field, Glyph, Icon, IconButton, Kind, Menu, Mistakes, Select, Size, Tone, loaded};

#[component]
pub fn OutlinePage(course: CourseId) -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_room(course), content)}</main> }
}

fn content(room: Room) -> AnyView {
    let lang = wire::lang();
    let here = routes::studio_course(lang, &room.draft.id, "outline");
    let mistakes: Vec<_> = ["order", "add_chapter", "add_lesson", "rename", "remove", "move"]
        .into_iter()
        .map(|name| view! { <Mistakes form=wire::form_state(name)/> })
        .collect();
    let empty = room.chapters.is_empty().then(|| {
        view! { <EmptyState title=studio::outline_empty(lang) icon=Glyph::List small=true/> }
    });
    let chapters: Vec<_> = room.chapters.iter().map(|part| chapter(lang, &room.draft.id, part)).collect();
    view! {
        <Course room=room.clone() door=Door::Outline lede=studio::outline_lede(lang)>
            {mistakes}
            {empty}
            <sortable-list data-order-url=here data-labels=elements::sortable_list(lang)>
                <ol class="board" role="list" data-sort-list="" data-sort-accepts="chapter">{chapters}</ol>
            </sortable-list>
            {add_chapter(lang)}
        </Course>
    }
    .into_any()
}

fn handle() -> impl IntoView {
    view! { <button type="button" class="handle" data-sort-handle="" hidden><Icon glyph=Glyph::Grip/></button> }
}

/// The buttons that do without script what dragging does.
fn mover(lang: Lang, kind: &'static str, id: String) -> impl IntoView {
    view! {
        <form method="post" class="cluster gap-1 wide-only" data-sort-move="">
            <input type="hidden" name="form" value="move"/>
            <input type="hidden" name=kind value=id/>
            <IconButton glyph=Glyph::ArrowUp label=studio::move_up(lang) name="move" value="up" small=true/>
            <IconButton glyph=Glyph::ArrowDown label=studio::move_down(lang) name="move" value="down" small=true/>
        </form>
    }
}

/// Renaming, moving and removing, behind one button.
fn more(lang: Lang, kind: &'static str, id: String, title: String) -> impl IntoView {
    let ask = format!("rename-{id}");
    view! {
        <Menu label=studio::more(lang, &title)>
            <form method="post" class="stack gap-3">
                <input type="hidden" name="form" value="rename"/>
                <input type="hidden" name=kind value=id.clone()/>
                <Field label=studio::title(lang) name="title" id=ask value=title maxlength=120 required=true/>
                <Button kind=Kind::Secondary size=Size::Small>{studio::rename(lang)}</Button>
            </form>
            <form method="post" class="cluster gap-1 phone-only" data-sort-move="">
                <input type="hidden" name="form" value="move"/>
                <input type="hidden" name=kind value=id.clone()/>
                <Button kind=Kind::Quiet size=Size::Small icon=Glyph::ArrowUp name="move" value="up">{studio::move_up(lang)}</Button>
                <Button kind=Kind::Quiet size=Size::Small icon=Glyph::ArrowDown name="move" value="down">{studio::move_down(lang)}</Button>
            </form>
            <form method="post">
                <input type="hidden" name="form" value="remove"/>
                <input type="hidden" name=kind value=id/>
                <Button kind=Kind::Danger size=Size::Small icon=Glyph::Trash>{studio::delete(lang)}</Button>
            </form>
        </Menu>
    }
}

fn chapter(lang: Lang, course: &CourseId, part: &ChapterLine) -> AnyView {
    let lessons: Vec<_> = part.lessons.iter().map(|line| lesson(lang, course, line)).collect();
    let none = part.lessons.is_empty().then(|| view! { <p class="small faint">{studio::empty_chapter(lang)}</p> });
    view! {
        <li class="board-chapter" id=format!("chapter-{}", part.id) data-sort-item=part.id.to_string() data-sort-kind="chapter" data-sort-name=part.title.clone()>
            <header>
                {handle()}
                <h3>{part.title.clone()}</h3>
                {mover(lang, "chapter", part.id.to_string())}
                {more(lang, "chapter", part.id.to_string(), part.title.clone())}
            </header>
            <ol class="board-lessons" role="list" data-sort-list="" data-sort-accepts="lesson">{lessons}</ol>
            <div class="board-foot">{none}{add_lesson(lang, part)}</div>
        </li>
    }
    .into_any()
}

pub(super) fn glyph(kind: LessonKind) -> Glyph {
    match kind {
        LessonKind::Video => Glyph::Video,
        LessonKind::Audio => Glyph::Audio,
        LessonKind::Text => Glyph::Article,
        LessonKind::Pdf => Glyph::Pdf,
    }
}

fn lesson(lang: Lang, course: &CourseId, line: &LessonLine) -> AnyView {
    let empty = (!line.ready).then(|| view! { <Badge tone=Tone::Warning>{studio::empty_lesson(lang)}</Badge> });
    let preview = line.preview.then(|| view! { <Badge tone=Tone::Info>{studio::free_preview(lang)}</Badge> });
    let length =
        (line.ready && line.seconds > 0).then(|| view! { <span class="small faint num">{numbers::clock(line.seconds)}</span> });
    view! {
        <li data-sort-item=line.id.to_string() data-sort-kind="lesson" data-sort-name=line.title.clone()>
            <span>{handle()}</span>
            <Icon glyph=glyph(line.kind) label=catalog::lesson_kind(lang, line.kind)/>
            <a href=routes::studio_lesson(lang, course, &line.id)>{line.title.clone()}</a>
            <span class="cluster gap-2 wide-only">{preview}{empty}{length}</span>
            <span class="cluster gap-1">
                {mover(lang, "lesson", line.id.to_string())}
                {more(lang, "lesson", line.id.to_string(), line.title.clone())}
            </span>
        </li>
    }
    .into_any()
}

fn add_lesson(lang: Lang, part: &ChapterLine) -> AnyView {
    let (title, kind) = (format!("lesson-of-{}", part.id), format!("kind-of-{}", part.id));
    let kinds = [LessonKind::Text, LessonKind::Video, LessonKind::Audio, LessonKind::Pdf];
    let options = kinds.into_iter().map(|kind| Answer::new(kind.as_str(), catalog::lesson_kind(lang, kind))).collect();
    view! {
        <details class="full">
            <summary class="btn btn-quiet btn-small" aria-label=studio::add_lesson_to(lang, &part.title)><Icon glyph=Glyph::Plus/><span>{studio::add_lesson(lang)}</span></summary>
            <form method="post" class="stack gap-3 mt-4" data-once="">
                <input type="hidden" name="form" value="add_lesson"/>
                <input type="hidden" name="chapter" value=part.id.to_string()/>
                <div class="grid-2">
                    <Field label=studio::lesson_title(lang) name="title" id=title required=true maxlength=120/>
                    <Select label=studio::lesson_kind(lang) name="kind" id=kind options/>
                </div>
                <div><Button kind=Kind::Secondary size=Size::Small>{studio::add_lesson(lang)}</Button></div>
            </form>
        </details>
    }
    .into_any()
}

fn add_chapter(lang: Lang) -> AnyView {
    let form = wire::form_state("add_chapter");
    view! {
        <form method="post" class="box quiet stack gap-3" data-once="">
            <input type="hidden" name="form" value="add_chapter"/>
            <Field label=studio::chapter_title(lang) name="title" value=form.value("title", "") error=ui::wrong(&form, "title") required=true maxlength=120/>
            <div><Button kind=Kind::Secondary icon=Glyph::Plus>{studio::add_chapter(lang)}</Button></div>
        </form>
    }
    .into_any()
}
