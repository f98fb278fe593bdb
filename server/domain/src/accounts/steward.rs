//! What staff and the operator may do to people, asked again in the transaction of the deed: whoever lost a role a moment ago has
//! lost it here.

use super::queries;
use super::queries::roles::roles_of;
use crate::{Error, Result, Staff};
use model::Fault;
use model::accounts::{Refusal, Role};
use model::admin::may_see_as;
use model::ids::AccountId;
use store::Conn;

/// Whose hand does it.
#[derive(Debug, Clone, Copy)]
pub enum Hand<'a> {
    Staff(&'a Staff),
    /// At the command line; may do everything.
    Operator,
}

impl<'a> Hand<'a> {
    /// The person, for the trail.
    pub(super) fn id(self) -> Option<&'a AccountId> {
        match self {
            Hand::Staff(staff) => Some(&staff.id),
            Hand::Operator => None,
        }
    }
}

/// The roles that a member of staff has at this moment, one of `wanted` among them.
pub(super) async fn still(conn: &mut Conn, staff: &Staff, wanted: &[Role]) -> Result<Vec<Role>> {
    let roles = roles_of(conn, &staff.id).await?;
    let may = roles.iter().any(|role| wanted.contains(role)) && !queries::is_suspended(conn, &staff.id).await?;
    if may { Ok(roles) } else { Err(Fault::Forbidden.into()) }
}

/// Refuses whoever reaches above themselves, or for themselves.
pub(super) async fn below(conn: &mut Conn, staff: &Staff, roles: &[Role], whom: &AccountId) -> Result<()> {
    if staff.id == *whom || !may_see_as(roles, &roles_of(conn, whom).await?) {
        return Err(refuse(Refusal::Above));
    }
    Ok(())
}

pub(super) fn refuse(refusal: Refusal) -> Error {
    Error::refuse(model::Refusal::Accounts(refusal))
}
