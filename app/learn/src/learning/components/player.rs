//! What is watched, heard or read from a file. Without script the browser's own controls play it.

use leptos::prelude::*;
use locale::{elements, learning};
use model::learning::LessonPage;
use model::media::{MediaKind, Playable};
use model::{Lang, routes};
use ui::{AudioFrame, ButtonLink, Cover, CoverShape, Glyph, Kind, MediaFrame};

/// Where a recording begins: what the address says, else where the person stopped, unless that was the very beginning or end.
fn begins_at(asked: Option<&str>, stopped: f64, length: u32) -> f64 {
    if let Some(asked) = asked.and_then(|text| text.parse::<f64>().ok()).filter(|t| t.is_finite() && *t >= 0.0) {
        return asked;
    }
    let at_the_end = length > 0 && stopped >= f64::from(length) * 0.97;
    if stopped > 3.0 && !at_the_end { stopped } else { 0.0 }
}

/// The recording inside `<lesson-player>`.
#[component]
pub fn Player(page: LessonPage, recording: Playable) -> impl IntoView {
    let lang = wire::lang();
    let link = |to: &Option<model::learning::LessonLink>| to.as_ref().map(|to| routes::lesson(lang, &page.course.slug, &to.id));
    let audio = recording.kind == MediaKind::Audio;
    let kind = if audio { "audio" } else { "video" };
    let source = format!("{}/source", routes::lesson(lang, &page.course.slug, &page.lesson.id));
    let progress = page.kept.then(|| format!("{}/progress", routes::lesson(lang, &page.course.slug, &page.lesson.id)));
    let ranges: Vec<String> = page.ranges.iter().map(|(from, to)| format!("[{from},{to}]")).collect();
    let ranges = format!("[{}]", ranges.join(","));
    let resume = (page.resume_seconds > 0.0).then(|| page.resume_seconds.to_string());
    let begins = begins_at(wire::query().get("t"), page.resume_seconds, recording.seconds);
    let poster = recording.poster.clone();
    let (next, previous) = (link(&page.next), link(&page.previous));
    let next_title = page.next.as_ref().map(|next| next.title.clone());
    let cover = audio.then(|| view! { <Cover id=page.course.id.to_string() shape=CoverShape::Thumb/> }.into_any());
    let player = view! {
        <lesson-player data-kind=kind data-lesson=page.lesson.id.to_string() data-labels=elements::lesson_player(lang)
            data-progress-url=progress data-source-url=source data-resume=resume data-ranges=ranges data-duration=recording.seconds.to_string()
            data-title=page.lesson.title.clone() data-course-title=page.course.title.clone() data-artwork=poster
            data-next-url=next data-next-title=next_title data-prev-url=previous data-autoplay-next="on" data-layout="on">
            {native(lang, &recording, begins)}
        </lesson-player>
    };
    if audio {
        view! { <AudioFrame cover=ui::slot(cover)>{player}</AudioFrame> }.into_any()
    } else {
        view! { <MediaFrame>{player}</MediaFrame> }.into_any()
    }
}

/// The browser's own element, beginning where it should even without script.
fn native(lang: Lang, recording: &Playable, begins: f64) -> AnyView {
    let src = if begins > 0.0 { format!("{}#t={begins:.1}", recording.src) } else { recording.src.clone() };
    let tracks: Vec<_> = recording
        .captions
        .iter()
        .map(|(captions, src)| {
            let (label, on) = (locale::shell::language_name(*captions), *captions == lang);
            view! { <track kind="captions" srclang=captions.tag() label=label src=src.clone() default=on/> }
        })
        .collect();
    let instead = view! { <p>{learning::cannot_play(lang)} <a href=recording.src.clone()>{learning::download(lang)}</a></p> };
    if recording.kind == MediaKind::Audio {
        return view! { <audio controls=true preload="metadata" src=src>{tracks}{instead}</audio> }.into_any();
    }
    let size = |n: u32| (n > 0).then(|| n.to_string());
    view! {
        <video controls=true playsinline=true preload="metadata" poster=recording.poster.clone() src=src
            width=size(recording.width) height=size(recording.height)>
            {tracks}{instead}
        </video>
    }
    .into_any()
}

/// A PDF in the page, and on its own for browsers that show none in a frame.
#[component]
pub fn Document(title: String, document: Playable) -> impl IntoView {
    let lang = wire::lang();
    let Playable { src, .. } = document;
    let own = src.clone();
    view! {
        <div class="stack gap-3">
            <MediaFrame document=true><iframe src=src title=learning::pdf_frame(lang, &title)></iframe></MediaFrame>
            <div><ButtonLink href=own kind=Kind::Secondary icon=Glyph::Pdf>{learning::open_pdf(lang)}</ButtonLink></div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::begins_at;

    #[test]
    fn a_recording_begins_where_the_address_says_or_where_one_stopped() {
        assert_eq!(begins_at(Some("12.5"), 100.0, 600), 12.5);
        assert_eq!(begins_at(Some("0"), 100.0, 600), 0.0);
        assert_eq!(begins_at(None, 100.0, 600), 100.0);
        assert_eq!(begins_at(Some("soon"), 100.0, 600), 100.0);
        assert_eq!(begins_at(Some("-5"), 0.0, 600), 0.0);
        assert_eq!(begins_at(None, 2.0, 600), 0.0, "hardly begun");
        assert_eq!(begins_at(None, 590.0, 600), 0.0, "at the end");
        assert_eq!(begins_at(None, 590.0, 0), 590.0, "of unknown length");
    }
}
