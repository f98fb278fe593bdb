//! A form in parts, read as it comes. Little of it is held here, however large its files are, and whoever falls silent is left.

use super::uploads::SILENCE;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field};
use axum::http::header::CONTENT_TYPE;
use futures::stream::Stream;
use std::convert::Infallible;
use std::io::ErrorKind;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};
use tower::{Layer, ServiceExt, service_fn};

/// So much may come before a part begins, ends or gives something of itself: a head without an end is held no longer.
const HELD: usize = 1024 * 1024;

/// The most that is handed on at once.
const HELPING: usize = 64 * 1024;

/// How long what is not wanted is read: what stands behind it is kept, and a browser that is still sending shows the answer instead
/// of a broken connection.
const REST: Duration = Duration::from_secs(60);

/// It is no form in parts, it broke off, or nothing came for too long.
#[derive(Debug)]
pub struct Unreadable;

pub struct Form {
    parts: Multipart,
    /// Bytes that came since something was last handed on.
    held: Arc<AtomicUsize>,
    /// When the rest of a form is read no longer of which something was not wanted.
    end: Option<Instant>,
}

impl Form {
    /// The form without axum's own limit on bodies: files are held to their own.
    pub async fn open(kind: &str, body: Body) -> Result<Self, Unreadable> {
        let held = Arc::<AtomicUsize>::default();
        let little = Little { body: body.into_data_stream(), rest: Bytes::new(), held: held.clone(), gave: false };
        let mut request = Request::new(Body::from_stream(little));
        request.headers_mut().insert(CONTENT_TYPE, kind.parse().map_err(|_| Unreadable)?);
        let unlimited = DefaultBodyLimit::disable().layer(service_fn(|request: Request| async move {
            Ok::<_, Infallible>(Multipart::from_request(request, &()).await)
        }));
        match unlimited.oneshot(request).await {
            Ok(Ok(parts)) => Ok(Self { parts, held, end: None }),
            Ok(Err(_)) => Err(Unreadable),
            Err(never) => match never {},
        }
    }

    /// The next part; none where the form, or the time for the rest of it, is over.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, Unreadable> {
        if self.end.is_some_and(|end| Instant::now() >= end) {
            return Ok(None);
        }
        let Self { parts, held, end } = self;
        let field = timeout(SILENCE, parts.next_field()).await.map_err(|_| Unreadable)?.map_err(|_| Unreadable)?;
        held.store(0, Ordering::Relaxed);
        Ok(field.map(|field| Part { field, held, end }))
    }
}

/// One part: a field, or a file.
pub struct Part<'a> {
    field: Field<'a>,
    held: &'a AtomicUsize,
    end: &'a mut Option<Instant>,
}

impl Part<'_> {
    pub fn name(&self) -> &str {
        self.field.name().unwrap_or_default()
    }

    /// None: it is no file. Empty: none was chosen.
    pub fn file_name(&self) -> Option<&str> {
        self.field.file_name()
    }

    pub fn content_type(&self) -> &str {
        self.field.content_type().unwrap_or_default()
    }

    /// What came next of it; none at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Unreadable> {
        let chunk = timeout(SILENCE, self.field.chunk()).await.map_err(|_| Unreadable)?.map_err(|_| Unreadable)?;
        self.held.store(0, Ordering::Relaxed);
        Ok(chunk)
    }

    /// All of it; none where it is longer than `most` bytes.
    pub async fn all(&mut self, most: usize) -> Result<Option<Vec<u8>>, Unreadable> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if bytes.len() + chunk.len() > most {
                return Ok(None);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Some(bytes))
    }

    /// Reads the rest of it for nothing, as far as there is time for that.
    pub async fn pass_over(&mut self) -> Result<(), Unreadable> {
        let end = *self.end.get_or_insert_with(|| Instant::now() + REST);
        while let Ok(chunk) = timeout_at(end, self.chunk()).await {
            if chunk?.is_none() {
                break;
            }
        }
        Ok(())
    }
}

/// A body in small helpings: the reader of parts would take all that is there before it looks at any of it.
struct Little {
    body: BodyDataStream,
    /// What of the body's last piece was not handed on yet.
    rest: Bytes,
    held: Arc<AtomicUsize>,
    gave: bool,
}

impl Stream for Little {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.gave) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                Some(Ok(piece)) => self.rest = piece,
                end => return Poll::Ready(end),
            }
        }
        let most = self.rest.len().min(HELPING);
        let helping = self.rest.split_to(most);
        if self.held.fetch_add(most, Ordering::Relaxed) + most > HELD {
            return Poll::Ready(Some(Err(axum::Error::new(std::io::Error::from(ErrorKind::InvalidData)))));
        }
        self.gave = true;
        Poll::Ready(Some(Ok(helping)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;

    const KIND: &str = "multipart/form-data; boundary=b";

    /// A body that begins so and goes on so, for ever; tells how much of it was asked for.
    fn endless(begins: &'static str, goes_on: Bytes) -> (Body, Arc<AtomicUsize>) {
        let asked = Arc::<AtomicUsize>::default();
        let counted = asked.clone();
        let more = stream::repeat_with(move || {
            counted.fetch_add(goes_on.len(), Ordering::Relaxed);
            Ok::<_, Infallible>(goes_on.clone())
        });
        let first = stream::iter([Ok(Bytes::from_static(begins.as_bytes()))]);
        (Body::from_stream(stream::StreamExt::chain(first, more)), asked)
    }

    #[tokio::test]
    async fn a_head_without_an_end_is_not_held() {
        for begins in ["", "--b\r\nx: ", "--b\r\ncontent-disposition: form-data; name=\"a\"; filename=\""] {
            let (body, asked) = endless(begins, Bytes::from_static(&[b'a'; 4096]));
            let mut form = Form::open(KIND, body).await.expect("a form");
            assert!(form.next().await.is_err(), "{begins}");
            assert!(asked.load(Ordering::Relaxed) <= 2 * HELD, "{begins}");
        }
    }

    #[tokio::test]
    async fn a_file_is_handed_on_as_it_comes_however_long_it_is() {
        let (body, asked) = endless(
            "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n",
            Bytes::from_static(&[b'a'; 65536]),
        );
        let mut form = Form::open(KIND, body).await.expect("a form");
        let mut part = form.next().await.expect("a part").expect("a file");
        assert_eq!((part.name(), part.file_name()), ("file", Some("a.mp4")));
        let mut got = 0;
        while got < 64 * HELD {
            got += part.chunk().await.expect("it goes on").expect("a chunk").len();
        }
        assert!(asked.load(Ordering::Relaxed) - got < HELD, "hardly more was read than was handed on");
    }

    #[tokio::test]
    async fn what_is_not_wanted_is_read_for_a_while_and_what_stands_behind_it_is_kept() {
        let text = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n".to_owned()
            + &"x".repeat(3 * HELD)
            + "\r\n--b\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nAda\r\n--b--\r\n";
        let mut form = Form::open(KIND, Body::from(text)).await.expect("a form");
        form.next().await.expect("a part").expect("a file").pass_over().await.expect("it is passed over");
        let mut behind = form.next().await.expect("a part").expect("a field");
        assert_eq!(behind.all(100).await.expect("it is read").expect("it is short"), b"Ada");
        drop(behind);
        assert!(form.next().await.expect("the end").is_none());
    }
}
