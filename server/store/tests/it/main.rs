//! Stories of the store, each on both databases.
#![allow(clippy::unwrap_used, reason = "a test has nobody to tell but its reader")]

mod binding;
mod conflicts;
mod joined;
mod lists;
mod migrations;
mod outages;
mod prepare;
mod schema;
mod transactions;
mod waking;
