//! The library: every file the instructor has uploaded.

mod api;
#[cfg(feature = "ssr")]
mod forms;
mod page;

#[cfg(feature = "ssr")]
pub use forms::FORMS;
pub use page::MediaPage;
