//! Making a course: its outline, its lessons, its page, its price, and publishing it.

mod api;
mod checklist;
mod courses_page;
#[cfg(feature = "ssr")]
mod forms;
mod landing_page;
mod lesson_file;
mod lesson_page;
mod new_page;
mod outline_page;
mod preview_page;
mod pricing_page;
mod said;
mod settings_page;

pub use courses_page::CoursesPage;
#[cfg(feature = "ssr")]
pub use forms::FORMS;
#[cfg(feature = "ssr")]
pub(crate) use forms::chosen;
pub use landing_page::LandingPage;
pub use lesson_page::LessonPage;
pub use new_page::NewPage;
pub use outline_page::OutlinePage;
pub use preview_page::PreviewPage;
pub use pricing_page::PricingPage;
pub use settings_page::SettingsPage;
