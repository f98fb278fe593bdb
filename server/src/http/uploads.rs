//! Resumable uploads: tus 1.0 with creation, termination, expiration and checksum (<https://tus.io/protocols/resumable-upload>).

mod body;
mod checksum;
mod metadata;

pub use body::SILENCE;

use super::{Site, json};
use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use checksum::Checksum;
use domain::uploads::{self, Finished, NewUpload, Purpose, Upload};
use domain::{Error, Member, Visitor};
use model::ids::UploadId;
use model::{Fault, Lang, Problem, Refusal, authoring};
use std::time::Duration;
use tracing::Instrument;

const VERSION: &str = "1.0.0";
/// The longest `Upload-Metadata` we keep, in characters.
const METADATA: u32 = 4000;
/// How long an uploader waits for a file to be looked into before it is told that it will be.
const CHECKING: Duration = Duration::from_secs(10);
/// A piece did not match the checksum that came with it.
const CHECKSUM_MISMATCH: u16 = 460;

/// OPTIONS: what we speak.
pub async fn options() -> Response {
    let extension = [("tus-version", VERSION), ("tus-extension", "creation,termination,expiration,checksum")];
    let limits = [("tus-max-size", "2147483648"), ("tus-checksum-algorithm", checksum::ALGORITHMS)];
    tus(StatusCode::NO_CONTENT, extension.into_iter().chain(limits).map(|(name, value)| (name, value.to_owned())))
}

/// POST: begins an upload.
pub async fn create(State(site): State<Site>, Extension(visitor): Extension<Visitor>, headers: HeaderMap) -> Response {
    let member = match admitted(&visitor, &headers) {
        Ok(member) => member,
        Err(answer) => return answer,
    };
    let begun = async { uploads::begin(&site.app, &member, &announced(&headers)?).await };
    match begun.await {
        Ok(upload) => {
            let place = ("location", format!("/uploads/{}", upload.id));
            tus(StatusCode::CREATED, [place, expires(&upload), ("upload-offset", "0".into())])
        }
        Err(cause) => refused(visitor.lang, &cause),
    }
}

/// HEAD (and GET): how far it is.
pub async fn status(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let member = match admitted(&visitor, &headers) {
        Ok(member) => member,
        Err(answer) => return answer,
    };
    let found = async {
        let upload = uploads::status(&site.app, &member, &id_of(&id)?).await?;
        told(&site, &member, &upload).await.map(|media| (upload, media))
    };
    match found.await {
        Ok((upload, media)) => {
            let length = ("upload-length", upload.bytes.to_string());
            let offset = ("upload-offset", upload.received.to_string());
            let metadata = (!upload.metadata.is_empty()).then(|| ("upload-metadata", upload.metadata.clone()));
            tus(StatusCode::OK, [length, offset, expires(&upload)].into_iter().chain(metadata).chain(media))
        }
        Err(cause) => refused(visitor.lang, &cause),
    }
}

/// PATCH: the next bytes.
pub async fn append(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let member = match admitted(&visitor, &headers) {
        Ok(member) => member,
        Err(answer) => return answer,
    };
    if text(&headers, CONTENT_TYPE.as_str()) != Some("application/offset+octet-stream") {
        return tus(StatusCode::UNSUPPORTED_MEDIA_TYPE, []);
    }
    let Some(offset) = number(&headers, "upload-offset") else { return tus(StatusCode::BAD_REQUEST, []) };
    let checksum = match checksum(&headers) {
        Ok(checksum) => checksum,
        Err(answer) => return answer,
    };
    let (app, lang) = (&site.app, visitor.lang);
    let received = async {
        let mut receiving = uploads::receive(app, &site.busy, &member, &id_of(&id)?, offset).await?;
        let matched = body::write(app, &mut receiving, body.into_data_stream(), checksum).await?;
        let upload = receiving.upload.clone();
        drop(receiving);
        if !matched {
            return Ok(None);
        }
        told(&site, &member, &upload).await.map(|media| Some((upload, media)))
    };
    match received.await {
        Ok(Some((upload, media))) => {
            let offset = ("upload-offset", upload.received.to_string());
            tus(StatusCode::NO_CONTENT, [offset, expires(&upload)].into_iter().chain(media))
        }
        Ok(None) => tus(StatusCode::from_u16(CHECKSUM_MISMATCH).unwrap_or(StatusCode::BAD_REQUEST), []),
        Err(cause) => refused(lang, &cause),
    }
}

/// DELETE: it is given up.
pub async fn remove(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let member = match admitted(&visitor, &headers) {
        Ok(member) => member,
        Err(answer) => return answer,
    };
    let removed = async { uploads::cancel(&site.app, &site.busy, &member, &id_of(&id)?).await };
    match removed.await {
        Ok(()) => tus(StatusCode::NO_CONTENT, []),
        Err(cause) => refused(visitor.lang, &cause),
    }
}

