//! The whole program: asked over HTTP with the test school behind it (`program`, `harness`), and as an operator starts it
//! (`process`).

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test has nobody to tell but its reader

mod access;
mod addresses;
mod archives;
mod authorisation;
mod belongings;
mod buying;
mod cookies;
mod extras;
mod fields;
mod files;
mod harness;
mod headers;
mod hostile;
mod identity;
mod letters;
mod media;
mod membership;
mod operator;
mod origins;
mod outage;
mod ownership;
mod process;
mod program;
mod progress;
mod proofs;
mod providers;
mod public_pages;
mod recommending;
mod rest;
mod secrets;
mod seeing_as;
mod shutdown;
mod signing_in;
mod start;
mod studio;
mod tampering;
mod trail;
mod uploads;
