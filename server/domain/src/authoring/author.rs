//! Who may work on a course: the right as a value.

use super::{queries, seed};
use crate::error::OrNotFound;
use crate::{App, Error, Member, Result, catalog};
use model::Fault;
use model::ids::{AccountId, CourseId};
use store::Conn;

/// An instructor and one course of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    account: AccountId,
    course: CourseId,
}

impl Author {
    pub fn account(&self) -> &AccountId {
        &self.account
    }
    pub fn course(&self) -> &CourseId {
        &self.course
    }
    /// The author of a course they have just begun.
    pub(super) fn beginning(account: &AccountId, course: &CourseId) -> Self {
        Self { account: account.clone(), course: course.clone() }
    }
}

/// Only instructors make courses.
pub(super) fn instructor(member: &Member) -> Result<()> {
    if member.me.teaches() { Ok(()) } else { Err(Error::Fault(Fault::Forbidden)) }
}

/// The right to work on `course`. Somebody else's course is not found, as is one that does not exist; who does not teach has no
/// business here at all.
pub async fn author_of(conn: &mut Conn, member: &Member, course: &CourseId) -> Result<Author> {
    instructor(member)?;
    let owner = queries::owner(conn, course).await?.or_not_found()?;
    if owner == member.id { Ok(Author { account: owner, course: course.clone() }) } else { Err(Error::not_found()) }
}

/// [`author_of`], where a course of theirs that so far is only in the catalog gets its draft on the way.
pub async fn open(app: &App, member: &Member, course: &CourseId) -> Result<Author> {
    {
        let mut conn = app.db.read().await?;
        match author_of(&mut conn, member, course).await {
            Err(Error::Fault(Fault::NotFound)) => (),
            decided => return decided,
        }
        let edition = catalog::whole(&mut conn, course).await?.or_not_found()?;
        if edition.instructor != member.id {
            return Err(Error::not_found());
        }
    }
    seed::copy_back(app, course).await?;
    Ok(Author { account: member.id.clone(), course: course.clone() })
}
