//! What a paid line gives. One match by kind.

use super::queries::{Line, Order};
use crate::entitlement::{self, Grant};
use crate::{App, Error, Result, subscriptions, vouchers};
use model::entitlement::Source;
use model::ids::CourseId;
use model::orders::LineKind;
use store::Tx;

/// Gives what the line was bought for, in the transaction that pays it. Says which courses have a learner more: whoever pays counts
/// them.
pub(super) async fn fulfil(app: &App, tx: &mut Tx, order: &Order, line: &Line) -> Result<Vec<CourseId>> {
    match line.item.kind {
        LineKind::Course | LineKind::Bundle => return open_courses(app, tx, order, line).await,
        // its money is in the wallet by being booked there
        LineKind::Topup => (),
        LineKind::Subscription => subscriptions::invoice_paid(app, tx, &order.id).await?,
        LineKind::SeatPack => hand_over_seats(app, tx, order, line).await?,
        LineKind::Gift => issue_gift(app, tx, line).await?,
    }
    Ok(Vec::new())
}

async fn open_courses(app: &App, tx: &mut Tx, order: &Order, line: &Line) -> Result<Vec<CourseId>> {
    let mut opened = Vec::new();
    for part in &line.parts {
        let grant = Grant {
            account: &order.account,
            course: &part.course,
            source: Source::OrderLine,
            source_id: line.id.as_str(),
            expires_at: None,
        };
        if entitlement::grant(app, tx, grant).await? {
            opened.push(part.course.clone());
        }
    }
    Ok(opened)
}

/// The seats can be given from now on.
async fn hand_over_seats(app: &App, tx: &mut Tx, order: &Order, line: &Line) -> Result<()> {
    let part = line.parts.first().ok_or_else(|| Error::bug("seats of no course"))?;
    let new = vouchers::NewPool {
        owner: &order.account,
        course: &part.course,
        instructor: &part.instructor,
        line: line.id.as_str(),
        purchased: i64::from(line.item.quantity),
        amount: line.net,
        share: line.share,
    };
    vouchers::open_pool(app, tx, new).await.map(drop)
}

/// The gift can be claimed from now on.
async fn issue_gift(app: &App, tx: &mut Tx, line: &Line) -> Result<()> {
    let part = line.parts.first().ok_or_else(|| Error::bug("a gift of no course"))?;
    vouchers::issue(app, tx, &line.item.id, line.id.as_str(), (line.net, line.share), &part.instructor).await
}
