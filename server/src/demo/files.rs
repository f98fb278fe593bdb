//! The demo's recordings and documents: bytes into the file store, entries into Ada's library.

use super::content::{self, Media};
use super::past::Past;
use super::people::Cast;
use domain::media::{self, NewMedia};
use domain::{App, Result};
use model::catalog::LessonKind;
use model::ids::MediaId;
use model::media::MediaKind;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::Tx;

/// One file whose bytes are in the store.
pub struct Stored {
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

/// What a lesson may point at, by file name.
pub type Library = BTreeMap<String, (MediaId, u32)>;

/// Puts every file into the store. Doing it again replaces each with the same bytes.
pub async fn store(app: &App, media: &[Media]) -> Result<Vec<Stored>, String> {
    let mut stored = Vec::new();
    for one in media {
        stored.push(store_one(app, one).await?);
    }
    Ok(stored)
}

async fn store_one(app: &App, media: &Media) -> Result<Stored, String> {
    let bytes = content::bytes(&format!("media/{}", media.file))?;
    let key = keep(app, &media.file).await?;
    let poster_key = if media.poster.is_empty() { None } else { Some(keep(app, &media.poster).await?) };
    let base = media.file.rsplit_once('.').map_or(media.file.as_str(), |(base, _)| base);
    let captions = media
        .captions
        .iter()
        .map(|lang| content::text(&format!("media/{base}.{lang}.vtt")).map(|body| (*lang, body)))
        .collect::<Result<_, _>>()?;
    let name = if base.ends_with("-zh") { &media.title_zh } else { &media.title_en };
    Ok(Stored {
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
async fn keep(app: &App, file: &str) -> Result<String, String> {
    let bytes = content::bytes(&format!("media/{file}"))?;
    let key = format!("demo/{file}");
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

/// Enters the files into Ada's library.
pub async fn enter(past: &Past, tx: &mut Tx, files: &[Stored], cast: &Cast) -> Result<Library> {
    let mut library = Library::new();
    for file in files {
        let id: MediaId = past.app.new_id();
        let new = NewMedia {
            id: id.clone(),
            owner: cast.ada().clone(),
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
        library.insert(file.file.clone(), (id, file.seconds));
    }
    Ok(library)
}
