//! People, as staff find and see them.

use super::{RoleRequest, reason};
use crate::accounts::{Incident, OpenSession, Role};
use crate::ids::AccountId;
use crate::orders::TrailView;
use crate::text::{Email, Handle, Name};
use crate::time::Moment;
use crate::{Fault, FieldError, Lang};
use serde::{Deserialize, Serialize};

crate::words! {
    /// How a person stands, as the list is narrowed.
    pub enum Standing {
        Active = "active",
        Suspended = "suspended",
        Unconfirmed = "unconfirmed",
    }
}

/// What the list of people is narrowed to; empty texts do not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFilter {
    /// Part of a name or an address, or a whole id.
    #[serde(default)]
    pub q: String,
    /// A role's word, or `learner` for those without one.
    #[serde(default)]
    pub role: String,
    /// A [`Standing`]'s word.
    #[serde(default)]
    pub state: String,
    /// Where the page before ended.
    #[serde(default)]
    pub after: String,
}

/// One person in the staff's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPerson {
    pub id: AccountId,
    pub name: Name,
    pub email: String,
    pub roles: Vec<Role>,
    pub joined_at: Moment,
    /// How many courses they may open.
    pub courses: u32,
    pub suspended: bool,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPeople {
    pub filter: PeopleFilter,
    pub people: Vec<StaffPerson>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// Why somebody may not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    pub at: Moment,
    /// The person has read it in a letter.
    pub reason: String,
    /// By name; nobody: the operator.
    pub by: Option<String>,
}

/// Everything staff may need to know of a person; nothing that opens anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPersonPage {
    pub id: AccountId,
    pub handle: Handle,
    pub name: Name,
    pub email: Email,
    pub email_verified: bool,
    pub lang: Lang,
    pub joined_at: Moment,
    pub has_password: bool,
    /// Codes from an app are asked for.
    pub second_factor: bool,
    pub passkeys: u32,
    pub courses: u32,
    pub orders: u32,
    pub roles: Vec<Role>,
    pub suspended: Option<Suspended>,
    /// Latest first; none is marked as the one that asks.
    pub sessions: Vec<OpenSession>,
    /// Their own log, the latest first.
    pub log: Vec<Incident>,
    /// What was done to the account, and by whom.
    pub trail: Vec<TrailView>,
    /// Roles that wait to be decided.
    pub asked: Vec<RoleRequest>,
    /// Who looks may ask for roles, and this is not their own page.
    pub may_ask: bool,
    pub may_suspend: bool,
    pub may_end_sessions: bool,
    pub may_see_as: bool,
}

/// Ends one of somebody's sessions, or all of them where none is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndSessionOf {
    #[serde(default)]
    pub session: String,
}

/// Keeps somebody out, or lets them in again, and says why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    #[serde(default)]
    pub reason: String,
}

impl Suspension {
    pub fn parse(&self) -> Result<String, Fault> {
        reason(&self.reason).map_err(|problem| Fault::Invalid(vec![FieldError::new("reason", problem)]))
    }
}
