//! The whole program, asked over HTTP.

mod media;
mod program;
mod progress;
mod public_pages;
