//! Notifications: verified, kept with their raw body, answered; worked on afterwards, as often as it takes.

use super::{gateway, queries};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::{App, Error, Result, Staff};
use model::books::{Inbox, NoticeState};
use model::paging::Leaf;
use model::payments::Provider;
use model::time::{Span, minutes, seconds};
use store::Tx;

/// A kept notification.
#[derive(Debug, Clone)]
pub struct Notice {
    pub id: String,
    pub provider: Provider,
    pub event_id: String,
    pub body: Vec<u8>,
    pub tries: i64,
}

/// How working on a notification ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeEnd {
    Processed,
    /// Not ours to act on.
    Ignored,
    /// Will be tried again, a few times.
    Failed(String),
}

/// After these pauses a notification that failed is tried again; then it waits for a person.
const PAUSES: [Span; 5] = [seconds(5), seconds(30), minutes(5), minutes(30), minutes(120)];

/// Verifies and keeps a notification; the same event is kept once. None: it was not the provider's.
pub async fn keep(app: &App, provider: Provider, signatures: &[&str], body: &[u8]) -> Result<Option<bool>> {
    let gateway = gateway(app, provider)?;
    if let Err(reason) = gateway.verify(signatures, body, app.now()).await {
        tracing::warn!(%provider, %reason, "a notification was refused");
        return Ok(None);
    }
    let Ok(notification) = gateway.read(body) else {
        tracing::warn!(%provider, "a signed notification could not be read");
        return Ok(None);
    };
    let signature = signatures.join(",");
    let new = app
        .db
        .write(async |tx| {
            let new = queries::add_notice(tx, app, provider, &notification.event_id, body, &signature).await?;
            tx.wake();
            Ok::<_, crate::Error>(new)
        })
        .await?;
    Ok(Some(new))
}

/// Notifications that are due, oldest first.
pub async fn received(app: &App, limit: i64) -> Result<Vec<Notice>> {
    queries::notices_due(&mut app.db.read().await?, app.now(), limit).await
}

/// Writes down how it ended, in the transaction of what it did.
pub async fn finish_notice(app: &App, tx: &mut Tx, notice: &Notice, end: &NoticeEnd) -> Result<()> {
    let now = app.now();
    match end {
        NoticeEnd::Processed => queries::end_notice(tx, &notice.id, "processed", "", now, None).await,
        NoticeEnd::Ignored => queries::end_notice(tx, &notice.id, "ignored", "", now, None).await,
        NoticeEnd::Failed(problem) => {
            let pause = usize::try_from(notice.tries).ok().and_then(|tries| PAUSES.get(tries));
            let (state, due) = match pause {
                Some(pause) => ("failed", Some(now + *pause)),
                None => ("dead", None),
            };
            tracing::error!(notice.id = %notice.id, %problem, state, "a notification could not be worked on");
            queries::end_notice(tx, &notice.id, state, problem, now, due).await
        }
    }
}

const PER_PAGE: u32 = 50;

/// A page of the inbox, those a person must look at first.
pub async fn show_inbox(app: &App, _staff: &Staff, state: Option<NoticeState>, page: u32) -> Result<Inbox> {
    let mut conn = app.db.read().await?;
    let counts = queries::count_notices(&mut conn).await?;
    let total: u64 = counts.iter().filter(|(of, _)| state.is_none_or(|state| state == *of)).map(|(_, count)| count).sum();
    let leaf = Leaf::of(page, PER_PAGE, total);
    Ok(Inbox { notices: leaf.with(queries::notices(&mut conn, state, leaf).await?), state, counts })
}

/// Works on a notification again that led nowhere. What it says joins like all evidence, so nothing happens twice (INV-09).
pub async fn replay(app: &App, staff: &Staff, id: &str) -> Result<()> {
    let outcome = app
        .db
        .write(async |tx| {
            let state = queries::lock_notice(tx, id).await?.or_not_found()?;
            if !state.may_replay() {
                return Err(Error::refuse(model::Refusal::Orders(model::orders::Refusal::Transition)));
            }
            queries::receive_again(tx, id, app.now()).await?;
            let deed = Deed::new("notification.replayed", "notification", id).by(&staff.id).detail(state.as_str());
            audit_trail::record(app, tx, deed).await?;
            tx.wake();
            Ok::<_, Error>(())
        })
        .await;
    audit_trail::noting(app, Deed::new("notification.refused", "notification", id).by(&staff.id).detail("Replay"), outcome).await
}
