//! People: registering, signing in, sessions, second factors, roles and what they chose for themselves; and what staff do to them.
//!
//! Knows nobody above; calls nobody. Announces `MemberJoined`, `InterestsChosen`,
//! `ProfileChanged` and letters that are due. Ways in beside the password stand in `identity` and `passkeys`.

mod address;
mod by_hand;
mod consents;
mod deeds;
mod entry;
mod facts;
mod guessable;
pub mod identity;
mod links;
mod log;
pub mod passkeys;
pub mod password;
mod profile;
mod queries;
mod recovery;
mod roles;
mod second;
mod security;
mod see_as;
mod sessions;
mod sign_in;
mod sign_up;
mod step;
mod step_up;
mod steward;
mod supervise;
mod suspend;
#[cfg(test)]
mod tests;
mod theme;
pub mod totp;
mod undo;

pub use address::{Followed, address, ask_change, follow_link, link_page, refuse_link, require_verified, send_again, tidy_links};
pub use by_hand::{add_person, person_at, set_role};
pub use consents::{agree, agree_again, answer, asks_again, choose_feed_use, feed_use, privacy};
pub(crate) use consents::{decline_letters, wants_letters};
pub use deeds::log_deed;
pub use entry::{NewAccount, add_role, enter, is_known};
pub(crate) use facts::facts;
pub use links::{LINK_MARK, link_address, with_secret};
pub use log::tidy_log;
pub use profile::{choose_interests, edit_profile, keep_interests, profile};
pub(crate) use queries::roles::{lock_admins, roles_of};
pub use queries::{
    addressee, email as email_of, interests, is_erased, is_session_of, lock, name as name_of, profile as profile_of,
};
pub use recovery::{answer_request, ask_reset, reset_page, reset_password};
pub use roles::{approve_role, ask_role, reject_role, role_requests, withdraw_role};
pub(crate) use roles::{role_request, role_requests_about};
pub use second::{begin_second, census, end_second, finish_second, renew_codes, reseal, second_page};
pub use security::{change_password, revoke_other_sessions, revoke_session, security};
pub use see_as::{Eyes, end_seeing, eyes, see_as, seeing, tidy_seeing};
pub use sessions::{Session, open_session, tidy_sessions, who_has};
pub use sign_in::{Arrival, SignedIn, sign_in, sign_out};
pub use sign_up::sign_up;
pub use step::{second_step, tidy_challenges};
pub use step_up::{confirm, confirm_password, require as require_proof, ways};
pub use steward::Hand;
pub use supervise::end_sessions_of;
pub use suspend::{restore, suspend, take_second_off};
pub(crate) use suspend::{suspension, suspension_reason};
pub use theme::{keep_theme, theme_of};
