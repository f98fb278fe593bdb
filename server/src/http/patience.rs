//! Bodies of requests come within a minute. Files have a time of their own: they may take as long as something keeps coming.

use super::security::{brings_a_file, brings_a_small_file};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::stream::{self, Stream, StreamExt};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long a body may take that brings no file.
const WHOLE: Duration = Duration::from_secs(60);

/// Around everything: the body breaks off when its time is over.
pub async fn bounded(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() || brings_a_file(&request) || brings_a_small_file(&request) {
        return next.run(request).await;
    }
    let end = Instant::now() + WHOLE;
    next.run(request.map(|body| Body::from_stream(until(body, end)))).await
}

fn until(body: Body, end: Instant) -> impl Stream<Item = Result<Bytes, axum::Error>> + Send + 'static {
    stream::unfold(Some(body.into_data_stream()), move |body| async move {
        let mut body = body?;
        match timeout_at(end, body.next()).await {
            Ok(Some(Ok(bytes))) => Some((Ok(bytes), Some(body))),
            Ok(Some(Err(cause))) => Some((Err(cause), None)),
            Ok(None) => None,
            Err(_) => Some((Err(axum::Error::new(std::io::Error::from(ErrorKind::TimedOut))), None)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_never_ends_breaks_off() {
        let first = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"form=login&em"))]);
        let body = Body::from_stream(first.chain(stream::pending()));
        let read: Vec<Result<Bytes, axum::Error>> = until(body, Instant::now() + Duration::from_millis(50)).collect().await;
        assert_eq!(read.len(), 2);
        assert!(read[0].is_ok() && read[1].is_err());
    }

    #[tokio::test]
    async fn a_body_that_comes_in_time_comes_whole() {
        let body = Body::from("form=login");
        let read = axum::body::to_bytes(Body::from_stream(until(body, Instant::now() + WHOLE)), 100).await;
        assert_eq!(read.expect("a body"), "form=login");
    }
}
