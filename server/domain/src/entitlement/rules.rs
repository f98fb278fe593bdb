//! The question every gate asks.

use super::queries;
use crate::Result;
use model::Moment;
use model::entitlement::{Access, Reason, Source};
use model::ids::{AccountId, CourseId};
use store::Conn;

/// How far `course` is open to `account` (none: somebody not signed in) at `now`.
pub async fn may_open(conn: &mut Conn, account: Option<&AccountId>, course: &CourseId, now: Moment) -> Result<Access> {
    let Some(offered) = queries::offered(conn, course).await? else { return Ok(Access::Closed) };
    if let Some(account) = account {
        if offered.instructor == *account {
            return Ok(Access::Open(Reason::Teaches));
        }
        if let Some(source) = queries::best_source(conn, account, course, now).await? {
            return Ok(Access::Open(Reason::Granted(source)));
        }
        if queries::opened_by_pass(conn, account, course, now).await? {
            return Ok(Access::Open(Reason::Granted(Source::Subscription)));
        }
    }
    Ok(if offered.listed { Access::Preview } else { Access::Closed })
}

/// Whether one lesson may be opened: every lesson of an open course, the preview lessons of a listed one.
pub fn may_preview(access: Access, lesson_is_preview: bool) -> bool {
    match access {
        Access::Open(_) => true,
        Access::Preview => lesson_is_preview,
        Access::Closed => false,
    }
}

/// Whether the person has the course from any source (their own course does not count, nor does a pass: what the membership
/// opens can still be bought).
pub async fn owns(conn: &mut Conn, account: &AccountId, course: &CourseId, now: Moment) -> Result<bool> {
    Ok(queries::best_source(conn, account, course, now).await?.is_some())
}

/// Whether the person has the course for good, so that buying it would give them nothing. What ends (a membership, a company's
/// seat) does not count.
pub async fn owns_for_good(conn: &mut Conn, account: &AccountId, course: &CourseId, now: Moment) -> Result<bool> {
    queries::lasting(conn, account, course, now).await
}

/// Every course the person has, the latest first.
pub async fn owned_courses(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<Vec<CourseId>> {
    queries::owned(conn, account, now).await
}
