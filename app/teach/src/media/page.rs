//! The library with its uploader, captions and what can be thrown away.

use super::api;
use crate::shell::{Place, Studio};
use leptos::prelude::*;
use locale::{dates, elements, numbers, orders, studio};
use model::media::{MediaItem, MediaKind};
use model::paging::{Page, page_number};
use model::{Lang, routes};
use ui::{
    Answer, Badge, Button, EmptyState, Field, Glyph, Icon, Kind, Menu, Mistakes, Notice, OneButton, Pager, Select, Size,
    TextArea, Tone, loaded, wrong,
};

#[component]
pub fn MediaPage() -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_my_library(page_number(wire::query().get("page"))), content)}</main> }
}

fn content(files: Page<MediaItem>) -> AnyView {
    let lang = wire::lang();
    let mistakes: Vec<_> = ["captions", "drop_captions", "throw_away"]
        .into_iter()
        .map(|name| view! { <Mistakes form=wire::form_state(name)/> })
        .collect();
    let (page, pages) = (files.number, files.pages());
    let files = files.items;
    let list = match files.is_empty() {
        true => view! { <EmptyState title=studio::library_empty(lang) text=studio::library_empty_text(lang) icon=Glyph::Video small=true/> }.into_any(),
        false => {
            let rows: Vec<_> = files.into_iter().map(|file| view! { <li>{row(lang, &file)}</li> }).collect();
            view! { <ul class="list" role="list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <Studio place=Place::Library title=studio::media(lang) lede=studio::library_lede(lang)>
            {done(lang)}
            {mistakes}
            {uploader(lang)}
            {list}
            <Pager page pages link=numbered base=routes::studio_media(lang) label=orders::pages(lang) previous=orders::previous(lang) next=orders::next(lang)/>
        </Studio>
    }
    .into_any()
}

fn done(lang: Lang) -> Option<impl IntoView> {
    let words = match wire::query().get("done")? {
        "captions" => studio::captions_saved(lang),
        "deleted" => studio::deleted(lang),
        _ => studio::uploaded(lang),
    };
    Some(view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })
}

fn uploader(lang: Lang) -> AnyView {
    let form = wire::form_state("upload");
    view! {
        <media-uploader data-endpoint="/uploads" data-purpose="lesson" data-max-bytes="2147483648" data-submit="auto" data-labels=elements::media_uploader(lang)>
            <form method="post" enctype="multipart/form-data" class="stack gap-3">
                <input type="hidden" name="form" value="upload"/>
                <input type="hidden" name="media_id"/>
                <div class="drop">
                    <Icon glyph=Glyph::Upload/>
                    <Field label=studio::upload_lead(lang) name="file" kind="file" accept="video/mp4,video/webm,audio/*,application/pdf,image/jpeg,image/png,image/webp"
                        help=studio::upload_help(lang) error=wrong(&form, "file")/>
                </div>
                <div><Button kind=Kind::Secondary icon=Glyph::Upload>{studio::upload(lang)}</Button></div>
            </form>
        </media-uploader>
    }
    .into_any()
}

fn glyph(kind: MediaKind) -> Glyph {
    match kind {
        MediaKind::Video => Glyph::Video,
        MediaKind::Audio => Glyph::Audio,
        MediaKind::Image => Glyph::Image,
        MediaKind::Pdf => Glyph::Pdf,
    }
}

fn numbered(base: &str, number: u32) -> String {
    format!("{base}?page={number}")
}

/// Megabytes or kilobytes, as people say it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn row(lang: Lang, file: &MediaItem) -> AnyView {
    let length = (file.seconds > 0).then(|| view! { <span class="num">{numbers::clock(file.seconds)}</span> });
    let spoken: Vec<_> = file
        .captions
        .iter()
        .map(|of| studio::lang_name(lang, *of))
        .map(|name| view! { <Badge icon=Glyph::Captions>{name}</Badge> })
        .collect();
    let captions = matches!(file.kind, MediaKind::Video | MediaKind::Audio).then(|| captions(lang, file));
    let id = file.id.to_string();
    view! {
        <div class="stack gap-2">
            <div class="split">
                <div class="pair">
                    <Icon glyph=glyph(file.kind) label=studio::media_kind(lang, file.kind)/>
                    <div class="stack gap-1">
                        <strong>{file.name.clone()}</strong>
                        <p class="meta">{length}<span class="num">{size(file.bytes)}</span><span>{dates::date(lang, file.created_at)}</span></p>
                    </div>
                </div>
                <div class="cluster gap-2">
                    {spoken}
                    <Menu label=studio::more(lang, &file.name)>
                        <OneButton form="throw_away" name="media_id" value=id label=studio::delete(lang) kind=Kind::Danger icon=Glyph::Trash/>
                    </Menu>
                </div>
            </div>
            {captions}
        </div>
    }
    .into_any()
}

fn captions(lang: Lang, file: &MediaItem) -> AnyView {
    let form = wire::form_state("captions");
    let form = if form.value("media_id", "") == file.id.as_str() { form } else { Default::default() };
    let languages = model::Lang::ALL.iter().map(|of| Answer::new(of.as_str(), studio::lang_name(lang, *of))).collect();
    let (text, spoken, file_id) = (format!("captions-{}", file.id), format!("lang-{}", file.id), format!("file-{}", file.id));
    let drop: Vec<_> = file
        .captions
        .iter()
        .map(|of| {
            let words = studio::captions_remove(lang, studio::lang_name(lang, *of));
            view! {
                <form method="post">
                    <input type="hidden" name="form" value="drop_captions"/>
                    <input type="hidden" name="media_id" value=file.id.to_string()/>
                    <input type="hidden" name="lang" value=of.as_str()/>
                    <Button kind=Kind::Quiet size=Size::Small>{words}</Button>
                </form>
            }
        })
        .collect();
    view! {
        <details open=form.fault().is_some()>
            <summary class="btn btn-quiet btn-small" aria-label=studio::captions_of(lang, &file.name)><Icon glyph=Glyph::Captions/><span>{studio::captions(lang)}</span></summary>
            <form method="post" enctype="multipart/form-data" class="stack gap-3 mt-4 measure" data-once="">
                <input type="hidden" name="form" value="captions"/>
                <input type="hidden" name="media_id" value=file.id.to_string()/>
                <Select label=studio::captions_lang(lang) name="lang" id=spoken options=languages value=form.value("lang", lang.as_str()) error=wrong(&form, "lang")/>
                <Field label=studio::captions_file(lang) name="captions_file" id=file_id kind="file" accept=".vtt,text/vtt" help=studio::captions_file_help(lang) error=wrong(&form, "captions_file")/>
                <TextArea label=studio::captions_text(lang) name="captions" id=text rows=6 placeholder="WEBVTT" value=form.value("captions", "") help=studio::captions_help(lang) error=wrong(&form, "captions")/>
                <div><Button kind=Kind::Secondary size=Size::Small>{studio::captions_save(lang)}</Button></div>
            </form>
            <div class="cluster gap-2">{drop}</div>
        </details>
    }
    .into_any()
}
