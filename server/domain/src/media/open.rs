//! Opening a file: links for a page, and the check at every request for its bytes.

use super::link::{Audience, LIFETIME, Link, Purpose};
use super::queries;
use crate::{App, Error, Result, Visitor, entitlement};
use model::Fault;
use model::ids::MediaId;
use model::media::Playable;
use store::Conn;

/// Which bytes of a file are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    File,
    Poster,
    Captions(model::Lang),
}

/// What may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// Bytes in the file store.
    Stored { key: String, content_type: String, digest: String, name: String },
    /// A text we hold ourselves.
    Text { body: String, content_type: &'static str },
}

/// Addresses of a file for a page that may show it: the caller has checked the right to.
pub async fn playable(
    app: &App,
    conn: &mut Conn,
    media: &MediaId,
    purpose: Purpose,
    audience: Audience,
) -> Result<Option<Playable>> {
    let Some(found) = queries::find(conn, media).await? else { return Ok(None) };
    let link = Link { media: media.clone(), purpose, audience, expires: app.now() + LIFETIME };
    let query = link.query(&app.settings.media_key);
    let captions = queries::caption_langs(conn, media).await?;
    Ok(Some(Playable {
        kind: found.kind,
        src: format!("/media/{media}/file?{query}"),
        content_type: found.content_type,
        seconds: found.seconds,
        width: found.width,
        height: found.height,
        poster: found.poster_key.map(|_| format!("/media/{media}/poster")),
        captions: captions.into_iter().map(|lang| (lang, format!("/media/{media}/captions.{lang}?{query}"))).collect(),
    }))
}

/// Checks a request for bytes and finds them. Images and posters are open to all; everything else needs a link that is ours,
/// alive, the asker's own, and whose grant still stands.
pub async fn open(app: &App, visitor: &Visitor, media: &MediaId, part: Part, link: Option<(Link, String)>) -> Result<Opened> {
    let mut conn = app.db.read().await?;
    let found = queries::find(&mut conn, media).await?.ok_or_else(Error::not_found)?;
    let public = part == Part::Poster || found.kind == model::media::MediaKind::Image;
    if !public {
        let (link, signature) = link.ok_or(Error::Fault(Fault::Forbidden))?;
        let ours = link.media == *media && app.settings.keys().any(|key| link.holds(key, &signature, app.now()));
        if !ours || !may(app, &mut conn, visitor, &link, &found).await? {
            return Err(Error::Fault(Fault::Forbidden));
        }
    }
    match part {
        Part::File => {
            Ok(Opened::Stored { key: found.file_key, content_type: found.content_type, digest: found.digest, name: found.name })
        }
        Part::Poster => {
            let key = found.poster_key.ok_or_else(Error::not_found)?;
            Ok(Opened::Stored { digest: crate::secrets::hash(&key), key, content_type: "image/jpeg".into(), name: found.name })
        }
        Part::Captions(lang) => {
            let body = queries::captions(&mut conn, media, lang).await?.ok_or_else(Error::not_found)?;
            Ok(Opened::Text { body, content_type: "text/vtt; charset=utf-8" })
        }
    }
}

async fn may(app: &App, conn: &mut Conn, visitor: &Visitor, link: &Link, media: &queries::Found) -> Result<bool> {
    let asker = visitor.me.as_ref().map(|me| &me.id);
    if let Audience::Account(account) = &link.audience
        && asker != Some(account)
    {
        return Ok(false);
    }
    match &link.purpose {
        Purpose::Own => Ok(asker == Some(&media.owner)),
        Purpose::Lesson(lesson) => {
            let Some(place) = queries::lesson_of(conn, lesson, &media.id).await? else { return Ok(false) };
            let access = entitlement::may_open(conn, asker, &place.course, app.now()).await?;
            Ok(entitlement::may_preview(access, place.preview))
        }
    }
}
