//! The body of a PATCH on its way into an upload.

use super::checksum::Checksum;
use axum::body::Bytes;
use domain::uploads::Receiving;
use domain::{App, Error};
use futures::{Stream, StreamExt};
use std::time::Duration;

/// How much is written, and at least counted, at once.
const PIECE: usize = 1024 * 1024;
/// How long a body may bring nothing; then it counts as broken off, and what arrived is kept.
pub const SILENCE: Duration = Duration::from_secs(30);

/// Writes the body piece by piece. Whatever arrived before the connection broke counts, unless the whole body has a checksum to
/// match; false where it does not match.
pub async fn write(
    app: &App,
    receiving: &mut Receiving<'_>,
    mut body: impl Stream<Item = Result<Bytes, axum::Error>> + Unpin,
    mut checksum: Option<Checksum>,
) -> Result<bool, Error> {
    let mut piece = Vec::with_capacity(PIECE);
    let broken = loop {
        let chunk = next(&mut body, SILENCE).await;
        if let Some(Ok(chunk)) = &chunk {
            piece.extend_from_slice(chunk);
        }
        let over = !matches!(chunk, Some(Ok(_)));
        if piece.len() >= PIECE || (over && !piece.is_empty()) {
            receiving.write(app, &piece).await?;
            match &mut checksum {
                Some(checksum) => checksum.update(&piece),
                None => receiving.count(app).await?,
            }
            piece.clear();
        }
        if over {
            break chunk.is_some();
        }
    };
    if let Some(checksum) = checksum {
        if broken || !checksum.matches() {
            return Ok(false);
        }
        receiving.count(app).await?;
    }
    Ok(true)
}

/// The body's next bytes; it has broken off where none come for so long.
async fn next<S>(body: &mut S, silence: Duration) -> Option<Result<Bytes, axum::Error>>
where
    S: Stream<Item = Result<Bytes, axum::Error>> + Unpin,
{
    let late = |_| Some(Err(axum::Error::new(std::io::Error::from(std::io::ErrorKind::TimedOut))));
    tokio::time::timeout(silence, body.next()).await.unwrap_or_else(late)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;

    #[tokio::test]
    async fn a_body_that_falls_silent_has_broken_off() {
        let first = stream::iter([Ok(Bytes::from_static(b"abc"))]);
        let mut body = Box::pin(first.chain(stream::pending()));
        let silence = Duration::from_millis(20);
        assert!(matches!(next(&mut body, silence).await, Some(Ok(_))));
        assert!(matches!(next(&mut body, silence).await, Some(Err(_))));
    }
}
