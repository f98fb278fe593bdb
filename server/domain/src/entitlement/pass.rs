//! Passes: the right to everything in the membership, for a time.

use super::queries;
use crate::{App, Result};
use model::Moment;
use model::ids::{AccountId, CourseId, GrantId};
use store::{Conn, Tx};

/// Opens everything in the membership to somebody until `until`, or moves the end of a pass they have from this source.
pub async fn open_pass(app: &App, tx: &mut Tx, account: &AccountId, source_id: &str, until: Moment) -> Result<()> {
    queries::put_pass(tx, &app.new_id::<GrantId>(), account, source_id, until, app.now()).await
}

/// Ends what came from this source, now.
pub async fn close_pass(tx: &mut Tx, source_id: &str, now: Moment) -> Result<()> {
    queries::end_pass(tx, source_id, now).await
}

/// Closes what came from this source while that is in doubt, or opens it again. Its end, and what moves it, are another matter.
pub async fn suspend_pass(tx: &mut Tx, source_id: &str, suspended: bool) -> Result<()> {
    queries::suspend_pass(tx, source_id, suspended).await
}

/// Whether what came from this source is closed because it is in doubt.
pub async fn is_suspended(conn: &mut Conn, source_id: &str) -> Result<bool> {
    queries::is_suspended(conn, source_id).await
}

/// Whether somebody has a pass at `now`.
pub async fn has_pass(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<bool> {
    queries::has_pass(conn, account, now).await
}

/// Whether the course is in the membership.
pub async fn in_membership(conn: &mut Conn, course: &CourseId) -> Result<bool> {
    queries::in_membership(conn, course).await
}

/// Takes the course into the membership, or out of it. Whoever has a pass may open it from this moment on, or no longer.
pub async fn put_in_membership(tx: &mut Tx, course: &CourseId, included: bool, now: Moment) -> Result<()> {
    queries::put_in_membership(tx, course, included, now).await
}
