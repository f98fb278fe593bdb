//! What a paid line gives. One match by kind.

use super::queries::{Line, Order};
use crate::entitlement::{self, Grant};
use crate::{App, Error, Result, catalog, subscriptions};
use model::entitlement::Source;
use model::orders::LineKind;
use store::Tx;

/// Gives what the line was bought for, in the transaction that pays it.
pub(super) async fn fulfil(app: &App, tx: &mut Tx, order: &Order, line: &Line) -> Result<()> {
    match line.item.kind {
        LineKind::Course | LineKind::Bundle => open_courses(app, tx, order, line).await,
        // its money is in the wallet by being booked there
        LineKind::Topup => Ok(()),
        LineKind::Subscription => subscriptions::invoice_paid(app, tx, &order.id).await,
        LineKind::SeatPack => hand_over_seats(order, line),
        LineKind::Gift => issue_gift(order, line),
    }
}

async fn open_courses(app: &App, tx: &mut Tx, order: &Order, line: &Line) -> Result<()> {
    for part in &line.parts {
        let grant = Grant {
            account: &order.account,
            course: &part.course,
            source: Source::OrderLine,
            source_id: line.id.as_str(),
            expires_at: None,
        };
        if entitlement::grant(app, tx, grant).await? {
            catalog::count_learners(tx, &part.course, 1).await?;
        }
    }
    Ok(())
}

/// Nothing offers seats, so none can have been paid.
fn hand_over_seats(order: &Order, line: &Line) -> Result<()> {
    Err(not_offered(order, line))
}

/// Nothing offers gifts, so none can have been paid.
fn issue_gift(order: &Order, line: &Line) -> Result<()> {
    Err(not_offered(order, line))
}

fn not_offered(order: &Order, line: &Line) -> Error {
    Error::bug(format!("order {} paid for a {} that nothing offers", order.id, line.item.kind))
}
