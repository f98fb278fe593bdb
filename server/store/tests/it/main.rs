//! Stories of the store, each on both databases.

mod binding;
mod conflicts;
mod lists;
mod migrations;
mod outages;
mod prepare;
mod schema;
mod transactions;
mod waking;
