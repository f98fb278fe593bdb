//! The front page.

mod api;
mod going_on;
mod own;
mod page;

pub use page::HomePage;
