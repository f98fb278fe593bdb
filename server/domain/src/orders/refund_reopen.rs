//! A refund that had failed and is not over: the money went after all, or has to go. Reserved again, for people to look at.

use super::queries::{self, Order, Refund};
use super::refund::{change, reservation, source};
use super::refund_ask::taken;
use super::refund_state::RefundEvent;
use crate::audit_trail::{self, Deed};
use crate::ledger;
use crate::payments::{self, Attempt};
use crate::{App, Error, Result};
use model::orders::DisputeState;
use store::Tx;

/// Flags the order. Where its money is still there the refund needs attention from now on; where something else has had it
/// meanwhile, the refund stays failed and the trail says what was heard.
pub(super) async fn reopen(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    attempt: Option<&Attempt>,
    refund: &Refund,
    event: RefundEvent,
) -> Result<()> {
    tracing::error!(refund.id = %refund.id, ?event, "a refund that had failed is not over: a person must look");
    queries::flag_for_review(tx, &order.id).await?;
    if !(is_there(tx, order, refund).await? && reserve(tx, refund).await?) {
        let detail = format!("{event:?} while {}, and nothing is left to reserve", refund.state);
        return audit_trail::record(app, tx, Deed::new("refund.refused", "refund", &refund.id).detail(detail)).await;
    }
    let refund = change(app, tx, refund, event, None).await?;
    for entry in reservation(tx, order, attempt, &refund).await? {
        ledger::post(app, tx, &entry).await?;
    }
    Ok(())
}

async fn reserve(tx: &mut Tx, refund: &Refund) -> Result<bool> {
    match &refund.attempt {
        Some(attempt) => payments::refund_reserve(tx, attempt, refund.due.minor()).await,
        None => Ok(false),
    }
}

/// Whether the lines still have what the refund took of them. Money without a place has none else to go to; a refund that had
/// succeeded once is left as the bank left it.
async fn is_there(tx: &mut Tx, order: &Order, refund: &Refund) -> Result<bool> {
    if !refund.cause.is_asked() {
        return Ok(true);
    }
    let disputed = matches!(queries::dispute_state(tx, &order.id).await?, DisputeState::Open | DisputeState::Lost);
    if disputed || queries::is_credited(tx, &refund.id).await? {
        return Ok(false);
    }
    let (lines, before) = (queries::lines(tx, &order.id).await?, taken(tx, order).await?);
    for part in queries::parts_of_refund(tx, &refund.id).await? {
        let Some((line, before)) = lines.iter().zip(&before).find(|(line, _)| line.id == part.line) else { return Ok(false) };
        if !before.has_room_for(&part.of)? {
            return Ok(false);
        }
        match source(tx, order, line, part.of.amount.minus(part.of.tax)?).await {
            Ok(_) => (),
            Err(Error::Fault(_)) => return Ok(false),
            Err(other) => return Err(other),
        }
    }
    Ok(true)
}
