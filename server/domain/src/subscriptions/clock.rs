//! The clock's round: whoever is due is claimed in batches, each is dealt with in a transaction of their own, and the charges are
//! sent after it, several at once. Two workers never deal with the same one: whoever claims it keeps others off it, and whoever
//! is too late finds another state and does nothing.

use super::happen::{Cause, Happened, happen};
use super::queries::{self, Invoice, Subscription};
use super::state::{DUNNING, Event, GRACE, LONGEST_PAUSE, Means, PATIENCE, UNCLEAR};
use super::{invoice, recognise, revoke};
use crate::payments::{self, Attempt, Sending};
use crate::{App, Result, orders, settlement};
use futures::FutureExt;
use futures::future::{BoxFuture, join_all};
use model::Moment;
use model::ids::SubscriptionId;
use model::payments::AttemptState;
use model::subscriptions::SubscriptionState;
use model::time::{Span, minutes};
use store::Tx;

/// How many are claimed in one go.
const BATCH: i64 = 50;
/// How long a claim keeps others off.
const CLAIM: Span = minutes(5);
/// After this long something that could not be dealt with is looked at again.
const AGAIN: Span = minutes(1);
/// How many are dealt with at the same time.
const ABREAST: usize = 8;

/// Deals with a batch of what is due: reminders, renewals, tries again, ends; then periods to be earned, and agreements to be ended
/// at their providers. Says whether there was anything. One that cannot be dealt with does not stop the others.
pub async fn work(app: &App) -> Result<bool> {
    let dealt = round(app, BATCH).await?;
    let earned = recognise::work(app, BATCH).await?;
    let revoked = revoke::work(app, BATCH).await?;
    Ok(dealt + earned + revoked > 0)
}

/// Deals with up to `limit` subscriptions that are due, their charges included. Says how many.
pub async fn round(app: &App, limit: i64) -> Result<usize> {
    let now = app.now();
    if !queries::is_any_due(&mut app.db.read().await?, now).await? {
        return Ok(0);
    }
    let claimed = app.db.write(async |tx| queries::claim_due(tx, now, now + CLAIM, limit).await).await?;
    for some in claimed.chunks(ABREAST) {
        let looks: Vec<BoxFuture<'_, Result<()>>> = some.iter().map(|id| look(app, id).boxed()).collect();
        for outcome in join_all(looks).await {
            match outcome {
                Err(away) if away.is_unavailable() => return Err(away),
                Err(cause) => tracing::error!(%cause, "a subscription could not be dealt with"),
                Ok(()) => (),
            }
        }
    }
    Ok(claimed.len())
}

/// Deals with one: what is due by the database first, then, outside any transaction, the charge.
async fn look(app: &App, id: &SubscriptionId) -> Result<()> {
    let dealt = app
        .db
        .write(async |tx| {
            let Some(one) = queries::lock(tx, id).await? else { return Ok(None) };
            let Some((event, judged)) = due(app, tx, &one).await? else {
                // nothing after all: what is under way is looked at again soon
                let next = one.life.next_look().filter(|next| *next > app.now()).unwrap_or(app.now() + AGAIN);
                queries::release(tx, id, Some(next)).await?;
                return Ok(None);
            };
            if let Some((invoice, attempt)) = judged {
                queries::judge(tx, &invoice.order, &attempt.id).await?;
            }
            let happened = happen(app, tx, &one, &event, Cause::default()).await?;
            let next = if happened.is_err() { Some(app.now() + AGAIN) } else { None };
            queries::release(tx, id, next).await?;
            Ok::<_, crate::Error>(happened.ok().map(|happened| (one, happened)))
        })
        .await;
    match dealt {
        Ok(Some((one, Happened { charge: Some(attempt), after, .. }))) => send(app, &one, &after, &attempt).await,
        Ok(_) => Ok(()),
        Err(cause) => {
            let again = app.now() + AGAIN;
            app.db.write(async |tx| queries::release(tx, id, Some(again)).await).await?;
            Err(cause)
        }
    }
}

