//! Money arrived or went back: from a kept notification or a provider's answer to everything it means, in one transaction.
//!
//! Payments knows attempts and not what they pay for; this takes what it returns and hands it to orders.

mod another_way;
mod say_who;

pub use another_way::pay;
pub use say_who::{Said, Way, said_who, say_who};

use crate::error::OrNotFound;
use crate::orders::{self, Expiry};
use crate::payments::{self, Answer, Attempt, Evidence, Found, Joined, Notice, NoticeEnd, RefundFact, Sending, Source, Subject};
use crate::{App, Error, Result, payouts, subscriptions};
use futures::future::BoxFuture;
use futures::stream::{self, StreamExt};
use model::ids::{OrderId, PayoutId, RefundId};
use model::payments::AttemptState;
use std::collections::HashSet;
use store::Tx;

/// How much is looked at in one go.
const BATCH: i64 = 50;
/// How many calls to providers are under way at once: one that takes long holds up only its neighbours in this queue.
const AT_ONCE: usize = 8;
/// How often a refund is asked about for one notification, while others change it.
const LOOKS: usize = 3;

/// Works on the notifications that are due. Like the three below it says whether there was anything; call again while there is.
/// One thing that cannot be done does not stop the others.
pub async fn notices(app: &App) -> Result<bool> {
    let mut busy = false;
    for some in parted(app, &payments::received(app, BATCH).await?) {
        busy |= each(app, "work on a notification", some, |app, notice| Box::pin(settle_notice(app, notice))).await?;
    }
    Ok(busy)
}

/// Notifications in the order in which they came, parted so that those of one part can be worked on at the same time: each is about
/// another payment. What is about anything else (a dispute, a refund) may need what came before it and stands alone.
fn parted<'a>(app: &App, due: &'a [Notice]) -> Vec<&'a [Notice]> {
    let (mut parts, mut rest, mut seen) = (Vec::new(), due, HashSet::new());
    for notice in due {
        let payment = payment_of(app, notice);
        let taken = seen.len();
        if taken > 0 && payment.as_ref().is_none_or(|payment| seen.contains(payment)) {
            let (part, left) = rest.split_at(taken);
            parts.push(part);
            (rest, seen) = (left, HashSet::new());
        }
        match payment {
            Some(payment) => {
                seen.insert(payment);
            }
            None => {
                let (alone, left) = rest.split_at(1);
                parts.push(alone);
                rest = left;
            }
        }
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// The attempt that a notification tells of, if it tells of a payment.
fn payment_of(app: &App, notice: &Notice) -> Option<String> {
    match payments::gateway(app, notice.provider).ok()?.read(&notice.body).ok()?.subject {
        Subject::Payment { attempt, .. } => Some(attempt),
        _ => None,
    }
}

/// Asks providers about attempts that nobody told us of.
pub async fn questions(app: &App) -> Result<bool> {
    each(app, "ask about an attempt", &payments::due(app, BATCH).await?, |app, attempt| Box::pin(watch(app, attempt))).await
}

/// Sends refunds to providers, or asks about them.
pub async fn refunds(app: &App) -> Result<bool> {
    let due = orders::due_refunds(app, BATCH).await?;
    each(app, "submit a refund", &due, |app, refund| Box::pin(orders::submit_refund(app, refund))).await
}

/// Closes orders whose time is over.
pub async fn endings(app: &App) -> Result<bool> {
    each(app, "close an order", &orders::due_orders(app, BATCH).await?, |app, order| Box::pin(close_in_time(app, order))).await
}

/// All of it, one after the other: what a story calls until nothing is left.
#[cfg(any(test, feature = "testing"))]
pub async fn work(app: &App) -> Result<bool> {
    Ok(notices(app).await? | questions(app).await? | refunds(app).await? | endings(app).await?)
}

async fn each<T: Sync>(
    app: &App,
    what: &str,
    things: &[T],
    act: for<'a> fn(&'a App, &'a T) -> BoxFuture<'a, Result<()>>,
) -> Result<bool> {
    let calls: Vec<BoxFuture<'_, Result<()>>> = things.iter().map(|thing| act(app, thing)).collect();
    let mut under_way = stream::iter(calls).buffer_unordered(AT_ONCE);
    let mut busy = false;
    while let Some(outcome) = under_way.next().await {
        busy |= tried(what, outcome)?;
    }
    Ok(busy)
}

/// A database that is away ends the round; anything else is logged, and has been planned anew before it was tried.
fn tried(what: &str, outcome: Result<()>) -> Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(away) if away.is_unavailable() => Err(away),
        Err(cause) => {
            tracing::error!(%cause, "settlement could not {what}");
            Ok(false)
        }
    }
}

