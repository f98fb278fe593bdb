//! Uploaded files: what they are, pictures, how long a recording is.

use domain::ports::Files;
use domain::uploads::readers::{kind_of, length_of, redraw};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::io::{Error, Result};
use std::path::PathBuf;

/// The bytes decide, and only what we take has a kind.
pub fn kind(bytes: &[u8]) {
    if let Some((_, content_type)) = kind_of(bytes) {
        assert!(!content_type.contains("svg") && !content_type.contains("html") && !content_type.contains("xml"));
    }
}

/// What comes out is a picture that we take, and of a bounded size.
pub fn picture(bytes: &[u8]) {
    let Some(drawn) = redraw(bytes) else { return };
    assert!(drawn.width.max(drawn.height) <= 2560 && drawn.width > 0 && drawn.height > 0);
    let known = kind_of(&drawn.bytes).map(|(_, content_type)| content_type);
    assert_eq!(known, Some(drawn.content_type));
}

/// Every kind of recording that we know the length of.
const RECORDINGS: [&str; 7] = ["video/mp4", "video/webm", "audio/mpeg", "audio/ogg", "audio/wav", "audio/flac", "audio/aac"];

/// Reading ends, whatever a file says of itself; the bytes are read as what they are, and as what they are not.
pub fn recording(bytes: &[u8]) {
    let film = Film(bytes.to_vec());
    for kind in RECORDINGS {
        let read = length_of(&film, "film", bytes.len() as u64, kind).now_or_never();
        assert!(matches!(read, Some(Ok(_))), "reading from memory does not fail");
    }
}

/// One file, in memory.
struct Film(Vec<u8>);

impl Film {
    fn never<'a>() -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Err(Error::other("nobody asks for this")) })
    }
}

impl Files for Film {
    fn read<'a>(&'a self, _: &'a str, offset: u64, length: usize) -> BoxFuture<'a, Result<Vec<u8>>> {
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(self.0.len());
        let until = from.saturating_add(length).min(self.0.len());
        let part = self.0[from..until].to_vec();
        Box::pin(async move { Ok(part) })
    }
    fn size<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async { Ok(self.0.len() as u64) })
    }
    fn keep<'a>(&'a self, _: &'a str, _: PathBuf) -> BoxFuture<'a, Result<()>> {
        Self::never()
    }
    fn remove<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Self::never()
    }
    fn write<'a>(&'a self, _: &'a str, _: u64, _: Vec<u8>) -> BoxFuture<'a, Result<()>> {
        Self::never()
    }
    fn list<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(async { Err(Error::other("nobody asks for this")) })
    }
    fn rename<'a>(&'a self, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Self::never()
    }
}
