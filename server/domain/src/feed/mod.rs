//! The feed: what somebody might learn next, and why.
//!
//! Reads the areas below. A follower collects interactions from the log of events; a model fitted over everybody's is kept in
//! memory; the person is read from the database at every request, so that the next feed knows what they have just done.
//! Announces `CourseViewed` and `ItemDismissed`.

mod collect;
mod fitted;
mod profile;
mod queries;
mod rank;
#[cfg(test)]
mod tests;
mod views;

pub use collect::{FULL, collect};
pub use fitted::{Live, keep_fitted};
pub use rank::feed;
pub use views::{dismiss, forget, restore, viewed};
