//! A refund on its way: sent to its provider or asked about. While a payer's bank wants the same money back it is only asked about.

use super::dispute::lost_with_the_rest;
use super::dispute_state::together;
use super::queries::{self, Order, Refund};
use super::refund::{change, happened, locked, with_all_it_means};
use super::refund_state::{RefundEvent, step};
use crate::payments::{self, Attempt, Gone, RefundAsk, RefundFact, Trouble};
use crate::{App, Error, Result, earnings};
use model::ids::RefundId;
use model::orders::DisputeState;
use model::payments::{RefundCause, RefundState};
use model::time::{Span, days, hours, minutes, seconds};
use store::{Conn, Tx};

/// When to ask again about a refund that gave no final answer; after the last a person must look.
const QUESTIONS: [Span; 9] = [seconds(10), minutes(1), minutes(5), hours(1), days(1), days(1), days(1), days(1), days(1)];

/// Refunds whose time has come.
pub async fn due_refunds(app: &App, limit: i64) -> Result<Vec<RefundId>> {
    queries::due_refunds(&mut app.db.read().await?, app.now(), limit).await
}

/// A refund about to be sent or asked about, written down as such.
struct Ready {
    attempt: Attempt,
    refund: Refund,
    /// It was never sent before.
    first: bool,
    /// A dispute about the payment is open or lost: nothing is sent.
    disputed: bool,
}

/// Sends a refund to its provider, or asks what became of it. Written down first, answered after.
pub async fn submit_refund(app: &App, id: &RefundId) -> Result<()> {
    let Some(ready) = app.db.write(async |tx| make_ready(app, tx, id).await).await? else { return Ok(()) };
    let Ready { attempt, refund, first, disputed } = ready;
    let ask = asked(&attempt, &refund)?;
    let gateway = payments::gateway(app, attempt.provider)?;
    let answer = match disputed {
        true => gateway.refunded(&ask).await,
        false => gateway.refund(&ask).await.map(Ok),
    };
    let event = match answer {
        Ok(Ok(found)) => Some(RefundEvent::Fact(found.fact)),
        Ok(Err(Gone)) => None,
        Err(Trouble::Refused(reason)) if first && !disputed => {
            tracing::warn!(refund.id = %id, %reason, "a provider refused a refund");
            Some(RefundEvent::Fact(RefundFact::Failed))
        }
        // it was sent before, and may have been done then: "refunded already" is a refusal too
        Err(Trouble::Refused(reason)) => {
            tracing::warn!(refund.id = %id, %reason, "a provider refused to say what became of a refund");
            Some(RefundEvent::Lost)
        }
        Err(Trouble::Silent(reason)) => {
            tracing::warn!(refund.id = %id, %reason, "a provider gave no answer about a refund");
            Some(RefundEvent::Lost)
        }
    };
    app.db
        .write(async |tx| {
            let now = locked(tx, id).await?.2;
            match event {
                // what was heard meanwhile may be newer than this answer
                _ if now.version != refund.version => ask_at_once(app, tx, &now).await,
                Some(event) => happened(app, tx, id, event).await,
                None => never_made(app, tx, id).await,
            }
        })
        .await
}

async fn make_ready(app: &App, tx: &mut Tx, id: &RefundId) -> Result<Option<Ready>> {
    let (order, attempt, refund) = locked(tx, id).await?;
    let attempt = attempt.ok_or_else(|| Error::bug("a refund to submit without a payment"))?;
    let Ok(after) = step(refund.state, RefundEvent::Submit) else {
        queries::set_refund_due(tx, id, None, refund.asked).await?;
        return Ok(None);
    };
    let first = refund.state == RefundState::Approved;
    let mut refund = refund;
    if after != refund.state {
        refund = change(app, tx, &refund, RefundEvent::Submit, None).await?;
        let request = crate::secrets::hash(&format!("{} {} {}", attempt.id, refund.due.minor(), refund.due.currency()));
        payments::note_call(tx, id.as_str(), attempt.provider, &request, app.now()).await?;
    }
    let Some(pause) = usize::try_from(refund.asked).ok().and_then(|asked| QUESTIONS.get(asked)) else {
        tracing::error!(refund.id = %id, "a refund stays unclear: a person must look");
        give_up(app, tx, &order, &refund).await?;
        return Ok(None);
    };
    queries::set_refund_due(tx, id, Some(app.now() + *pause), refund.asked + 1).await?;
    let disputed = matches!(disputed(tx, &attempt).await?, DisputeState::Open | DisputeState::Lost);
    Ok(Some(Ready { attempt, refund, first, disputed }))
}