/// Works on one kept notification; what fails is tried again later, and stays to be looked at in the end.
async fn settle_notice(app: &App, notice: &Notice) -> Result<()> {
    match work_on(app, notice).await {
        Ok(()) => Ok(()),
        Err(away) if away.is_unavailable() => Err(away),
        Err(cause) => {
            let failed = NoticeEnd::Failed(cause.to_string());
            app.db.write(async |tx| payments::finish_notice(app, tx, notice, &failed).await).await
        }
    }
}

async fn work_on(app: &App, notice: &Notice) -> Result<()> {
    let subject = payments::gateway(app, notice.provider)?.read(&notice.body).map_err(Error::bug)?.subject;
    if let Subject::Refund { refund, found } = subject {
        return settle_refund(app, notice, refund.parse().ok(), found.fact).await;
    }
    app.db
        .write(async |tx| {
            if !payments::notice_waits(tx, &notice.id).await? {
                return Ok(());
            }
            let end = apply(app, tx, notice, &subject).await?;
            payments::finish_notice(app, tx, notice, &end).await
        })
        .await
}

/// What became of the refund is asked first; where it changes meanwhile, again.
async fn settle_refund(app: &App, notice: &Notice, id: Option<RefundId>, told: RefundFact) -> Result<()> {
    for _ in 0..LOOKS {
        let heard = match &id {
            None => None,
            Some(id) => match orders::look_up_refund(app, notice.provider, id, told).await {
                Ok(heard) => Some((id, heard)),
                Err(Error::Fault(model::Fault::NotFound)) => None,
                Err(other) => return Err(other),
            },
        };
        let done = app
            .db
            .write(async |tx| {
                if !payments::notice_waits(tx, &notice.id).await? {
                    return Ok(true);
                }
                let end = match heard {
                    None => NoticeEnd::Ignored,
                    Some((id, heard)) if orders::refund_heard(app, tx, id, heard).await? => NoticeEnd::Processed,
                    Some(_) => return Ok(false),
                };
                payments::finish_notice(app, tx, notice, &end).await?;
                Ok::<_, Error>(true)
            })
            .await?;
        if done {
            return Ok(());
        }
    }
    Err(Error::bug("a refund went on changing while it was asked about"))
}

async fn apply(app: &App, tx: &mut Tx, notice: &Notice, subject: &Subject) -> Result<NoticeEnd> {
    match subject {
        Subject::Payment { attempt, found } => {
            let Some(known) = payments::find(tx, attempt).await? else { return Ok(NoticeEnd::Ignored) };
            if known.provider != notice.provider {
                return Ok(NoticeEnd::Ignored);
            }
            settle(app, tx, &known, found, Source::Notification, Some(notice.event_id.clone())).await?;
            Ok(NoticeEnd::Processed)
        }
        Subject::Dispute { attempt, found } => {
            let known = match attempt {
                Some(attempt) => payments::find(tx, attempt).await?.filter(|known| known.provider == notice.provider),
                // what says that the payment succeeded may be behind it
                None => match payments::find_payment(tx, notice.provider, &found.payment).await? {
                    None => return Err(Error::bug("a dispute about a payment that is not known yet")),
                    known => known,
                },
            };
            let Some(known) = known else { return Ok(NoticeEnd::Ignored) };
            let reference: OrderId = known.reference.parse().map_err(Error::bug)?;
            subscriptions::lock_for_order(tx, &reference).await?;
            let order = orders::lock(tx, &reference).await?.or_not_found()?;
            let known = payments::lock(tx, &known.id).await?;
            orders::dispute_fact(app, tx, &order, &known, found).await?;
            Ok(NoticeEnd::Processed)
        }
        Subject::Payout { payout, found } => {
            let Ok(id) = payout.parse::<PayoutId>() else { return Ok(NoticeEnd::Ignored) };
            match payouts::told(app, tx, notice.provider, &id, found).await? {
                true => Ok(NoticeEnd::Processed),
                false => Ok(NoticeEnd::Ignored),
            }
        }
        Subject::AgreementEnded { agreement } => {
            let ours = subscriptions::agreement_ended(app, tx, notice.provider, agreement).await?;
            Ok(if ours { NoticeEnd::Processed } else { NoticeEnd::Ignored })
        }
        Subject::Refund { .. } | Subject::Other => Ok(NoticeEnd::Ignored),
    }
}

