//! People: registering, signing in, sessions, roles and what they chose for themselves.
//!
//! Knows nobody above; calls nobody. Announces `MemberJoined` and `InterestsChosen`.

pub mod password;
mod queries;
mod sessions;

pub use sessions::{Session, open_session, who_has};
