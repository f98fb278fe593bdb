//! People: who they are to each other and what they may be.

mod doors;
mod forms;
mod safety;

pub use doors::{AskReset, ChangeEmail, ConfirmIt, NewPassword, SecondStep};
pub use forms::{
    Appearance, ChangePassword, ChooseInterests, EditProfile, EndSession, LEAST_INTERESTS, NewProfile, Registration, SignIn,
    SignUp,
};

pub use safety::{Address, Incident, LinkPage, LoggedKind, ResetPage, Second, SecondFactor, Setup, Ways};

use crate::Lang;
use crate::catalog::Topic;
use crate::ids::AccountId;
use crate::text::{Email, Handle, Name, Slug};
use crate::time::Moment;
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

/// What a person may change about themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub email: Email,
    pub handle: Handle,
    pub name: Name,
    pub headline: String,
    pub bio: String,
    /// The language letters are written in.
    pub lang: Lang,
}

/// The page where interests are chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interests {
    pub topics: Vec<Topic>,
    pub chosen: Vec<Slug>,
}

/// One place where a person is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// Names the session to its owner; opens nothing.
    pub id: String,
    /// What the browser said it is.
    pub user_agent: String,
    /// Roughly from where: a shortened network; may be empty.
    pub network: String,
    pub opened: Moment,
    pub seen: Moment,
    /// The one that asks.
    pub this: bool,
}

/// The page of password and sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Security {
    pub email: Email,
    /// Shown to be theirs.
    pub email_verified: bool,
    pub has_password: bool,
    /// Codes from an app are asked for at sign-in.
    pub second_factor: bool,
    pub sessions: Vec<OpenSession>,
    /// What happened lately, the latest first.
    pub log: Vec<Incident>,
}

/// Why the state of an account refuses something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The link was used or is too old.
    LinkOver,
    /// The sign-in has to begin anew.
    StepOver,
    /// First the address has to be confirmed.
    AddressUnproven,
    /// It takes another person: neither who asked nor whom it is about.
    SecondPerson,
    /// Nobody would be left to administer the school.
    LastAdmin,
    /// The same role of the same person waits to be decided already.
    AskedAlready,
    /// The request was decided, taken back, or is too old.
    RequestOver,
    /// They have the role, or do not have it.
    NothingToChange,
    /// It is about somebody above who asks, or about themselves.
    Above,
    /// They may not come in at present.
    SuspendedNow,
    /// Codes are not asked for.
    NoSecondFactor,
}
