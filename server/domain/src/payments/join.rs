//! The one door for evidence about an attempt.

use super::queries::{self, Attempt};
use super::state::{Event, Fact, step};
use crate::audit_trail::{self, Deed};
use crate::{App, Error, Result};
use model::Money;
use model::payments::AttemptState;
use store::Tx;

model::words! {
    /// How evidence reached us.
    pub enum Source {
        Answer = "answer",
        Notification = "notification",
        Query = "query",
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub fact: Fact,
    /// Of a success: what was really taken.
    pub amount: Money,
    pub decline: Option<String>,
    pub source: Source,
    /// The provider's id of the notification.
    pub event_id: Option<String>,
}

impl Evidence {
    pub fn of(fact: Fact, amount: Money, source: Source) -> Self {
        Self { fact, amount, decline: None, source, event_id: None }
    }
}

/// What evidence led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    /// This much money came, now.
    Captured(Money),
    /// The attempt ended without money, now.
    Ended,
    /// Nothing that anybody above needs to know.
    Nothing,
}

/// Takes one piece of evidence about a locked attempt.
pub async fn join(app: &App, tx: &mut Tx, attempt: &Attempt, evidence: &Evidence) -> Result<Joined> {
    let before = attempt.state;
    let after = step(before, Event::Evidence(evidence.fact)).map_err(|_| Error::bug("evidence about an attempt never sent"))?;
    queries::add_fact(tx, app, attempt, evidence, after != before).await?;
    if let Some(decline) = &evidence.decline {
        queries::note_decline(tx, &attempt.id, decline).await?;
    }
    if after == before {
        return Ok(Joined::Nothing);
    }
    change(app, tx, attempt, Event::Evidence(evidence.fact)).await?;
    match after {
        AttemptState::Succeeded => {
            queries::note_captured(tx, &attempt.id, evidence.amount).await?;
            Ok(Joined::Captured(evidence.amount))
        }
        AttemptState::Failed | AttemptState::Canceled => Ok(Joined::Ended),
        _ => Ok(Joined::Nothing),
    }
}

/// No answer came.
pub async fn lost(app: &App, tx: &mut Tx, attempt: &Attempt) -> Result<()> {
    change(app, tx, attempt, Event::Lost).await.map(drop)
}

/// The provider has never heard of it: safe to try again.
pub async fn no_longer_there(app: &App, tx: &mut Tx, attempt: &Attempt) -> Result<()> {
    change(app, tx, attempt, Event::Gone).await.map(drop)
}

/// Steps the machine and writes the new state, with one row of the trail; nothing where it stays the same.
pub(super) async fn change(app: &App, tx: &mut Tx, attempt: &Attempt, event: Event) -> Result<Attempt> {
    let state = step(attempt.state, event).map_err(|_| Error::bug(format!("{event:?} cannot happen to {}", attempt.state)))?;
    if state == attempt.state {
        return Ok(attempt.clone());
    }
    if !queries::set_state(tx, attempt, state, app.now()).await? {
        return Err(Error::bug("an attempt changed under its lock"));
    }
    let next = Attempt { state, version: attempt.version + 1, ..attempt.clone() };
    audit_trail::record(app, tx, deed(state.as_str(), &next).detail(attempt.state.as_str())).await?;
    Ok(next)
}

pub(super) fn deed(action: &str, attempt: &Attempt) -> Deed<'static> {
    Deed::new(format!("attempt.{action}"), "attempt", &attempt.id)
}
