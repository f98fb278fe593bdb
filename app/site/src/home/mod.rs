//! The front page.

mod api;
mod page;

pub use page::HomePage;
