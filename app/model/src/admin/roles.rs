//! Roles, given and taken by two people: one asks, another decides.

use super::reason;
use crate::Fault;
use crate::accounts::Role;
use crate::fault::{FieldErrors, Problem};
use crate::ids::{AccountId, RoleRequestId};
use crate::text::Name;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What is to happen with a role.
    pub enum Change {
        Give = "give",
        Take = "take",
    }
}

crate::words! {
    /// What became of a request.
    pub enum RequestState {
        Open = "open",
        Approved = "approved",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
        Expired = "expired",
    }
}

/// A request as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRequest {
    pub id: RoleRequestId,
    pub account: AccountId,
    pub name: Name,
    pub email: String,
    pub role: Role,
    pub change: Change,
    pub reason: String,
    /// By name.
    pub asked_by: String,
    pub asked_at: Moment,
    pub expires_at: Moment,
    pub state: RequestState,
    pub decided_by: Option<String>,
    pub decided_at: Option<Moment>,
    /// Who looks may approve or reject it.
    pub yours_to_decide: bool,
    /// Who looks has asked for it and may take it back.
    pub yours: bool,
}

/// The page of requests: those that wait, and those that were decided lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    pub open: Vec<RoleRequest>,
    pub past: Vec<RoleRequest>,
}

/// "I ask that …".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskRole {
    /// `give:finance`, `take:support`.
    #[serde(default)]
    pub change: String,
    #[serde(default)]
    pub reason: String,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub change: Change,
    pub role: Role,
    pub reason: String,
}

impl AskRole {
    pub fn parse(&self) -> Result<Asked, Fault> {
        let mut errors = FieldErrors::default();
        let chosen = self.change.split_once(':').and_then(|(change, role)| Some((change.parse().ok()?, role.parse().ok()?)));
        let chosen: Option<(Change, Role)> = errors.take("change", chosen.ok_or(Problem::NotAChoice));
        let reason = errors.take("reason", reason(&self.reason));
        errors.finish(chosen.zip(reason).map(|((change, role), reason)| Asked { change, role, reason }))
    }
}

/// Approves, rejects or takes back a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideRole {
    #[serde(default)]
    pub request: String,
}

impl DecideRole {
    pub fn parse(&self) -> Result<RoleRequestId, Fault> {
        self.request.parse().map_err(|_| Fault::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_what_with_which_role_and_why() {
        let ask = |change: &str, reason: &str| AskRole { change: change.into(), reason: reason.into() }.parse();
        let asked = ask("give:finance", " keeps the books ").unwrap();
        assert_eq!((asked.change, asked.role, asked.reason.as_str()), (Change::Give, Role::Finance, "keeps the books"));
        for (change, reason) in [("give:emperor", "why"), ("finance", "why"), ("", "why"), ("take:admin", "")] {
            assert!(ask(change, reason).is_err(), "{change} {reason}");
        }
    }
}
