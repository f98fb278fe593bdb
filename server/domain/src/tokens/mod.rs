//! Keys of other programs: a person makes one, gives it to a program, sees when it was used, and ends it.
//!
//! Calls accounts. A token is never more than the person behind it: scopes only narrow.

mod calls;
mod hold;
mod keep;
mod queries;
mod secret;
#[cfg(test)]
mod tests;

pub use calls::{Call, Claim, finish, forget_calls};
pub use hold::{Holder, holder};
pub use keep::{end, forget_secrets, issue, list};
