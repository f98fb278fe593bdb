//! Looking at the pages as somebody else sees them.

use super::reason;
use crate::accounts::Role;
use crate::ids::AccountId;
use crate::text::Name;
use crate::time::Moment;
use crate::{Fault, FieldError};
use serde::{Deserialize, Serialize};

/// Begins, and says why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeeAs {
    #[serde(default)]
    pub reason: String,
}

impl SeeAs {
    pub fn parse(&self) -> Result<String, Fault> {
        reason(&self.reason).map_err(|problem| Fault::Invalid(vec![FieldError::new("reason", problem)]))
    }
}

/// As whom one looks just now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seeing {
    pub account: AccountId,
    pub name: Name,
    pub reason: String,
    pub since: Moment,
    pub until: Moment,
}

/// Whether staff with the first roles may look as somebody with the second: never as an administrator, and as other staff only
/// administrators.
pub fn may_see_as(staff: &[Role], whom: &[Role]) -> bool {
    let is_staff = whom.iter().any(|role| *role != Role::Instructor);
    match (staff.contains(&Role::Admin), staff.contains(&Role::Support)) {
        (true, _) => !whom.contains(&Role::Admin),
        (false, true) => !is_staff,
        (false, false) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{Admin, Finance, Instructor, Moderator, Support};

    #[test]
    fn nobody_looks_as_somebody_above_them() {
        for (staff, whom, may) in [
            (&[Support][..], &[][..], true),
            (&[Support], &[Instructor], true),
            (&[Support], &[Support], false),
            (&[Support], &[Instructor, Moderator], false),
            (&[Support, Finance], &[Admin], false),
            (&[Admin], &[Finance, Support], true),
            (&[Admin], &[Admin], false),
            (&[Admin, Support], &[Instructor, Admin], false),
            (&[Finance], &[], false),
            (&[Moderator], &[], false),
            (&[Instructor], &[], false),
            (&[], &[], false),
        ] {
            assert_eq!(may_see_as(staff, whom), may, "{staff:?} as {whom:?}");
        }
    }
}
