//! The feed.

mod api;
mod dismiss;
mod page;

#[cfg(feature = "ssr")]
pub use api::{DISMISS, RESTORE};
pub use page::FeedPage;
