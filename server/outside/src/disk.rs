//! Files in a folder of this machine.

use domain::ports::Files;
use futures::future::BoxFuture;
use std::io::{Error, ErrorKind, Result, SeekFrom};
use std::path::{Path, PathBuf};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

/// A folder that keeps files under keys of our own making.
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Keys are letters, digits, `-`, `_`, `.` and `/`, and never climb out of the folder.
    fn path(&self, key: &str) -> Result<PathBuf> {
        let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
        let climbs = key.starts_with('/') || key.split('/').any(|part| part.is_empty() || part == "." || part == "..");
        if plain && !climbs { Ok(self.folder.join(key)) } else { Err(Error::new(ErrorKind::InvalidInput, "not a key")) }
    }
}

impl Files for Disk {
    fn keep<'a>(&'a self, key: &'a str, from: PathBuf) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let path = self.path(key)?;
            if let Some(parent) = path.parent() {
                tokio::fs::create_dir_all(parent).await?;
            }
            if tokio::fs::rename(&from, &path).await.is_ok() {
                return Ok(());
            }
            copy_across(&from, &path).await
        })
    }

    fn read<'a>(&'a self, key: &'a str, offset: u64, length: usize) -> BoxFuture<'a, Result<Vec<u8>>> {
        Box::pin(async move {
            let mut file = tokio::fs::File::open(self.path(key)?).await?;
            file.seek(SeekFrom::Start(offset)).await?;
            let mut bytes = Vec::with_capacity(length);
            file.take(length as u64).read_to_end(&mut bytes).await?;
            Ok(bytes)
        })
    }

    fn size<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move { Ok(tokio::fs::metadata(self.path(key)?).await?.len()) })
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { tokio::fs::remove_file(self.path(key)?).await })
    }

    fn write<'a>(&'a self, key: &'a str, offset: u64, bytes: Vec<u8>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let path = self.path(key)?;
            if let Some(parent) = path.parent() {
                tokio::fs::create_dir_all(parent).await?;
            }
            let mut file = tokio::fs::OpenOptions::new().create(true).truncate(false).write(true).open(path).await?;
            file.set_len(offset).await?;
            file.seek(SeekFrom::Start(offset)).await?;
            file.write_all(&bytes).await?;
            // what is counted as received must survive a crash
            file.sync_data().await
        })
    }

    fn list<'a>(&'a self, folder: &'a str) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(async move {
            let mut entries = match tokio::fs::read_dir(self.path(folder)?).await {
                Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
                opened => opened?,
            };
            let mut keys = Vec::new();
            while let Some(entry) = entries.next_entry().await? {
                if entry.file_type().await?.is_file()
                    && let Some(name) = entry.file_name().to_str()
                {
                    keys.push(format!("{folder}/{name}"));
                }
            }
            keys.sort();
            Ok(keys)
        })
    }

    fn rename<'a>(&'a self, from: &'a str, to: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let to = self.path(to)?;
            if let Some(parent) = to.parent() {
                tokio::fs::create_dir_all(parent).await?;
            }
            tokio::fs::rename(self.path(from)?, to).await
        })
    }
}

/// Another file system: copy beside the target, then rename, so that nobody reads half a file.
async fn copy_across(from: &Path, to: &Path) -> Result<()> {
    let part = to.with_extension("part");
    tokio::fs::copy(from, &part).await?;
    tokio::fs::rename(&part, to).await?;
    tokio::fs::remove_file(from).await
}
