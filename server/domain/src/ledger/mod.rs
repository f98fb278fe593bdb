//! The double-entry ledger: transfers between accounts, each the same amount out and in, sealed into one chain.
//!
//! Knows no orders and no providers' ways, only the names of accounts and what an entry belongs to. Calls nobody.

mod chart;
mod entry;
mod post;
mod queries;
mod read;

#[cfg(test)]
mod tests;

pub use chart::Account;
pub use entry::{Entry, Kind, Links, Move, Phase};
pub use post::{Resolution, hold, post, post_all, resolve, resolve_about, resolve_order, reverse, seal};
#[cfg(test)]
pub use queries::is_free;
pub use queries::{Transfer, balance, balances_of, chain, count_of_pair, moved_between, of_order, of_pair};
pub use read::{Balance, Whose, balances, transfers};
