//! The outside world of a story: a clock that is told, chance that counts, letters and files within reach.

use crate::ports::{Chance, Clock, Files, Letter, Mail, Outage};
use futures::future::BoxFuture;
use model::Moment;
use model::time::Span;
use sha2::{Digest, Sha256};
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// A clock that stands still until it is moved.
pub struct MovableClock(AtomicI64);

impl MovableClock {
    pub fn new(start: Moment) -> Self {
        Self(AtomicI64::new(start.millis()))
    }
    pub fn advance(&self, span: Span) {
        self.0.fetch_add(span.millis(), Ordering::SeqCst);
    }
    pub fn set(&self, moment: Moment) {
        self.0.store(moment.millis(), Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Chance that is the same in every run. Its first bytes count, so that ids made in one millisecond still sort by age.
#[derive(Default)]
pub struct Counting(AtomicU64);

impl Chance for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let turn = self.0.fetch_add(1, Ordering::SeqCst);
        let counter = u32::try_from(turn).unwrap_or(u32::MAX).to_be_bytes();
        let mut source = counter.to_vec();
        let mut block = 0u64;
        while source.len() < bytes.len() {
            source.extend(Sha256::digest([turn.to_be_bytes(), block.to_be_bytes()].concat()));
            block += 1;
        }
        let length = bytes.len();
        bytes.copy_from_slice(&source[..length]);
    }
}

/// Keeps every letter; can be out of order for a while.
#[derive(Default)]
pub struct Mailbox {
    letters: Mutex<Vec<Letter>>,
    out_of_order: AtomicBool,
}

impl Mailbox {
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// From now on (or no longer) nothing can be sent.
    pub fn out_of_order(&self, yes: bool) {
        self.out_of_order.store(yes, Ordering::SeqCst);
    }
}

impl Mail for Mailbox {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, std::result::Result<(), Outage>> {
        Box::pin(async move {
            if self.out_of_order.load(Ordering::SeqCst) {
                return Err(Outage("the mail server is out of order".into()));
            }
            self.letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
            Ok(())
        })
    }
}

/// Files in a folder.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }
}

impl Files for Folder {
    fn keep<'a>(&'a self, key: &'a str, from: PathBuf) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let path = self.0.join(key);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::copy(&from, &path)?;
            std::fs::remove_file(&from)
        })
    }
    fn read<'a>(&'a self, key: &'a str, offset: u64, length: usize) -> BoxFuture<'a, Result<Vec<u8>>> {
        Box::pin(async move {
            let mut file = std::fs::File::open(self.0.join(key))?;
            file.seek(SeekFrom::Start(offset))?;
            let mut bytes = Vec::new();
            file.take(length as u64).read_to_end(&mut bytes)?;
            Ok(bytes)
        })
    }
    fn size<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move { Ok(std::fs::metadata(self.0.join(key))?.len()) })
    }
    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { std::fs::remove_file(self.0.join(key)) })
    }
    fn write<'a>(&'a self, key: &'a str, offset: u64, bytes: Vec<u8>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let path = self.0.join(key);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            let mut file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
            file.set_len(offset)?;
            file.seek(SeekFrom::Start(offset))?;
            file.write_all(&bytes)
        })
    }
    fn list<'a>(&'a self, folder: &'a str) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(async move {
            let entries = match std::fs::read_dir(self.0.join(folder)) {
                Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
                opened => opened?,
            };
            let mut keys = Vec::new();
            for entry in entries {
                keys.push(format!("{folder}/{}", entry?.file_name().to_string_lossy()));
            }
            keys.sort();
            Ok(keys)
        })
    }
    fn rename<'a>(&'a self, from: &'a str, to: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let to = self.0.join(to);
            if let Some(parent) = to.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::rename(self.0.join(from), to)
        })
    }
}
