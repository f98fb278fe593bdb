//! Orders as their buyers see them.

use super::checkout::new_key;
use super::queries::{self, Line, Order};
use super::receipt::written;
use crate::error::OrNotFound;
use crate::payments::{self, Attempt};
use crate::{App, Member, Result};
use model::ids::OrderId;
use model::orders::{
    self, CreditNote, DisputeState, LineCourse, LineKind, OrderRow, OrderState, OrderView, Receipt, Standing, Total,
};
use model::paging::{Leaf, Page};
use model::payments::{AttemptState, Decline, RefundView};
use model::{Moment, Money};
use store::Conn;

const PER_PAGE: u32 = 30;

/// A page of the buyer's own orders, the latest first.
pub async fn my_orders_page(app: &App, buyer: &Member, page: u32) -> Result<Page<OrderRow>> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count_of_buyer(&mut conn, &buyer.id).await?);
    Ok(leaf.with(queries::page_of_buyer(&mut conn, &buyer.id, leaf).await?))
}

/// All of them at once: for stories, which have few.
#[cfg(any(test, feature = "testing"))]
pub async fn my_orders(app: &App, buyer: &Member) -> Result<Vec<OrderRow>> {
    my_orders_before(app, buyer, None, 500).await
}

/// The buyer's own orders placed before `before`, the latest first, at most `limit`; an order of somebody else is not found.
pub async fn my_orders_before(app: &App, buyer: &Member, before: Option<&OrderId>, limit: u32) -> Result<Vec<OrderRow>> {
    let mut conn = app.db.read().await?;
    let before = match before {
        Some(id) => Some(own(&mut conn, buyer, id).await?),
        None => None,
    };
    queries::of_buyer(&mut conn, &buyer.id, before.as_ref(), limit).await
}

/// One order of the buyer's own; somebody else's is not found.
pub async fn show_order(app: &App, buyer: &Member, id: &OrderId) -> Result<OrderView> {
    let mut conn = app.db.read().await?;
    let order = own(&mut conn, buyer, id).await?;
    Ok(view(app, &mut conn, order).await?.1)
}

async fn own(conn: &mut Conn, buyer: &Member, id: &OrderId) -> Result<Order> {
    queries::order(conn, id).await?.filter(|order| order.account == buyer.id).or_not_found()
}

/// An order with everything that its pages show. What moved while it was read is read again: a page that showed a refund as sent
/// and its order as not refunded would not ask again.
pub(super) async fn view(app: &App, conn: &mut Conn, mut order: Order) -> Result<(Order, OrderView)> {
    loop {
        let view = as_read(app, conn, &order).await?;
        let now = queries::order(conn, &order.id).await?.or_not_found()?;
        if now == order {
            return Ok((order, view));
        }
        order = now;
    }
}

