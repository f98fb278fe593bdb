//! Refunds one by one and in a list: of one's own orders, or of everybody's for those who keep the books.

use super::queries::{self, Refund};
use super::views::shown_refund;
use crate::error::OrNotFound;
use crate::ledger::Whose;
use crate::{App, Result};
use model::ids::RefundId;
use model::refunds::RefundDetail;
use store::Conn;

/// One refund; somebody else's is not found.
pub async fn show_refund(app: &App, whose: &Whose, id: &RefundId) -> Result<RefundDetail> {
    let mut conn = app.db.read().await?;
    let refund = seen(&mut conn, whose, id).await?;
    detail(&mut conn, &refund).await
}

/// Refunds asked for before `before`, the latest first, at most `limit`.
pub async fn refunds_before(app: &App, whose: &Whose, before: Option<&RefundId>, limit: i64) -> Result<Vec<RefundDetail>> {
    let mut conn = app.db.read().await?;
    let before = match before {
        Some(id) => Some(seen(&mut conn, whose, id).await?),
        None => None,
    };
    let mut all = Vec::new();
    for refund in queries::refunds_before(&mut conn, whose.owner(), before.as_ref(), limit).await? {
        all.push(detail(&mut conn, &refund).await?);
    }
    Ok(all)
}

async fn seen(conn: &mut Conn, whose: &Whose, id: &RefundId) -> Result<Refund> {
    let refund = queries::refund(conn, id).await?.or_not_found()?;
    let Some(owner) = whose.owner() else { return Ok(refund) };
    queries::order(conn, &refund.order).await?.filter(|order| order.account == *owner).or_not_found()?;
    Ok(refund)
}

async fn detail(conn: &mut Conn, refund: &Refund) -> Result<RefundDetail> {
    let lines = queries::parts_of_refund(conn, &refund.id).await?;
    Ok(RefundDetail {
        refund: shown_refund(refund),
        order: refund.order.clone(),
        destination: refund.destination,
        lines: lines.into_iter().map(|part| (part.line, part.of.amount)).collect(),
    })
}
