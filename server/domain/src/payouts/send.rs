//! Payouts through a provider: written down first, sent after, asked again until it is clear, and followed by what it tells.

use super::bank;
use super::queries::{self, Payout};
use super::state::{Event, heard, step};
use crate::audit_trail::{self, Deed};
use crate::ledger::{self, Account, Entry, Kind, Links, Resolution};
use crate::payments::{self, PayoutAsk, PayoutFact, PayoutFound, Trouble};
use crate::{App, Error, Result};
use model::Currency;
use model::earnings::PayoutState;
use model::ids::{AccountId, PayoutId};
use model::payments::Provider;
use model::time::{Span, days, hours, minutes, seconds};
use store::Tx;

/// How many are sent in one go.
const BATCH: i64 = 50;
/// When to ask again about a payout that gave no final answer; after the last a person must look.
const QUESTIONS: [Span; 9] = [seconds(10), minutes(1), minutes(5), hours(1), days(1), days(1), days(1), days(1), days(1)];

/// The provider that pays out in this currency, if there is one.
pub(super) fn provider(app: &App, currency: Currency) -> Option<Provider> {
    app.ports.gateways.iter().find(|gateway| gateway.pays_out() && gateway.takes(currency)).map(|gateway| gateway.provider())
}

/// Sends every payout that is due, or asks about it again.
pub async fn work(app: &App) -> Result<bool> {
    let due = queries::due(&mut app.db.read().await?, app.now(), BATCH).await?;
    for id in &due {
        match submit(app, id).await {
            Ok(()) => (),
            Err(away) if away.is_unavailable() => return Err(away),
            Err(cause) => tracing::error!(payout.id = %id, %cause, "a payout could not be sent"),
        }
    }
    Ok(!due.is_empty())
}

async fn submit(app: &App, id: &PayoutId) -> Result<()> {
    let ready = app
        .db
        .write(async |tx| {
            let Some(payout) = queries::lock(tx, id).await? else { return Ok(None) };
            let Some(provider) = payout.provider.filter(|_| payout.state.is_with_the_bank()) else {
                queries::set_due(tx, id, None, payout.asked).await?;
                return Ok(None);
            };
            let Some(pause) = usize::try_from(payout.asked).ok().and_then(|asked| QUESTIONS.get(asked)) else {
                tracing::error!(payout.id = %id, "a payout stays unclear: a person must look");
                queries::set_due(tx, id, None, payout.asked).await?;
                if payout.state != PayoutState::Unknown {
                    happened(app, tx, payout, Event::Lost, "", None).await?;
                }
                return Ok(None);
            };
            queries::set_due(tx, id, Some(app.now() + *pause), payout.asked + 1).await?;
            Ok::<_, Error>(Some((provider, payout)))
        })
        .await?;
    let Some((provider, payout)) = ready else { return Ok(()) };
    let sealed = queries::sealed(&mut app.db.read().await?, &payout.bank).await?;
    let account = bank::opened(app, &payout.account, &sealed)?.number;
    let ask = PayoutAsk { payout: id.to_string(), account, amount: payout.amount };
    let answer = payments::gateway(app, provider)?.pay_out(&ask).await;
    app.db
        .write(async |tx| match &answer {
            Ok(found) => told(app, tx, provider, id, found).await.map(drop),
            Err(Trouble::Refused(reason)) if payout.asked == 0 => refused(app, tx, id, reason).await,
            // it was sent before, and may have been done then: a refusal to repeat it says nothing of that
            Err(Trouble::Refused(reason) | Trouble::Silent(reason)) => lost(app, tx, id, reason).await,
        })
        .await
}

async fn refused(app: &App, tx: &mut Tx, id: &PayoutId, reason: &str) -> Result<()> {
    tracing::warn!(payout.id = %id, %reason, "a provider refused a payout");
    match queries::lock(tx, id).await? {
        // once it was on its way, a refusal to tell more is no news
        Some(payout) if step(payout.state, Event::Failed).is_ok() && payout.state != PayoutState::InTransit => {
            happened(app, tx, payout, Event::Failed, reason, None).await.map(drop)
        }
        _ => Ok(()),
    }
}

