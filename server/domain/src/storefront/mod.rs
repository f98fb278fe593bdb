//! Page models that need several areas. Reads only, but for telling the feed what somebody looked at.
//!
//! May call every area below, and of its own level the feed.

mod browse;
mod course_page;
mod document;
mod home;
mod interests;
mod suggest;

pub use browse::browse;
pub use course_page::{course_page, person_page};
pub use document::document;
pub use home::home;
pub use interests::interests;
pub use suggest::suggest;
