//! The instructor's library as the studio works with it: what there is, captions, and throwing away what nothing uses.

use super::author::instructor;
use super::{queries, webvtt};
use crate::error::OrNotFound;
use crate::media::{self, Found};
use crate::{App, Error, Member, Result, catalog};
use model::authoring::Refusal;
use model::ids::{AccountId, MediaId};
use model::media::{MediaItem, MediaKind, SendCaptions};
use model::paging::Page;
use model::{Lang, Problem};
use store::Conn;

/// How many files a page of the library shows, and how many a lesson's form offers.
const PER_PAGE: u32 = 50;
const OFFERED: i64 = 500;

/// What the instructor has uploaded, the newest first. A page behind the last is the last.
pub async fn library(app: &App, member: &Member, number: u32) -> Result<Page<MediaItem>> {
    instructor(member)?;
    let mut conn = app.db.read().await?;
    let mut page = Page { items: Vec::new(), number, per_page: PER_PAGE, total: media::how_many(&mut conn, &member.id).await? };
    page.number = number.clamp(1, page.pages());
    let skipped = i64::from(page.number - 1) * i64::from(PER_PAGE);
    page.items = media::library(&mut conn, &member.id, skipped, i64::from(PER_PAGE)).await?;
    Ok(page)
}

/// The newest files, to choose one from.
pub(super) async fn newest(conn: &mut Conn, owner: &AccountId) -> Result<Vec<MediaItem>> {
    media::library(conn, owner, 0, OFFERED).await
}

/// A file of this owner; anybody else's is not found.
pub(super) async fn owned(conn: &mut Conn, owner: &AccountId, id: &MediaId) -> Result<Found> {
    media::find(conn, id).await?.filter(|found| found.owner == *owner).or_not_found()
}

/// Checks that a file is the member's own.
pub async fn own(app: &App, member: &Member, id: &MediaId) -> Result<()> {
    instructor(member)?;
    let mut conn = app.db.read().await?;
    owned(&mut conn, &member.id, id).await.map(|_| ())
}

/// Sets the captions of a recording in one language; `text` is WebVTT.
pub async fn add_captions(app: &App, member: &Member, id: &MediaId, sent: &SendCaptions) -> Result<()> {
    instructor(member)?;
    let lang: Lang = sent.lang.parse().map_err(|_| Error::field("lang", Problem::NotAChoice))?;
    let (field, text) = sent.text();
    let body = webvtt::read(text).map_err(|problem| Error::field(field, problem))?;
    app.db
        .write(async |tx| {
            let file = owned(tx, &member.id, id).await?;
            if !matches!(file.kind, MediaKind::Video | MediaKind::Audio) {
                return Err(Error::field(field, Problem::WrongKindOfFile));
            }
            media::set_captions(tx, id, lang, &body).await
        })
        .await
}

/// Takes the captions of one language away.
pub async fn remove_captions(app: &App, member: &Member, id: &MediaId, lang: &str) -> Result<()> {
    instructor(member)?;
    let lang: Lang = lang.parse().map_err(|_| Error::field("lang", Problem::NotAChoice))?;
    app.db
        .write(async |tx| {
            owned(tx, &member.id, id).await?;
            media::remove_captions(tx, id, lang).await
        })
        .await
}

/// Throws a file away. Refused while a lesson, a cover or an edition shows it.
pub async fn remove_file(app: &App, member: &Member, id: &MediaId) -> Result<()> {
    instructor(member)?;
    let file = app
        .db
        .write(async |tx| {
            let file = owned(tx, &member.id, id).await?;
            if queries::uses(tx, id).await? || catalog::shows(tx, id).await? {
                return Err(Error::refuse(model::Refusal::Authoring(Refusal::FileInUse)));
            }
            media::remove(tx, id).await?;
            Ok(file)
        })
        .await?;
    for key in file.poster_key.iter().chain([&file.file_key]) {
        if let Err(cause) = app.ports.files.remove(key).await {
            tracing::warn!(%cause, %key, "a file without an entry could not be removed");
        }
    }
    Ok(())
}
