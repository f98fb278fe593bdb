//! The statements of codes and seats.

mod batches;
mod codes;
mod courses;
mod lines;
mod pools;
mod seats;

pub use crate::accounts::{email_of as email, lock as lock_account, name_of as name};
pub use batches::*;
pub use codes::*;
pub use courses::*;
pub use lines::*;
pub use pools::*;
pub use seats::*;
