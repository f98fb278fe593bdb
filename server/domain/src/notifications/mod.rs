//! Letters: what is worth one, what it says, and that it arrives.
//!
//! Follows the log of events; reads areas below. Of letters, only turning them off runs inside a request.

mod channels;
mod compose;
mod deliver;
mod membership;
mod news;
mod queries;
mod standing;
mod stop;
#[cfg(test)]
mod tests;

use crate::events::Follower;

pub use channels::{channels, choose_channels, notices, read_all};
pub use deliver::deliver;
pub use stop::{letters_off_page, turn_letters_off};

/// Writes letters for what happened.
pub const FOLLOWER: Follower =
    Follower { name: "notifications", handle: |app, tx, logged| Box::pin(compose::compose(app, tx, logged)) };