async fn as_read(app: &App, conn: &mut Conn, order: &Order) -> Result<OrderView> {
    let mut lines = Vec::new();
    let (mut list, mut coupon) = (Money::zero(order.total.currency()), Money::zero(order.total.currency()));
    for line in queries::lines(conn, &order.id).await? {
        (list, coupon) = (list.plus(line.list)?, coupon.plus(line.coupon)?);
        lines.push(shown(conn, line).await?);
    }
    let latest = payments::attempts_of(conn, order.id.as_str()).await?.into_iter().next_back();
    let refunds = queries::refunds_of(conn, &order.id).await?;
    // papers come with payment, and a page that waits for it asks again and again
    let (receipt, notes, dispute) = match order.paid_at {
        Some(_) => {
            let receipt = queries::receipt(conn, &order.id).await?;
            (receipt, queries::credit_notes(conn, &order.id).await?, queries::dispute_state(conn, &order.id).await?)
        }
        None => (None, Vec::new(), DisputeState::None),
    };
    let standing = standing(order, latest.as_ref(), app.now());
    let pay_code = match (&standing, &latest) {
        (Standing::Scan(_), Some(attempt)) => attempt.way_to_pay(app.now()).map(str::to_owned),
        _ => None,
    };
    Ok(OrderView {
        id: order.id.clone(),
        state: order.state,
        refunded_state: order.refunded_state,
        dispute,
        lines,
        sum: Total { list, coupon, total: order.total, gift: order.gift, cash: order.cash, due: order.due },
        total: order.total,
        due: order.due,
        refunded: order.refunded,
        placed_at: order.placed_at,
        expires_at: order.expires_at,
        paid_at: order.paid_at,
        standing,
        pay_code,
        // whom they chose, and would choose again
        provider: match &latest {
            Some(attempt) => Some(attempt.provider),
            None => payments::providers_for(app, order.due.currency()).first().copied(),
        },
        ways: match order.state {
            OrderState::AwaitingPayment => payments::providers_for(app, order.due.currency()),
            _ => Vec::new(),
        },
        receipt: receipt.map(|(series, number, issued_at)| Receipt { number: written(&series, number), issued_at }),
        credit_notes: notes
            .into_iter()
            .map(|note| CreditNote {
                number: written(&note.series, note.number),
                place: note.number,
                issued_at: note.issued_at,
                void: note.void,
            })
            .collect(),
        refunds: refunds.iter().map(shown_refund).collect(),
        offer: super::refund_ask::offer(app, conn, order).await?,
        key: new_key(app)?,
    })
}

pub(super) fn shown_refund(refund: &queries::Refund) -> RefundView {
    RefundView {
        id: refund.id.clone(),
        amount: refund.amount,
        state: refund.state,
        cause: refund.cause,
        reason: refund.reason.clone(),
        at: refund.created_at,
    }
}

async fn shown(conn: &mut Conn, line: Line) -> Result<orders::Line> {
    let (mut courses, mut seller, mut slug) = (Vec::new(), String::new(), None);
    for part in &line.parts {
        let row = queries::course(conn, part.course.as_str()).await?.or_not_found()?;
        courses.push(LineCourse { id: row.course, slug: row.slug.clone(), title: part.title.clone() });
        (seller, slug) = (row.instructor_name, Some(row.slug));
    }
    if line.item.kind == LineKind::Bundle {
        let bundle = queries::bundle(conn, &line.item.id).await?;
        slug = bundle.as_ref().map(|bundle| bundle.slug.clone());
        seller = bundle.map(|bundle| bundle.instructor_name).unwrap_or_default();
    }
    Ok(orders::Line {
        amount: line.amount()?,
        item: line.item,
        title: line.title,
        seller,
        slug,
        list: line.list,
        coupon: line.coupon,
        tax: line.tax,
        courses,
    })
}

fn standing(order: &Order, latest: Option<&Attempt>, now: Moment) -> Standing {
    if order.state != OrderState::AwaitingPayment {
        return Standing::Over;
    }
    let Some(attempt) = latest else { return Standing::Idle { last: None } };
    let declined = attempt.decline.as_deref().map(Decline::of);
    match (attempt.state, attempt.way_to_pay(now)) {
        (AttemptState::Created | AttemptState::Submitting, _) => Standing::Connecting,
        (AttemptState::Pending, _) if attempt.close_wanted => Standing::Closing,
        (AttemptState::Pending, Some(url)) if url.starts_with("http") => Standing::PayAt { url: url.to_owned(), declined },
        (AttemptState::Pending, Some(sheet)) if sheet.starts_with(payments::SHEET) => Standing::Sheet(sheet.to_owned()),
        (AttemptState::Pending, Some(code)) => payments::drawn(code).map_or(Standing::Unknown, Standing::Scan),
        (AttemptState::Processing, _) => Standing::Processing,
        (AttemptState::Unknown, _) => Standing::Unknown,
        // open, without a way to it: "try again" asks for one
        (AttemptState::Pending, None) => Standing::Idle { last: None },
        (AttemptState::Succeeded | AttemptState::Failed | AttemptState::Canceled, _) => {
            Standing::Idle { last: Some((attempt.state, declined)) }
        }
    }
}
