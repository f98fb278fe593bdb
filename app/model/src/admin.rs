//! What staff see of people.

use crate::Moment;
use crate::accounts::Role;
use crate::paging::Page;
use crate::text::{Handle, Name};
use serde::{Deserialize, Serialize};

/// One person in the staff's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPerson {
    pub handle: Handle,
    pub name: Name,
    pub email: String,
    pub roles: Vec<Role>,
    pub joined_at: Moment,
    /// How many courses they may open.
    pub courses: u32,
    pub suspended: bool,
}

/// People by what staff look for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffPeople {
    /// Part of a name or an e-mail address.
    pub q: String,
    pub page: Page<StaffPerson>,
}
