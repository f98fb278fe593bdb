//! The recording or document of a lesson: what it is, another one, none.

use leptos::prelude::*;
use locale::{elements, numbers, studio};
use model::authoring::LessonRoom;
use model::catalog::LessonKind;
use model::media::{MediaItem, MediaKind, Playable};
use model::{Lang, routes};
use ui::{Answer, Button, Field, Glyph, Icon, Kind, MediaFrame, Mistakes, Select, Size, wrong};

/// The file's part of the lesson page.
#[component]
pub fn LessonFile(page: LessonRoom) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("attach");
    let now = match &page.file {
        Some((item, file)) => shown(lang, item, file),
        None if page.lesson.kind == LessonKind::Text => {
            view! { <p class="muted">{studio::file_text_lesson(lang)}</p> }.into_any()
        }
        None => view! { <p class="muted">{studio::file_none(lang)}</p> }.into_any(),
    };
    view! {
        <section class="box stack gap-4" id="f-file">
            <h2 class="large">{studio::lesson_file(lang)}</h2>
            <Mistakes form=form.clone()/>
            {now}
            <media-uploader data-endpoint="/uploads" data-purpose="lesson" data-max-bytes="2147483648" data-submit="auto" data-labels=elements::media_uploader(lang)>
                <form method="post" enctype="multipart/form-data" class="stack gap-3">
                    <input type="hidden" name="form" value="attach"/>
                    <input type="hidden" name="media_id"/>
                    <div class="drop">
                        <Icon glyph=Glyph::Upload/>
                        <Field label=studio::upload_lead(lang) name="file" id="lesson-file" kind="file" accept="video/mp4,video/webm,audio/*,application/pdf" error=wrong(&form, "file")/>
                    </div>
                    <div><Button kind=Kind::Secondary size=Size::Small icon=Glyph::Upload>{studio::upload(lang)}</Button></div>
                </form>
            </media-uploader>
            {from_library(lang, &page)}
        </section>
    }
}

fn shown(lang: Lang, item: &MediaItem, file: &Playable) -> AnyView {
    let length = (item.seconds > 0).then(|| view! { <span class="num">{numbers::clock(item.seconds)}</span> });
    view! {
        {playing(lang, &item.name, file)}
        <div class="split">
            <p class="meta"><span>{item.name.clone()}</span><span>{studio::media_kind(lang, item.kind)}</span>{length}</p>
            <form method="post">
                <input type="hidden" name="form" value="detach"/>
                <Button kind=Kind::Quiet size=Size::Small>{studio::detach(lang)}</Button>
            </form>
        </div>
    }
    .into_any()
}

/// The file as the browser itself shows it.
pub(super) fn playing(lang: Lang, name: &str, file: &Playable) -> AnyView {
    let tracks: Vec<_> = file
        .captions
        .iter()
        .map(|(of, src)| view! { <track kind="captions" srclang=of.tag() label=studio::lang_name(lang, *of) src=src.clone()/> })
        .collect();
    let (src, label, poster) = (file.src.clone(), name.to_owned(), file.poster.clone());
    match file.kind {
        MediaKind::Video => view! {
            <MediaFrame><video controls playsinline preload="metadata" poster=poster src=src aria-label=label>{tracks}</video></MediaFrame>
        }
        .into_any(),
        MediaKind::Audio => view! { <audio class="full" controls preload="metadata" src=src aria-label=label>{tracks}</audio> }.into_any(),
        MediaKind::Image => view! { <img src=src alt=label/> }.into_any(),
        MediaKind::Pdf => {
            view! { <a class="btn btn-secondary btn-small" href=src target="_blank" rel="noopener"><Icon glyph=Glyph::Pdf/><span>{label}</span></a> }
                .into_any()
        }
    }
}

fn from_library(lang: Lang, page: &LessonRoom) -> Option<AnyView> {
    let options: Vec<_> = page
        .library
        .iter()
        .filter(|item| Some(&item.id) != page.lesson.media.as_ref())
        .map(|item| Answer::new(item.id.to_string(), format!("{} · {}", item.name, studio::media_kind(lang, item.kind))))
        .collect();
    (!options.is_empty()).then(|| {
        view! {
            <form method="post" class="stack gap-3">
                <input type="hidden" name="form" value="attach"/>
                <Select label=studio::choose_from_library(lang) name="media_id" options/>
                <div class="split">
                    <Button kind=Kind::Secondary size=Size::Small>{studio::attach(lang)}</Button>
                    <a class="small" href=routes::studio_media(lang)>{studio::media(lang)}</a>
                </div>
            </form>
        }
        .into_any()
    })
}
