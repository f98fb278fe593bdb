//! The editor of a lesson.

use super::api;
use super::landing_page::theirs;
use super::lesson_file::LessonFile;
use super::said::Said;
use crate::shell::StateBadge;
use leptos::prelude::*;
use leptos_meta::{Link, Title};
use locale::{catalog, elements, shell, studio};
use model::authoring::{LessonDraft, LessonLine, LessonRoom};
use model::catalog::LessonKind;
use model::ids::{CourseId, LessonId};
use model::{FormState, Lang, routes};
use ui::{
    Badge, Breadcrumb, Button, ButtonLink, Checkbox, Crumb, Field, FormActions, Glyph, Kind, Mistakes, Notice, Size, TextArea,
    Tone, loaded, wrong,
};

#[component]
pub fn LessonPage(course: CourseId, lesson: LessonId) -> impl IntoView {
    view! {
        <Link rel="modulepreload" href=wire::assets().url("studio.js")/>
        <main id="main" tabindex="-1" class="page">{loaded(api::read_lesson_room(course, lesson), content)}</main>
    }
}

fn content(page: LessonRoom) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("lesson");
    let (draft, lesson) = (&page.room.draft, &page.lesson);
    let outline = routes::studio_course(lang, &draft.id, "outline");
    let steps =
        vec![Crumb::new(studio::my_courses(lang), routes::studio_courses(lang)), Crumb::new(draft.title.clone(), outline)];
    let saved = (wire::query().get("done") == Some("saved"))
        .then(|| view! { <Notice tone=Tone::Success live=true><p>{studio::saved(lang)}</p></Notice> });
    let preview = format!("{}?lesson={}", routes::studio_course(lang, &draft.id, "preview"), lesson.id);
    let (kind, state) = (lesson.kind, draft.state);
    let parts = view! { {editor(lang, &form, &draft.id, lesson)}{around(lang, &page)} };
    let other = fields(lesson);
    view! {
        <Title text=format!("{} · {} · {}", lesson.title, draft.title, shell::product(lang))/>
        <div class="stack gap-2">
        <Breadcrumb steps label=studio::path(lang)/>
        <header class="studio-head">
            <div class="stack gap-2">
                <h1 lang=draft.language.as_str()>{lesson.title.clone()}</h1>
                <p class="cluster gap-2"><Badge>{catalog::lesson_kind(lang, kind)}</Badge><StateBadge state/></p>
            </div>
            <ButtonLink href=preview kind=Kind::Secondary size=Size::Small icon=Glyph::Eye>{studio::see_preview(lang)}</ButtonLink>
        </header>
        </div>
        {saved}
        <Mistakes form=form.clone()/>
        {theirs(lang, &form, &other)}
        <div class="with-aside">
            <div class="stack gap-6">{parts}</div>
            <aside class="stack gap-5"><LessonFile page=page.clone()/></aside>
        </div>
    }
    .into_any()
}

/// Everything the form sends, as it stands in the database.
pub(super) fn fields(lesson: &LessonDraft) -> [(&'static str, String); 4] {
    let minutes = (lesson.kind == LessonKind::Pdf).then(|| (lesson.seconds / 60).to_string());
    [
        ("title", lesson.title.clone()),
        ("body", lesson.body.clone()),
        ("preview", if lesson.preview { "on".into() } else { String::new() }),
        ("minutes", minutes.unwrap_or_default()),
    ]
}

fn editor(lang: Lang, form: &FormState, course: &CourseId, lesson: &LessonDraft) -> AnyView {
    let here = routes::studio_lesson(lang, course, &lesson.id);
    let label = if lesson.kind == LessonKind::Text { studio::body(lang) } else { studio::body_of_media(lang) };
    let minutes = (lesson.kind == LessonKind::Pdf).then(|| {
        let fresh = (lesson.seconds / 60).to_string();
        view! { <Field label=studio::minutes(lang) name="minutes" inputmode="numeric" value=form.value("minutes", &fresh) error=wrong(form, "minutes") maxlength=3/> }
    });
    view! {
        <autosave-form data-save-url=here data-key=format!("lesson-{}", lesson.id) data-labels=elements::autosave_form(lang)>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="lesson"/>
                <input type="hidden" name="version" value=lesson.version.to_string()/>
                <Field label=studio::lesson_title(lang) name="title" value=form.value("title", &lesson.title) error=wrong(form, "title") required=true maxlength=120/>
                <Said field="title"/>
                <lesson-editor data-upload-url="/uploads" data-labels=elements::lesson_editor(lang)>
                    <TextArea label name="body" rows=18 value=form.value("body", &lesson.body) error=wrong(form, "body")/>
                </lesson-editor>
                <Said field="body"/>
                {minutes}
                <Checkbox label=studio::preview_label(lang) name="preview" checked=form.chosen("preview", "on", lesson.preview) note=studio::preview_note(lang)/>
                <FormActions><Button>{studio::save(lang)}</Button><output class="save-state" data-autosave-status=""></output></FormActions>
            </form>
        </autosave-form>
    }
    .into_any()
}

/// The lessons before and after.
fn around(lang: Lang, page: &LessonRoom) -> AnyView {
    let lines: Vec<&LessonLine> = page.room.chapters.iter().flat_map(|chapter| &chapter.lessons).collect();
    let at = lines.iter().position(|line| line.id == page.lesson.id);
    let link = |line: Option<&&LessonLine>, label: &'static str, icon| {
        line.map(|line| {
            view! {
                <ButtonLink href=routes::studio_lesson(lang, &page.room.draft.id, &line.id) kind=Kind::Quiet size=Size::Small icon>
                    {format!("{label}: {}", line.title)}
                </ButtonLink>
            }
        })
    };
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| lines.get(at));
    let after = at.and_then(|at| lines.get(at + 1));
    view! {
        <nav class="split" aria-label=studio::outline(lang)>
            <span>{link(before, studio::previous_lesson(lang), Glyph::ArrowLeft)}</span>
            <span>{link(after, studio::next_lesson(lang), Glyph::ArrowRight)}</span>
        </nav>
    }
    .into_any()
}
