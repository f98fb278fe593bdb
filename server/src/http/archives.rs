//! A person's own archive, sent piece by piece.

use super::Site;
use super::papers::refused;
use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::http::Uri;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use domain::{App, Visitor, privacy};
use futures::stream::try_unfold;
use model::ids::ArchiveId;

/// How much is read at once.
const STRIDE: usize = 256 * 1024;

/// `GET /{lang}/settings/data/{id}`
pub async fn send(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    uri: Uri,
) -> Response {
    let found = async {
        visitor.member()?;
        let id: ArchiveId = id.parse().map_err(|_| domain::Error::not_found())?;
        privacy::download(&site.app, &visitor, &id).await
    };
    let file = match found.await {
        Ok(file) => file,
        Err(cause) => return refused(&visitor, &uri, cause),
    };
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_LENGTH, file.bytes.to_string()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; frame-ancestors 'none'".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, body(site.app.clone(), file.key, file.bytes)).into_response()
}

fn body(app: App, key: String, size: u64) -> Body {
    let pieces = try_unfold((app, key, 0u64), move |(app, key, at)| async move {
        if at >= size {
            return Ok::<_, std::io::Error>(None);
        }
        let part = app.ports.files.read(&key, at, STRIDE).await?;
        if part.is_empty() {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let next = at + part.len() as u64;
        Ok(Some((part, (app, key, next))))
    });
    Body::from_stream(pieces)
}
