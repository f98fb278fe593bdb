//! Taking a course that costs nothing.

use super::queries;
use crate::entitlement::{self, Grant};
use crate::error::OrNotFound;
use crate::{App, Error, Member, Result, catalog};
use model::entitlement::Source;
use model::ids::{CourseId, LessonId, OrderLineId};
use model::{Refusal, learning};
use store::Conn;

/// Gives the member a free course. Taking it twice, or a course they have already, changes nothing.
/// Refused where the course costs something; one that is not offered is not found.
pub async fn enrol(app: &App, member: &Member, course: &CourseId) -> Result<()> {
    app.db
        .write(async |tx| {
            if entitlement::may_open(tx, Some(&member.id), course, app.now()).await?.is_open() {
                return Ok(());
            }
            let (listed, price) = queries::offer(tx, course).await?.or_not_found()?;
            if !listed {
                return Err(Error::not_found());
            }
            if price > 0 {
                return Err(Error::refuse(Refusal::Learning(learning::Refusal::NotFree)));
            }
            let line: OrderLineId = app.new_id();
            let right =
                Grant { account: &member.id, course, source: Source::OrderLine, source_id: line.as_str(), expires_at: None };
            if entitlement::grant(app, tx, right).await? {
                catalog::count_learners(tx, course, 1).await?;
            }
            Ok(())
        })
        .await
}

/// Where a course begins.
pub async fn first_lesson(conn: &mut Conn, course: &CourseId) -> Result<Option<LessonId>> {
    queries::first_lesson(conn, course).await
}
