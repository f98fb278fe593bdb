//! The whole program, asked over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test has nobody to tell but its reader

mod authorisation;
mod buying;
mod harness;
mod headers;
mod media;
mod origins;
mod program;
mod progress;
mod public_pages;
mod signing_in;
mod studio;
mod uploads;
