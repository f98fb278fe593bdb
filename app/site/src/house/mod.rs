//! The house itself: help and legal texts.

mod api;
mod document_page;

pub use document_page::DocumentPage;