async fn lost(app: &App, tx: &mut Tx, id: &PayoutId, reason: &str) -> Result<()> {
    tracing::warn!(payout.id = %id, %reason, "a provider did not say what became of a payout");
    match queries::lock(tx, id).await? {
        Some(payout) if payout.state == PayoutState::Submitting => {
            happened(app, tx, payout, Event::Lost, "", None).await.map(drop)
        }
        _ => Ok(()),
    }
}

/// A provider tells how a payout has come along, in an answer or a notification; what it told before, or later, changes nothing.
/// False where it is none of ours, or not sent through this provider.
pub async fn told(app: &App, tx: &mut Tx, provider: Provider, id: &PayoutId, found: &PayoutFound) -> Result<bool> {
    let Some(mut payout) = queries::lock(tx, id).await?.filter(|payout| payout.provider == Some(provider)) else {
        return Ok(false);
    };
    if found.amount != payout.amount {
        return Err(Error::bug(format!("payout {id} is another amount at its provider")));
    }
    let Some(events) = heard(payout.state, found.fact) else {
        let detail = format!("{} while {}", found.fact, payout.state);
        audit_trail::record(app, tx, Deed::new("payout.refused", "payout", id).detail(detail)).await?;
        return Ok(true);
    };
    for event in events {
        let note = match (event, found.fact) {
            (Event::Sent, _) => found.provider_id.as_str(),
            (Event::Failed | Event::Returned, PayoutFact::Failed) => "failed",
            (Event::Returned, _) => "returned",
            _ => "",
        };
        payout = happened(app, tx, payout, *event, note, None).await?;
    }
    Ok(true)
}

/// One step of a payout, with what it means for the books; nobody: the provider said so.
pub(super) async fn happened(
    app: &App,
    tx: &mut Tx,
    payout: Payout,
    event: Event,
    note: &str,
    by: Option<&AccountId>,
) -> Result<Payout> {
    let state = step(payout.state, event).map_err(|_| super::refuse(model::earnings::Refusal::Transition))?;
    let mut after = payout.clone();
    let about = format!("payout:{}", payout.id);
    let payable = || Account::InstructorPayable(payout.account.clone());
    let entry = || Entry::new(Links::default()).about(about.clone());
    match event {
        Event::Approve => after.approved_by = by.cloned(),
        Event::Submit => {
            after.sent_by = by.cloned();
            let reserved = entry().reserved(payable(), Account::Bank, payout.amount, Kind::Payout);
            ledger::post(app, tx, &reserved).await?;
        }
        Event::Sent => note.clone_into(&mut after.reference),
        Event::Paid => {
            after.paid_at = Some(app.now());
            ledger::resolve_about(app, tx, &about, Resolution::Post).await?;
        }
        Event::Failed => {
            note.clone_into(&mut after.problem);
            ledger::resolve_about(app, tx, &about, Resolution::Void).await?;
        }
        Event::Returned => {
            note.clone_into(&mut after.problem);
            let back = entry().moved(Account::Bank, payable(), payout.amount, Kind::PayoutReturned);
            ledger::post(app, tx, &back).await?;
        }
        Event::Cancel => note.clone_into(&mut after.problem),
        Event::Lost => (),
    }
    if !queries::set_state(tx, &after, state, app.now()).await? {
        return Err(Error::bug("a payout changed under its lock"));
    }
    if !state.is_with_the_bank() {
        queries::set_due(tx, &payout.id, None, payout.asked).await?;
    }
    let detail = format!("{} {} {note}", payout.amount.minor(), payout.amount.currency());
    let deed = Deed::new(format!("payout.{state}"), "payout", &payout.id).by_any(by).detail(detail.trim());
    audit_trail::record(app, tx, deed).await?;
    after.state = state;
    after.version += 1;
    Ok(after)
}
