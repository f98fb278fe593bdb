//! The front page.

mod api;
mod going_on;
mod page;

pub use page::HomePage;
