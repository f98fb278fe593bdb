//! What is offered: the published editions and how one chooses among them. Authoring and demo content write them by
//! [`publish_edition`] and by nothing else.
//!
//! May call accounts. Announces `CoursePublished`, `CourseChanged`, `CourseUnlisted`, `BundleChanged`.

mod browse;
pub mod bundled;
mod course;
mod edition;
mod fold;
mod listing;
mod queries;
mod suggest;
#[cfg(test)]
mod tests;

pub use browse::browse;
pub use course::{Course, course, courses_of, outline, selection, similar, teacher};
pub use edition::{Edition, EditionChapter, EditionLesson, publish_edition, whole};
pub use listing::{count_learners, count_review, list_again, put_topic, unlist};
pub use queries::whole::{id_of, shows, taught_by};
pub use queries::{addresses, cards, places, set_places, topics};
pub use suggest::{Suggested, suggest};
