//! What is offered: the published editions and how one chooses among them. Authoring and demo content write them by
//! [`publish_edition`] and by nothing else.
//!
//! May call accounts. Announces `CoursePublished`, `CourseChanged`, `CourseUnlisted`.

mod edition;
mod fold;
mod listing;
mod queries;

pub use edition::{Edition, EditionChapter, EditionLesson, publish_edition};
use fold::fold;
pub use listing::{count_learners, count_review, list_again, put_topic, unlist};
pub use queries::{newest, topics};
