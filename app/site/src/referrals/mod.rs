//! Recommending: one's own link and what it brought.

mod api;
mod share_page;

pub use share_page::SharePage;
