//! A person's own data: everything about them in one file (GD-1), and forgetting them (GD-2),
//! also once more, where a copy of the database brought them back.
//!
//! Knows the tables of every area, and calls the areas below. The worker makes archives and forgets people; a request only asks.

mod again;
mod archive;
mod erase;
mod export;
mod leaving;
mod queries;
#[cfg(test)]
mod tests;

pub use again::{Erasure, Reapplied, come_back, erasures, note_erasures, reapply};
pub use erase::forget_next;
pub use export::{ArchiveFile, ask_archive, data, download, make_archive, tidy_archives};
pub use leaving::{ask_leave, leaving, undo};
