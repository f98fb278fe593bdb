//! Searching.

mod results_page;

pub use results_page::SearchPage;
