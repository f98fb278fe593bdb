//! The crate from outside: feeds, figures and files.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod feed;
mod figures;
mod live;
mod school;
