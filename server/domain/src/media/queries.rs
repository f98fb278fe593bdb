//! The statements of media.

use crate::Result;
use model::ids::{AccountId, CourseId, LessonId, MediaId};
use model::media::{MediaItem, MediaKind};
use model::{Lang, Moment};
use store::{Conn, Row, Tx, sql};

/// A file that was taken into the store, to be entered into the library.
#[derive(Debug, Clone)]
pub struct NewMedia {
    pub id: MediaId,
    pub owner: AccountId,
    pub kind: MediaKind,
    pub name: String,
    pub content_type: String,
    pub bytes: u64,
    /// Length of a recording; 0 where there is none or it is not known.
    pub seconds: u32,
    pub width: u32,
    pub height: u32,
    pub file_key: String,
    pub poster_key: Option<String>,
    /// SHA-256 of the bytes in hex.
    pub digest: String,
}

/// Enters a file into its owner's library.
pub async fn add(tx: &mut Tx, media: &NewMedia, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO media (id, owner_id, kind, name, content_type, bytes, seconds, width, height, file_key, poster_key, digest, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    ))
    .bind(media.id.as_str())
    .bind(media.owner.as_str())
    .bind(media.kind.as_str())
    .bind(media.name.as_str())
    .bind(media.content_type.as_str())
    .bind(i64::try_from(media.bytes).unwrap_or(i64::MAX))
    .bind(i64::from(media.seconds))
    .bind(i64::from(media.width))
    .bind(i64::from(media.height))
    .bind(media.file_key.as_str())
    .bind(media.poster_key.clone())
    .bind(media.digest.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Sets the captions of one language; `body` is WebVTT.
pub async fn set_captions(tx: &mut Tx, media: &MediaId, lang: Lang, body: &str) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO media_captions (media_id, lang, body) VALUES ($1, $2, $3)
         ON CONFLICT (media_id, lang) DO UPDATE SET body = excluded.body"
    ))
    .bind(media.as_str())
    .bind(lang.as_str())
    .bind(body)
    .execute()
    .await?;
    Ok(())
}

/// A file of the library.
#[derive(Debug, Clone)]
pub struct Found {
    pub id: MediaId,
    pub owner: AccountId,
    pub kind: MediaKind,
    pub name: String,
    pub content_type: String,
    pub seconds: u32,
    pub width: u32,
    pub height: u32,
    pub file_key: String,
    pub poster_key: Option<String>,
    pub digest: String,
}

pub async fn find(conn: &mut Conn, media: &MediaId) -> Result<Option<Found>> {
    let found = conn
        .query(sql!(
            "SELECT id, owner_id, kind, name, content_type, seconds, width, height, file_key, poster_key, digest FROM media WHERE id = $1"
        ))
        .bind(media.as_str())
        .optional(|row| {
            Ok(Found {
                id: row.parse("id")?,
                owner: row.parse("owner_id")?,
                kind: row.parse("kind")?,
                name: row.get("name")?,
                content_type: row.get("content_type")?,
                seconds: count(row, "seconds")?,
                width: count(row, "width")?,
                height: count(row, "height")?,
                file_key: row.get("file_key")?,
                poster_key: row.get("poster_key")?,
                digest: row.get("digest")?,
            })
        })
        .await?;
    Ok(found)
}

fn count(row: &Row, column: &str) -> Result<u32, store::Error> {
    Ok(u32::try_from(row.get::<i64>(column)?).unwrap_or_default())
}

pub async fn caption_langs(conn: &mut Conn, media: &MediaId) -> Result<Vec<Lang>> {
    let langs = conn
        .query(sql!("SELECT lang FROM media_captions WHERE media_id = $1 ORDER BY lang DESC"))
        .bind(media.as_str())
        .all(|row| row.parse("lang"))
        .await?;
    Ok(langs)
}

pub async fn captions(conn: &mut Conn, media: &MediaId, lang: Lang) -> Result<Option<String>> {
    let body = conn
        .query(sql!("SELECT body FROM media_captions WHERE media_id = $1 AND lang = $2"))
        .bind(media.as_str())
        .bind(lang.as_str())
        .optional(|row| row.get("body"))
        .await?;
    Ok(body)
}

