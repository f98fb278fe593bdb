//! People: registering, signing in, sessions, roles and what they chose for themselves.
//!
//! Knows nobody above; calls nobody. Announces `MemberJoined` and `InterestsChosen`.

mod entry;
pub mod password;
mod queries;
mod sessions;
#[cfg(test)]
mod tests;

pub use entry::{NewAccount, add_role, enter, is_known};
pub use sessions::{Session, open_session, who_has};
