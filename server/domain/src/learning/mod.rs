//! Learning: the lesson's page, and where somebody is in what they learn.
//!
//! May call catalog, media and entitlement. Announces `LessonStudied` (detail: `lesson`, newly watched `seconds`; at most every
//! few minutes per lesson), `LessonFinished` (detail: `lesson`) and `CourseFinished`; the subject of all three is the course.

mod lesson;
mod progress;
mod queries;
mod shelf;
mod state;
#[cfg(test)]
mod tests;
mod transcript;

/// What reads captions into lines, for whoever throws other bytes at it.
#[cfg(feature = "fuzzing")]
pub use transcript::cues as read_transcript;

pub use lesson::{lesson_page, outline};
pub use progress::{mark, mark_in, opened, study};
pub use shelf::{continue_learning, percents, shelf};
