//! The catalog: choosing among courses, one course, one teacher.

mod api;
mod browse_page;
pub mod components;
mod course_data;
mod course_page;
mod person_page;

pub(crate) use api::read_courses;
pub use browse_page::{BrowsePage, TopicPage};
pub(crate) use browse_page::{TopicChips, chooser, title_of};
pub use course_page::CoursePage;
pub use person_page::PersonPage;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[wire::Form] = &[wire::Form {
    page: "/courses/{slug}",
    name: "review",
    who: wire::Who::Member,
    act: |filled| {
        Box::pin(async move {
            let slug = filled.param("slug")?;
            api::write_review(slug, filled.read()?).await
        })
    },
}];
