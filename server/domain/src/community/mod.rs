//! What learners say about courses: reviews, and the rating they make together.
//!
//! May call catalog and entitlement. Announces `ReviewWritten` (subject: the course; account: the author).

mod queries;
mod review;
#[cfg(test)]
mod tests;

pub use review::{own_review, put_review, reviews, write_review};
