//! The lesson's page and "my learning".

mod api;
mod components;
mod lesson_page;
mod shelf_page;

#[cfg(feature = "ssr")]
pub use api::MARK;
pub use lesson_page::LessonPage;
pub use shelf_page::ShelfPage;
