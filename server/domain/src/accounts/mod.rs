//! People: registering, signing in, sessions, roles and what they chose for themselves.
//!
//! Knows nobody above; calls nobody. Announces `MemberJoined`, `InterestsChosen`,
//! `ProfileChanged` and letters that are due. Ways in beside the password stand in `identity` and `passkeys`.

mod by_hand;
mod entry;
mod fresh;
mod guessable;
pub mod identity;
pub mod passkeys;
pub mod password;
mod profile;
mod queries;
mod security;
mod sessions;
mod sign_in;
mod sign_up;
#[cfg(test)]
mod tests;

pub use by_hand::{add_person, set_role};
pub use entry::{NewAccount, add_role, enter, is_known};
pub use profile::{choose_interests, edit_profile, keep_interests, profile};
pub use queries::{email as email_of, interests, lock, name as name_of, profile as profile_of};
pub use security::{change_password, confirm_password, revoke_other_sessions, revoke_session, security};
pub use sessions::{Session, open_session, tidy_sessions, who_has};
pub use sign_in::{SignedIn, sign_in, sign_out};
pub use sign_up::sign_up;