/// What the clock has for this one, and the failed attempt it comes from.
async fn due(app: &App, tx: &mut Tx, one: &Subscription) -> Result<Option<(Event, Option<(Invoice, Attempt)>)>> {
    use SubscriptionState::{Active, Ended, Incomplete, IncompleteExpired, PastDue, Paused, Trialing};
    let now = app.now();
    let life = &one.life;
    let past = |at: Option<Moment>| at.is_some_and(|at| now >= at);
    if let Some((invoice, attempt, hard)) = failed(tx, one).await? {
        return Ok(Some((Event::ChargeFailed { hard }, Some((invoice, attempt)))));
    }
    let plain = |event| Ok(Some((event, None)));
    match life.state {
        Ended | IncompleteExpired => Ok(None),
        // a charge that gave no answer may have been done
        Incomplete if past(life.next_look()) => match is_busy(tx, one).await? && now < life.since + PATIENCE + UNCLEAR {
            true => Ok(None),
            false => plain(Event::Unpaid),
        },
        Incomplete => Ok(None),
        Active | Trialing if life.renewing && past(Some(life.since + UNCLEAR)) => plain(Event::Unclear),
        Active | Trialing if life.renewing => Ok(None),
        Active | Trialing | Paused if life.renews() && life.reminded_at.is_none() && past(life.next_look()) => {
            plain(Event::ReminderDue)
        }
        Active | Trialing if past(life.period_ends) && (life.cancels || life.pauses || past(life.may_charge_at())) => {
            plain(Event::PeriodEnd(invoice::means(app, tx, one).await?))
        }
        Paused if past(Some(life.since + LONGEST_PAUSE)) && past(life.may_charge_at()) => {
            plain(Event::PauseOver(invoice::means(app, tx, one).await?))
        }
        Active | Trialing | Paused => Ok(None),
        PastDue => owing(app, tx, one, now).await.map(|event| event.map(|event| (event, None))),
    }
}

/// Past due: the next try, or the end.
async fn owing(app: &App, tx: &mut Tx, one: &Subscription, now: Moment) -> Result<Option<Event>> {
    let Some(due) = one.life.falls_due_at() else { return Ok(None) };
    let means = invoice::means(app, tx, one).await?;
    let tries = !one.life.cancels && !one.life.hard_decline;
    let retry = DUNNING.get(one.life.retries).filter(|_| tries).is_some_and(|pause| now >= due + *pause);
    let over = now >= due + GRACE;
    if retry && (means == Means::Alone || !over) {
        return Ok(Some(Event::RetryDue(means)));
    }
    // the answer to the last try may be on its way
    let wait = is_busy(tx, one).await? && now < due + GRACE + UNCLEAR;
    Ok((over && !wait).then_some(Event::GraceOver))
}

/// Whether the money it waits for may be on its way.
async fn is_busy(tx: &mut Tx, one: &Subscription) -> Result<bool> {
    match queries::open_invoices(tx, &one.id).await?.last() {
        Some(open) => orders::is_being_paid(tx, &open.order).await,
        None => Ok(false),
    }
}

/// A charge that failed and was not dealt with yet, and whether asking again is no use.
async fn failed(tx: &mut Tx, one: &Subscription) -> Result<Option<(Invoice, Attempt, bool)>> {
    let Some(open) = queries::open_invoices(tx, &one.id).await?.into_iter().next_back() else { return Ok(None) };
    let Some(latest) = payments::latest(tx, open.order.as_str()).await? else { return Ok(None) };
    let over = matches!(latest.state, AttemptState::Failed | AttemptState::Canceled);
    if !over || open.judged.as_ref() == Some(&latest.id) {
        return Ok(None);
    }
    // what the subscriber tried by a link is theirs to try again
    Ok(queries::charge_of(tx, &latest.id).await?.map(|hard| (open, latest, hard)))
}

/// Asks the provider to charge, and takes its answer like all evidence.
async fn send(app: &App, one: &Subscription, after: &Subscription, attempt: &Attempt) -> Result<()> {
    let token = match &one.agreement {
        Some(id) => queries::agreement(&mut app.db.read().await?, id).await?.map(|agreement| agreement.token),
        None => None,
    };
    let Some(token) = token else { return Ok(()) };
    let sending = Sending {
        description: locale::membership::invoice_line(one.lang, after.tariff.months),
        expires_in: 3_600,
        ..Sending::default()
    };
    settlement::charge(app, attempt, sending, &token).await
}