/// Where a file is used.
pub struct Place {
    pub course: CourseId,
    pub preview: bool,
}

/// The lesson's course, if the lesson really shows this file.
pub async fn lesson_of(conn: &mut Conn, lesson: &LessonId, media: &MediaId) -> Result<Option<Place>> {
    let place = conn
        .query(sql!("SELECT course_id, preview FROM lessons WHERE id = $1 AND media_id = $2"))
        .bind(lesson.as_str())
        .bind(media.as_str())
        .optional(|row| Ok(Place { course: row.parse("course_id")?, preview: row.get("preview")? }))
        .await?;
    Ok(place)
}

fn item_of(row: &Row) -> Result<MediaItem, store::Error> {
    Ok(MediaItem {
        id: row.parse("id")?,
        kind: row.parse("kind")?,
        name: row.get("name")?,
        bytes: u64::try_from(row.get::<i64>("bytes")?).unwrap_or_default(),
        seconds: count(row, "seconds")?,
        captions: Vec::new(),
        created_at: Moment::from_millis(row.get("created_at")?),
    })
}

/// One file as its owner sees it.
pub async fn item(conn: &mut Conn, id: &MediaId) -> Result<Option<MediaItem>> {
    let item = conn
        .query(sql!("SELECT id, kind, name, bytes, seconds, created_at FROM media WHERE id = $1"))
        .bind(id.as_str())
        .optional(item_of)
        .await?;
    match item {
        Some(item) => Ok(Some(MediaItem { captions: caption_langs(conn, id).await?, ..item })),
        None => Ok(None),
    }
}

/// How many files an owner has.
pub async fn how_many(conn: &mut Conn, owner: &AccountId) -> Result<u64> {
    let many = conn
        .query(sql!("SELECT COUNT(*) AS many FROM media WHERE owner_id = $1"))
        .bind(owner.as_str())
        .one(|row| row.get::<i64>("many"))
        .await?;
    Ok(u64::try_from(many).unwrap_or_default())
}

/// So many of an owner's files after the newest `skipped`, newest first.
pub async fn library(conn: &mut Conn, owner: &AccountId, skipped: i64, limit: i64) -> Result<Vec<MediaItem>> {
    let mut items = conn
        .query(sql!(
            "SELECT id, kind, name, bytes, seconds, created_at FROM media WHERE owner_id = $1
              ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(owner.as_str())
        .bind(limit)
        .bind(skipped)
        .all(item_of)
        .await?;
    let captions = conn
        .query(sql!("SELECT c.media_id, c.lang FROM media_captions c JOIN media m ON m.id = c.media_id WHERE m.owner_id = $1"))
        .bind(owner.as_str())
        .all(|row| Ok((row.parse::<MediaId>("media_id")?, row.parse::<Lang>("lang")?)))
        .await?;
    for item in &mut items {
        item.captions = captions.iter().filter(|(id, _)| *id == item.id).map(|(_, lang)| *lang).collect();
    }
    Ok(items)
}

pub async fn remove_captions(tx: &mut Tx, media: &MediaId, lang: Lang) -> Result<()> {
    tx.query(sql!("DELETE FROM media_captions WHERE media_id = $1 AND lang = $2"))
        .bind(media.as_str())
        .bind(lang.as_str())
        .execute()
        .await?;
    Ok(())
}

/// Takes a file out of the library; nothing may show it any more. Its bytes are the caller's to remove.
pub async fn remove(tx: &mut Tx, media: &MediaId) -> Result<()> {
    tx.query(sql!("DELETE FROM media_captions WHERE media_id = $1")).bind(media.as_str()).execute().await?;
    tx.query(sql!("DELETE FROM media WHERE id = $1")).bind(media.as_str()).execute().await?;
    Ok(())
}

/// How many bytes the owner's files take.
pub async fn bytes_of(conn: &mut Conn, owner: &AccountId) -> Result<u64> {
    let bytes: i64 = conn
        .query(sql!("SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes FROM media WHERE owner_id = $1"))
        .bind(owner.as_str())
        .one(|row| row.get("bytes"))
        .await?;
    Ok(u64::try_from(bytes).unwrap_or_default())
}
