//! What is offered: the published editions and how one chooses among them. The read side; authoring writes it.
//!
//! May call accounts. Announces nothing.

mod queries;

pub use queries::{newest, topics};
