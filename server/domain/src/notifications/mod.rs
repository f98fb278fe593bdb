//! Letters: what is worth one, what it says, and that it arrives.
//!
//! Follows the log of events; reads areas below. Nothing here runs inside a request.

mod channels;
mod compose;
mod deliver;
mod membership;
mod news;
mod queries;
mod standing;
#[cfg(test)]
mod tests;

use crate::events::Follower;

pub use channels::{channels, choose_channels, notices, read_all};
pub use deliver::deliver;

/// Writes letters for what happened.
pub const FOLLOWER: Follower =
    Follower { name: "notifications", handle: |app, tx, logged| Box::pin(compose::compose(app, tx, logged)) };