async fn give_up(app: &App, tx: &mut Tx, order: &Order, refund: &Refund) -> Result<()> {
    change(app, tx, refund, RefundEvent::GiveUp, None).await?;
    if refund.cause != RefundCause::Staff {
        queries::flag_for_review(tx, &order.id).await?;
    }
    queries::set_refund_due(tx, &refund.id, None, refund.asked).await
}

/// How the payment stands that the money came by.
async fn disputed(conn: &mut Conn, attempt: &Attempt) -> Result<DisputeState> {
    Ok(together(&queries::disputes_of(conn, attempt).await?))
}

async fn ask_at_once(app: &App, tx: &mut Tx, refund: &Refund) -> Result<()> {
    if step(refund.state, RefundEvent::Submit).is_err() {
        return Ok(());
    }
    tx.wake();
    queries::set_refund_due(tx, &refund.id, Some(app.now()), refund.asked).await
}

/// The provider never made it, and a dispute stands in its way: while it is open people look at it; once it is lost the payer has the
/// money, and the refund has come to nothing.
async fn never_made(app: &App, tx: &mut Tx, id: &RefundId) -> Result<()> {
    let (order, attempt, refund) = locked(tx, id).await?;
    let attempt = attempt.ok_or_else(|| Error::bug("a refund that was asked about without a payment"))?;
    match disputed(tx, &attempt).await? {
        DisputeState::Lost if refund.cause.is_asked() => {
            queries::set_refund_due(tx, id, None, refund.asked).await?;
            earnings::hold_shares(tx, &order.id).await?;
            with_all_it_means(app, tx, &order, Some(&attempt), &refund, RefundEvent::Fact(RefundFact::Failed)).await?;
            lost_with_the_rest(app, tx, &order, &attempt, &refund).await
        }
        DisputeState::Open | DisputeState::Lost => give_up(app, tx, &order, &refund).await,
        // it was won meanwhile
        DisputeState::None | DisputeState::Won => ask_at_once(app, tx, &refund).await,
    }
}

fn asked(attempt: &Attempt, refund: &Refund) -> Result<RefundAsk> {
    let payment = attempt.provider_id.clone().ok_or_else(|| Error::bug("a captured attempt without a payment"))?;
    let again = refund.asked > 0;
    Ok(RefundAsk { refund: refund.id.to_string(), payment, amount: refund.due, reason: refund.reason.clone(), again })
}

/// What a provider says of a refund, and of which version of ours it was asked.
#[derive(Debug, Clone, Copy)]
pub struct Heard {
    fact: RefundFact,
    version: i64,
}

/// A notification tells that something became of a refund. Notifications come in any order, a day late or twice: what became of it
/// by now is asked for, outside any transaction. What can never have been sent is taken as it was told, and refused by its state.
pub async fn look_up_refund(app: &App, provider: model::payments::Provider, id: &RefundId, told: RefundFact) -> Result<Heard> {
    let mut conn = app.db.read().await?;
    let refund = queries::refund(&mut conn, id).await?.ok_or_else(Error::not_found)?;
    let version = refund.version;
    if matches!(refund.state, RefundState::Requested | RefundState::Approved | RefundState::Canceled) {
        return Ok(Heard { fact: told, version });
    }
    let attempt = match &refund.attempt {
        Some(attempt) => payments::attempt(&mut conn, attempt).await?,
        None => return Err(Error::not_found()),
    };
    drop(conn);
    if attempt.provider != provider {
        return Err(Error::not_found());
    }
    match payments::gateway(app, provider)?.refunded(&RefundAsk { again: true, ..asked(&attempt, &refund)? }).await {
        Ok(Ok(found)) => Ok(Heard { fact: found.fact, version }),
        Ok(Err(Gone)) => Err(Error::bug("a provider tells of a refund that it does not have")),
        Err(Trouble::Refused(reason) | Trouble::Silent(reason)) => {
            Err(Error::bug(format!("a provider tells of a refund and does not answer about it: {reason}")))
        }
    }
}

/// Takes what was heard; false where the refund has changed since it was asked about.
pub async fn refund_heard(app: &App, tx: &mut Tx, id: &RefundId, heard: Heard) -> Result<bool> {
    if locked(tx, id).await?.2.version != heard.version {
        return Ok(false);
    }
    happened(app, tx, id, RefundEvent::Fact(heard.fact)).await?;
    Ok(true)
}
