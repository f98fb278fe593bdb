//! The demo's recordings and documents: bytes into the file store, entries into the libraries of those who teach with them.

use super::content::{self, Content, Media};
use super::past::Past;
use super::people::Cast;
use domain::media::{self, NewMedia};
use domain::{App, Error, Result};
use model::catalog::LessonKind;
use model::ids::MediaId;
use model::media::MediaKind;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::Tx;

/// One file whose bytes are in the store.
pub struct Stored {
    /// The handle of the instructor whose it is.
    owner: String,
    file: String,
    kind: MediaKind,
    name: String,
    seconds: u32,
    bytes: u64,
    digest: String,
    key: String,
    poster_key: Option<String>,
    captions: Vec<(model::Lang, &'static str)>,
}

/// What a lesson may point at, by its instructor's handle and the file's name.
pub type Library = BTreeMap<(String, String), (MediaId, u32)>;

/// Whose library holds all files, for trying the studio with them.
const COLLECTOR: &str = "ada";

/// Puts everybody's files into the store, each instructor's apart: whoever throws one away has thrown away their own. Doing it
/// again replaces each with the same bytes.
pub async fn store(app: &App, content: &Content) -> Result<Vec<Stored>, String> {
    let mut stored = Vec::new();
    for (owner, media) in wanted(content) {
        stored.push(store_one(app, owner, media).await?);
    }
    Ok(stored)
}

/// Which files which instructor has: those their courses show.
fn wanted(content: &Content) -> Vec<(&str, &Media)> {
    let shown = |owner: &str, media: &Media| {
        let theirs = content.courses.iter().filter(|course| course.instructor == owner);
        let mut lessons = theirs.flat_map(|course| &course.chapters).flat_map(|chapter| &chapter.lessons);
        owner == COLLECTOR || lessons.any(|lesson| lesson.media.as_ref() == Some(&media.file))
    };
    let owners = content.people.instructors.iter().map(|instructor| instructor.handle.as_str());
    owners
        .flat_map(|owner| content.media.iter().map(move |media| (owner, media)))
        .filter(|(owner, media)| shown(owner, media))
        .collect()
}

async fn store_one(app: &App, owner: &str, media: &Media) -> Result<Stored, String> {
    let bytes = content::bytes(&format!("media/{}", media.file))?;
    let key = keep(app, owner, &media.file).await?;
    let poster_key = if media.poster.is_empty() { None } else { Some(keep(app, owner, &media.poster).await?) };
    let base = media.file.rsplit_once('.').map_or(media.file.as_str(), |(base, _)| base);
    let captions = media
        .captions
        .iter()
        .map(|lang| content::text(&format!("media/{base}.{lang}.vtt")).map(|body| (*lang, body)))
        .collect::<Result<_, _>>()?;
    let name = if base.ends_with("-zh") { &media.title_zh } else { &media.title_en };
    Ok(Stored {
        owner: owner.into(),
        file: media.file.clone(),
        kind: kind(media.kind),
        name: name.clone(),
        seconds: media.seconds,
        bytes: bytes.len() as u64,
        digest: hex::encode(Sha256::digest(bytes)),
        key,
        poster_key,
        captions,
    })
}

/// The file store takes files, not bytes: through a temporary one.
async fn keep(app: &App, owner: &str, file: &str) -> Result<String, String> {
    let bytes = content::bytes(&format!("media/{file}"))?;
    let key = format!("demo/{owner}/{file}");
    let passing = std::env::temp_dir().join(format!("lectern-demo-{}-{file}", std::process::id()));
    let failed = |reason: std::io::Error| format!("{file}: {reason}");
    tokio::fs::write(&passing, bytes).await.map_err(failed)?;
    app.ports.files.keep(&key, passing).await.map_err(failed)?;
    Ok(key)
}

fn kind(kind: LessonKind) -> MediaKind {
    match kind {
        LessonKind::Video => MediaKind::Video,
        LessonKind::Audio => MediaKind::Audio,
        LessonKind::Text | LessonKind::Pdf => MediaKind::Pdf,
    }
}

fn content_type(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Video => "video/mp4",
        MediaKind::Audio => "audio/mp4",
        MediaKind::Image => "image/jpeg",
        MediaKind::Pdf => "application/pdf",
    }
}

/// Enters the files into the libraries.
pub async fn enter(past: &Past, tx: &mut Tx, files: &[Stored], cast: &Cast) -> Result<Library> {
    let mut library = Library::new();
    for file in files {
        let id: MediaId = past.app.new_id();
        let owner = cast.instructor(&file.owner).ok_or_else(|| Error::bug(format!("{} is nobody", file.owner)))?;
        let new = NewMedia {
            id: id.clone(),
            owner: owner.clone(),
            kind: file.kind,
            name: file.name.clone(),
            content_type: content_type(file.kind).into(),
            bytes: file.bytes,
            seconds: file.seconds,
            width: if file.kind == MediaKind::Video { 640 } else { 0 },
            height: if file.kind == MediaKind::Video { 360 } else { 0 },
            file_key: file.key.clone(),
            poster_key: file.poster_key.clone(),
            digest: file.digest.clone(),
        };
        media::add(tx, &new, past.app.now()).await?;
        for (lang, body) in &file.captions {
            media::set_captions(tx, &id, *lang, body).await?;
        }
        library.insert((file.owner.clone(), file.file.clone()), (id, file.seconds));
    }
    Ok(library)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lesson_s_file_is_in_the_library_of_who_teaches_it() {
        let content = content::read().expect("the content");
        let wanted = wanted(&content);
        for course in &content.courses {
            for lesson in course.chapters.iter().flat_map(|chapter| &chapter.lessons) {
                let Some(file) = &lesson.media else { continue };
                assert!(
                    wanted.iter().any(|(owner, media)| *owner == course.instructor && media.file == *file),
                    "{}: {file} is not in the library of {}",
                    course.slug,
                    course.instructor
                );
            }
        }
        assert!(wanted.len() < 6 * content.media.len(), "and nobody has what they do not show");
    }
}
