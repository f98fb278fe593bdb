//! Forms that bring a file along without script: the file goes into the library on its way, and the form is read as if an
//! uploader had put the file's id into its field `media_id`.

mod form;

use super::{Site, uploads};
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::uploads::{NewUpload, Purpose};
use domain::{Error, Visitor};
use form::{Form, Part};
use model::{Fault, Problem};

/// The longest field that is not a file, and how many there may be.
const FIELD_BYTES: usize = 256 * 1024;
const FIELDS: usize = 100;

/// What came with a form.
pub struct Sent {
    fields: Vec<(String, String)>,
    /// Why the file that came along was not taken.
    refused: Option<Fault>,
}

impl Sent {
    pub fn plain(fields: Vec<(String, String)>) -> Self {
        Self { fields, refused: None }
    }
    pub fn all(&self) -> &[(String, String)] {
        &self.fields
    }
    pub fn into_parts(self) -> (Vec<(String, String)>, Option<Fault>) {
        (self.fields, self.refused)
    }
}

/// A field whose file is text to be read with the form, and no file of the library.
const TEXT_FILE: &str = "captions_file";

/// Reads the form; its first file is taken for the visitor.
pub async fn read(site: &Site, visitor: &Visitor, kind: &str, body: Body) -> Result<Sent, Response> {
    let mut form = Form::open(kind, body).await.map_err(unreadable)?;
    let mut sent = Sent::plain(Vec::new());
    while let Some(mut field) = form.next().await.map_err(unreadable)? {
        let name = field.name().to_owned();
        if let Some(file) = field.file_name() {
            // none chosen
            if file.is_empty() {
                continue;
            }
            if sent.refused.is_some() {
                field.pass_over().await.map_err(unreadable)?;
                continue;
            }
            if name == TEXT_FILE {
                match text(&mut field).await? {
                    Ok(text) => sent.fields.push((name, text)),
                    Err(fault) => {
                        sent.refused = Some(fault);
                        field.pass_over().await.map_err(unreadable)?;
                    }
                }
                continue;
            }
            let purpose =
                if sent.fields.iter().any(|(n, v)| n == "purpose" && v == "image") { Purpose::Image } else { Purpose::Lesson };
            match take(site, visitor, purpose, &mut field).await {
                Ok(media) => {
                    sent.fields.retain(|(name, _)| name != "media_id");
                    sent.fields.push(("media_id".into(), media));
                }
                Err(Error::Fault(fault)) => {
                    sent.refused = Some(fault);
                    field.pass_over().await.map_err(unreadable)?;
                }
                Err(cause) => return Err(uploads::broken(&cause)),
            }
        } else {
            if sent.fields.len() >= FIELDS {
                return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
            }
            let value = bounded(&mut field).await?;
            // an uploader's empty field does not undo the file that came first
            if name != "media_id" || !value.is_empty() {
                sent.fields.push((name, value));
            }
        }
    }
    Ok(sent)
}

fn unreadable(_: form::Unreadable) -> Response {
    StatusCode::BAD_REQUEST.into_response()
}

/// The largest form with a small file in it, and the file's own limit.
pub const HELD_BYTES: usize = model::invoices::FILE_MAX + FIELD_BYTES;

/// Reads a form whose small file is a part of what it says: the file is its field, in base64.
pub async fn hold(kind: &str, body: Body) -> Result<Sent, Response> {
    let mut form = Form::open(kind, body).await.map_err(unreadable)?;
    let mut sent = Sent::plain(Vec::new());
    while let Some(mut field) = form.next().await.map_err(unreadable)? {
        if sent.fields.len() >= FIELDS {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        }
        let name = field.name().to_owned();
        if field.file_name().is_none() {
            sent.fields.push((name, bounded(&mut field).await?));
            continue;
        }
        match field.all(model::invoices::FILE_MAX).await.map_err(unreadable)? {
            Some(bytes) => sent.fields.push((name, STANDARD.encode(bytes))),
            None => {
                let problem = Problem::TooLarge { max_bytes: model::invoices::FILE_MAX as u64 };
                sent.refused = Some(Fault::field(&name, problem));
                field.pass_over().await.map_err(unreadable)?;
            }
        }
    }
    Ok(sent)
}

/// A file of text, or what is wrong with it.
async fn text(field: &mut Part<'_>) -> Result<Result<String, Fault>, Response> {
    let Some(bytes) = field.all(FIELD_BYTES).await.map_err(unreadable)? else {
        return Ok(Err(Fault::field(TEXT_FILE, Problem::TooLarge { max_bytes: FIELD_BYTES as u64 })));
    };
    let problem = if bytes.is_empty() { Problem::Required } else { Problem::WrongKindOfFile };
    Ok(String::from_utf8(bytes).ok().filter(|text| !text.is_empty()).ok_or_else(|| Fault::field(TEXT_FILE, problem)))
}

async fn bounded(field: &mut Part<'_>) -> Result<String, Response> {
    let bytes = field.all(FIELD_BYTES).await.map_err(unreadable)?;
    let bytes = bytes.ok_or_else(|| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
    String::from_utf8(bytes).map_err(|_| StatusCode::BAD_REQUEST.into_response())
}

/// How much is written at once.
const PIECE: usize = 1024 * 1024;

/// Takes a file of unknown length: an upload is begun at the limit of its kind and closed at what came.
async fn take(site: &Site, visitor: &Visitor, purpose: Purpose, field: &mut Part<'_>) -> Result<String, Error> {
    let (app, member) = (&site.app, visitor.member()?);
    let new = NewUpload {
        name: field.file_name().unwrap_or_default().to_owned(),
        content_type: field.content_type().to_owned(),
        purpose,
        bytes: 0,
        metadata: String::new(),
    };
    let upload = domain::uploads::begin_open(app, &member, &new).await?;
    let mut receiving = domain::uploads::receive(app, &site.busy, &member, &upload.id, 0).await?;
    let mut piece = Vec::with_capacity(PIECE);
    let outcome = async {
        loop {
            let chunk = field.chunk().await.map_err(|_| Error::field("file", Problem::Unreadable))?;
            if let Some(chunk) = &chunk {
                piece.extend_from_slice(chunk);
            }
            if piece.len() >= PIECE || (chunk.is_none() && !piece.is_empty()) {
                receiving.write(app, &piece).await?;
                piece.clear();
            }
            if chunk.is_none() {
                return receiving.close(app).await;
            }
        }
    }
    .await;
    if let Err(cause) = outcome {
        drop(receiving);
        domain::uploads::cancel(app, &site.busy, &member, &upload.id).await?;
        return Err(cause);
    }
    let complete = receiving.upload.clone();
    drop(receiving);
    Ok(uploads::finish(site, &member, &complete).await?.media.to_string())
}
