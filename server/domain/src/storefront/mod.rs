//! Page models that need several areas. Reads only, but for what somebody looked at.

mod course_page;
mod document;
mod home;
mod interests;

pub use course_page::{course_page, person_page};
pub use document::document;
pub use home::home;
pub use interests::interests;
