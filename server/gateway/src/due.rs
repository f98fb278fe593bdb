//! What time brings about by itself: slow methods answer, open payments expire, disputes are decided, payouts arrive.

use store::{Conn, Tx};

use crate::answer::Result;
use crate::disputes::{self, Dispute, Status as DisputeStatus};
use crate::gateway::Gateway;
use crate::{faults, payments, payouts, queries, refunds};

/// Everything that is due now.
pub(crate) async fn pass(gateway: &Gateway) -> Result<()> {
    let now = gateway.now();
    let due = find(&mut gateway.db.read().await?, now).await?;
    for id in &due.outcomes {
        gateway.db.write(async |tx| settle_payment(tx, gateway, id, now).await).await?;
    }
    for id in &due.expired {
        gateway.db.write(async |tx| expire(tx, gateway, id, now).await).await?;
    }
    for id in &due.refunds {
        gateway.db.write(async |tx| settle_refund(tx, gateway, id, now).await).await?;
    }
    for dispute in &due.disputes {
        gateway.db.write(async |tx| settle_dispute(tx, gateway, dispute, now).await).await?;
    }
    for id in &due.payouts {
        gateway.db.write(async |tx| payouts::settle(tx, gateway, id, now).await).await?;
    }
    Ok(())
}

struct Due {
    outcomes: Vec<String>,
    expired: Vec<String>,
    refunds: Vec<String>,
    disputes: Vec<Dispute>,
    payouts: Vec<String>,
}

async fn find(conn: &mut Conn, now: i64) -> store::Result<Due> {
    Ok(Due {
        outcomes: queries::payments_with_an_outcome(conn, now).await?,
        expired: queries::payments_past_expiry(conn, now).await?,
        refunds: queries::refunds_with_an_outcome(conn, now).await?,
        disputes: queries::disputes_with_an_outcome(conn, now).await?,
        payouts: queries::payouts_with_an_outcome(conn, now).await?,
    })
}

async fn settle_payment(tx: &mut Tx, gateway: &Gateway, id: &str, now: i64) -> Result<()> {
    let before = payments::find(tx, id).await?;
    let faults = faults::current(tx).await?;
    let (captured, currency) = faults.capture(before.amount);
    if queries::settle(tx, id, captured, currency, now).await? {
        let payment = payments::find(tx, id).await?;
        let kind = if payment.status == payments::Status::Succeeded { "payment.succeeded" } else { "payment.failed" };
        payments::follow(tx, gateway, &payment, kind, now).await?;
    }
    Ok(())
}

async fn expire(tx: &mut Tx, gateway: &Gateway, id: &str, now: i64) -> Result<()> {
    if queries::cancel(tx, id, None).await? {
        let payment = payments::find(tx, id).await?;
        payments::follow(tx, gateway, &payment, "payment.canceled", now).await?;
    }
    Ok(())
}

async fn settle_refund(tx: &mut Tx, gateway: &Gateway, id: &str, now: i64) -> Result<()> {
    let before = queries::refund(tx, id).await?;
    if queries::settle_refund(tx, id, now).await?
        && let Some(refund) = queries::refund(tx, id).await?
    {
        let came_back = before.is_some_and(|before| before.status == refunds::Status::Succeeded);
        let payment = payments::find(tx, &refund.payment_id).await?;
        refunds::follow(tx, gateway, &payment, &refund, came_back, now).await?;
    }
    Ok(())
}

async fn settle_dispute(tx: &mut Tx, gateway: &Gateway, dispute: &Dispute, now: i64) -> Result<()> {
    let won = dispute.outcome.as_ref().is_some_and(|(outcome, _)| outcome == "won");
    let status = if won { DisputeStatus::Won } else { DisputeStatus::Lost };
    disputes::decide(tx, gateway, &dispute.id, status, now).await.map(drop)
}
