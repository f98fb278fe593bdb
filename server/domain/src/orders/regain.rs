//! A right that another one stood in the way of.

use super::queries::{self, Order};
use crate::{App, Result, entitlement};
use model::entitlement::Source;
use model::ids::CourseId;
use store::Tx;

/// What a dispute had closed stays closed when it is won, where its course had been bought again meanwhile: one right is enough.
/// With that other one, of `order`, over or closed, the first one counts.
pub(super) async fn regain(app: &App, tx: &mut Tx, order: &Order, course: &CourseId) -> Result<()> {
    match queries::closed_and_won(tx, &order.account, course, &order.id).await? {
        Some(line) => entitlement::restore(app, tx, Source::OrderLine, line.as_str()).await.map(drop),
        None => Ok(()),
    }
}
