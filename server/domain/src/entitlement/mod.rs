//! Who may open what, and why: grants with their sources, and passes that open everything in the membership. Knows nothing of how anything was paid.
//!
//! A right is asked for in the database at the moment it is used; nothing is cached. Announces `AccessGranted` and `AccessEnded`
//! (subject: the course; account: the person; detail: `source`).

mod grant;
mod pass;
mod queries;
mod rules;

#[cfg(test)]
mod tests;

pub use grant::{Grant, grant, restore, revoke, suspend};
pub use pass::{close_pass, has_pass, in_membership, is_suspended, open_pass, put_in_membership, suspend_pass};
pub use rules::{may_open, may_preview, owned_courses, owns, owns_for_good};