/// One piece of evidence about a payment, with all it means. The order is locked before the attempt.
/// What the attempt pays for never changes; everything else is read anew behind the locks.
async fn settle(
    app: &App,
    tx: &mut Tx,
    attempt: &Attempt,
    found: &Found,
    source: Source,
    event_id: Option<String>,
) -> Result<()> {
    let id = &attempt.id;
    let reference: OrderId = attempt.reference.parse().map_err(Error::bug)?;
    subscriptions::lock_for_order(tx, &reference).await?;
    let order = orders::lock(tx, &reference).await?.or_not_found()?;
    let attempt = payments::lock(tx, id).await?;
    let known = attempt.provider_id.as_ref() == Some(&found.provider_id);
    if !known || found.pay_url.as_ref().is_some_and(|url| attempt.pay_url.as_ref() != Some(url)) {
        payments::note_provider(tx, id, &found.provider_id, found.pay_url.as_deref()).await?;
    }
    let evidence = Evidence { fact: found.fact, amount: found.amount, decline: found.decline.clone(), source, event_id };
    match payments::join(app, tx, &attempt, &evidence).await? {
        Joined::Captured(money) => {
            let attempt = payments::lock(tx, id).await?;
            orders::attempt_succeeded(app, tx, &order, &attempt, money).await?;
            match &found.agreement {
                Some(token) => {
                    let paid = orders::order(tx, &reference).await?.and_then(|order| order.paid_attempt).as_ref() == Some(id);
                    subscriptions::remember(app, tx, &reference, &attempt, token, paid).await
                }
                None => Ok(()),
            }
        }
        Joined::Ended => {
            orders::attempt_failed(&order)?;
            subscriptions::charge_failed(app, tx, &reference, id, found.hard).await
        }
        Joined::Nothing => Ok(()),
    }
}

/// Charges by an agreement and takes the answer as evidence.
pub async fn charge(app: &App, attempt: &Attempt, sending: Sending, agreement: &str) -> Result<()> {
    match payments::charge(app, attempt, sending, agreement).await? {
        Some(found) => app.db.write(async |tx| settle(app, tx, attempt, &found, Source::Answer, None).await).await,
        None => Ok(()),
    }
}

/// Asks the provider about an attempt whose time has come.
async fn watch(app: &App, attempt: &Attempt) -> Result<()> {
    if attempt.state == AttemptState::Submitting {
        // the program stopped between sending and answering
        app.db
            .write(async |tx| {
                let now = payments::lock(tx, &attempt.id).await?;
                if now.state == AttemptState::Submitting { payments::lost(app, tx, &now).await } else { Ok(()) }
            })
            .await?;
    }
    match payments::ask(app, attempt).await? {
        Answer::Found(found) => app.db.write(async |tx| settle(app, tx, attempt, &found, Source::Query, None).await).await,
        Answer::NeverThere => {
            let reference: OrderId = attempt.reference.parse().map_err(Error::bug)?;
            app.db
                .write(async |tx| {
                    subscriptions::lock_for_order(tx, &reference).await?;
                    let now = payments::lock(tx, &attempt.id).await?;
                    if now.state != AttemptState::Unknown {
                        return Ok(());
                    }
                    payments::no_longer_there(app, tx, &now).await?;
                    subscriptions::charge_failed(app, tx, &reference, &attempt.id, false).await
                })
                .await
        }
        Answer::Nothing => Ok(()),
    }
}

/// An order whose time is over: its open attempt is closed at the provider first, so that nobody pays for nothing.
async fn close_in_time(app: &App, id: &OrderId) -> Result<()> {
    match orders::expire(app, id).await? {
        Expiry::Now => (),
        Expiry::Later => return Ok(()),
        Expiry::CloseFirst(attempt) => {
            let closing = Attempt { close_wanted: true, ..attempt };
            watch(app, &closing).await?;
        }
    }
    app.db
        .write(async |tx| {
            subscriptions::lock_for_order(tx, id).await?;
            let Some(order) = orders::lock(tx, id).await? else { return Ok(()) };
            orders::try_expire(app, tx, &order).await
        })
        .await
}