/// The file a complete upload became, as headers; or that it is being looked into.
async fn told(site: &Site, member: &Member, upload: &Upload) -> Result<Vec<(&'static str, String)>, Error> {
    if !upload.is_complete() {
        return Ok(Vec::new());
    }
    let finished = match finish(site, member, upload).await {
        // the uploader asks again
        Err(Error::Fault(Fault::Conflict(being_checked))) if waits(site, &being_checked) => {
            return Ok(vec![("lectern-checking", "1".to_owned())]);
        }
        finished => finished?,
    };
    let url = finished.url.map(|url| ("lectern-media-url", url));
    Ok([("lectern-media", finished.media.to_string())].into_iter().chain(url).collect())
}

/// Whether a complete upload that was refused so is being looked into, now or later.
fn waits(site: &Site, refusal: &Refusal) -> bool {
    site.app.ports.scanner.is_some()
        && matches!(refusal, Refusal::InProgress | Refusal::Authoring(authoring::Refusal::BeingChecked))
}

/// Finishes a complete upload, to the end even where who asked goes away. Where looking into it takes long, the answer is
/// `BeingChecked`, and it goes on.
pub async fn finish(site: &Site, member: &Member, upload: &Upload) -> Result<Finished, Error> {
    let (app, busy, member, upload) = (site.app.clone(), site.busy.clone(), member.clone(), upload.clone());
    let finishing = async move { uploads::finish(&app, &busy, &member, &upload).await };
    let finishing = tokio::spawn(finishing.in_current_span());
    if site.app.ports.scanner.is_none() {
        return finishing.await.map_err(Error::bug)?;
    }
    match tokio::time::timeout(CHECKING, finishing).await {
        Ok(finished) => finished.map_err(Error::bug)?,
        Err(_) => Err(Error::refuse(Refusal::Authoring(authoring::Refusal::BeingChecked))),
    }
}

/// What `Upload-Length` and `Upload-Metadata` say.
fn announced(headers: &HeaderMap) -> Result<NewUpload, Error> {
    let bytes = number(headers, "upload-length").ok_or_else(|| Error::field("upload-length", Problem::NotANumber))?;
    let metadata = text(headers, "upload-metadata").unwrap_or_default();
    if metadata.len() > METADATA as usize {
        return Err(Error::field("upload-metadata", Problem::TooLong { max: METADATA }));
    }
    let field = |wanted: &str| metadata::field(metadata, wanted);
    let purpose = if field("purpose") == "image" { Purpose::Image } else { Purpose::Lesson };
    Ok(NewUpload { name: field("filename"), content_type: field("filetype"), purpose, bytes, metadata: metadata.into() })
}

/// The checksum the body must have, if one was named.
fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Response> {
    let Some(named) = text(headers, "upload-checksum") else { return Ok(None) };
    Checksum::named(named).map(Some).ok_or_else(|| tus(StatusCode::BAD_REQUEST, []))
}

fn id_of(text: &str) -> Result<UploadId, Error> {
    text.parse().map_err(|_| Error::not_found())
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

fn expires(upload: &Upload) -> (&'static str, String) {
    ("upload-expires", http_date(upload.expires_at))
}

/// The moment as HTTP writes it (RFC 9110 §5.6.7).
fn http_date(moment: model::Moment) -> String {
    let at = jiff::Timestamp::from_millisecond(moment.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Somebody who may upload, with a client that speaks our version.
fn admitted(visitor: &Visitor, headers: &HeaderMap) -> Result<Member, Response> {
    let member = visitor.member().map_err(|cause| refused(visitor.lang, &cause))?;
    if !member.me.teaches() {
        return Err(refused(visitor.lang, &Error::Fault(Fault::Forbidden)));
    }
    match text(headers, "tus-resumable") {
        Some(VERSION) => Ok(member),
        _ => Err(tus(StatusCode::PRECONDITION_FAILED, [("tus-version", VERSION.to_owned())])),
    }
}

fn tus(status: StatusCode, headers: impl IntoIterator<Item = (&'static str, String)>) -> Response {
    let mut answer = status.into_response();
    let always = [("tus-resumable", VERSION.to_owned()), ("cache-control", "no-store".to_owned())];
    for (name, value) in headers.into_iter().chain(always) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

/// Why not, in the person's language; the statuses are those tus names.
fn refused(lang: Lang, cause: &Error) -> Response {
    let Error::Fault(fault) = cause else { return broken(cause) };
    let mut answer = json::refused(lang, fault, None);
    *answer.status_mut() = match fault {
        Fault::Invalid(errors) if errors.iter().any(|error| matches!(error.problem, Problem::TooLarge { .. })) => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        Fault::Invalid(errors) if errors.iter().any(|error| error.problem == Problem::WrongKindOfFile) => {
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        }
        Fault::Conflict(Refusal::InProgress) => StatusCode::LOCKED,
        Fault::Conflict(Refusal::Authoring(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        other => StatusCode::from_u16(other.status()).unwrap_or(StatusCode::BAD_REQUEST),
    };
    answer.headers_mut().insert("tus-resumable", HeaderValue::from_static(VERSION));
    answer
}

/// Something of ours does not work: the database (try again), or a disk.
pub fn broken(cause: &Error) -> Response {
    tracing::error!(%cause, "an upload could not be kept");
    let status = if cause.is_unavailable() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
    tus(status, [])
}
