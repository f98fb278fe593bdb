//! People: who they are to each other and what they may be.

use crate::ids::AccountId;
use crate::text::{Handle, Name};
use serde::{Deserialize, Serialize};

crate::words! {
    /// What a person may be beside a learner, which everyone is.
    pub enum Role {
        Instructor = "instructor",
        Moderator = "moderator",
        Support = "support",
        Finance = "finance",
        Admin = "admin",
    }
}

/// Who is looking at the page: what the frame around every page needs to know of a signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub id: AccountId,
    pub name: Name,
    pub roles: Vec<Role>,
}

impl Me {
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
    /// May open the studio.
    pub fn teaches(&self) -> bool {
        self.has(Role::Instructor)
    }
    /// May open the staff's pages.
    pub fn is_staff(&self) -> bool {
        self.roles.iter().any(|r| matches!(r, Role::Moderator | Role::Support | Role::Finance | Role::Admin))
    }
}

/// A person as others see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub handle: Handle,
    pub name: Name,
    /// One line about them; may be empty.
    pub headline: String,
}
