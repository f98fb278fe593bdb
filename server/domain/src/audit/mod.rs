//! The invariants of the books as questions to the database: asked after every story, by the operator's command, and on the
//! staff's page. Knows all tables of money; changes nothing.

mod queries;

#[cfg(test)]
mod tests;

use crate::secrets::{hash, hash_of};
use crate::{App, Result, audit_trail, ledger};
use model::Moment;
use model::orders::Invariant;
use model::time::{Span, days, hours, minutes};
use std::collections::BTreeMap;
use store::Conn;

/// How many offending rows are named.
const NAMED: usize = 20;
/// How much of the chain is read in one go.
const LINKS: i64 = 1_000;
/// So long after an order's time is over nothing of a wallet is set aside for it any more.
const SET_ASIDE: Span = hours(1);
/// So long an order or a refund may wait for a provider or a person.
const LONGEST: Span = days(7);
/// How many files are in memory at a time.
const FILES: i64 = 16;

/// A worker tells so often that it is at work.
const BEAT: Span = minutes(1);

/// Tells that a worker is at work; never leaves more to do.
pub async fn keep_beating(app: &App) -> Result<bool> {
    let now = app.now();
    let last = queries::last_beat(&mut app.db.read().await?).await?;
    // a clock that was set back counts from where it stands
    if last.is_none_or(|last| last <= now - BEAT || last > now) {
        app.db.write(async |tx| queries::beat(tx, now).await).await?;
    }
    Ok(false)
}

/// What waits is as old as it was when a worker was last there: a backup that is looked at a month later is as whole as it was.
async fn as_of(app: &App, conn: &mut Conn) -> Result<Moment> {
    Ok(queries::last_beat(conn).await?.unwrap_or_else(|| app.now()))
}

/// Asks every invariant.
pub async fn check(app: &App) -> Result<Vec<Invariant>> {
    let mut conn = app.db.read().await?;
    let now = as_of(app, &mut conn).await?;
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (id, question) in queries::QUESTIONS.iter().chain(queries::membership::QUESTIONS) {
        let mut offending = queries::ask(&mut conn, *question).await?;
        // what cannot be asked in one statement, once for each invariant
        let first = !found.contains_key(id);
        match *id {
            "INV-02" if first => offending.extend(broken_links(&mut conn).await?),
            "INV-03" if first => offending.extend(queries::set_aside_before(&mut conn, now - SET_ASIDE).await?),
            "INV-15" if first => offending.extend(audit_trail::broken_seals(&mut conn).await?),
            "INV-16" if first => offending.extend(changed_papers(&mut conn).await?),
            "INV-18" if first => {
                offending.extend(queries::waiting_since(&mut conn, now - LONGEST).await?);
                offending.extend(queries::membership::waiting_since(&mut conn, now).await?);
            }
            _ => (),
        }
        found.entry(id).or_default().append(&mut offending);
    }
    let named = |(id, mut offending): (&str, Vec<String>)| {
        offending.truncate(NAMED);
        Invariant { id: id.to_owned(), holds: offending.is_empty(), offending }
    };
    Ok(found.into_iter().map(named).collect())
}

/// Transfers whose seal does not fit what they say or what stands before them (INV-02).
///
/// The end is read first, and the chain up to there: what is written while it is walked is for the next time.
async fn broken_links(conn: &mut Conn) -> Result<Vec<String>> {
    let head = queries::head(conn).await?;
    let end = head.0;
    let mut broken = links_up_to(conn, head).await?;
    // what stands behind the end was written since, and moved it, or was never sealed in
    if let Some(behind) = ledger::chain(conn, end, 1).await?.first()
        && behind.seq > queries::head(conn).await?.0
    {
        broken.push(format!("transfer {}", behind.id));
    }
    Ok(broken)
}

async fn links_up_to(conn: &mut Conn, head: (i64, String)) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    let (mut seq, mut last) = (0, String::new());
    loop {
        let part = ledger::chain(conn, seq, LINKS).await?;
        let known = part.into_iter().take_while(|transfer| transfer.seq <= head.0);
        let before = seq;
        for transfer in known {
            if transfer.seq != seq + 1 || transfer.prev_hash != last || transfer.hash != ledger::seal(&transfer) {
                broken.push(format!("transfer {}", transfer.id));
            }
            (seq, last) = (transfer.seq, transfer.hash);
        }
        if seq == before {
            break;
        }
    }
    if head != (seq, last) {
        broken.push("the end of the chain".into());
    }
    Ok(broken)
}

/// Documents and files that no longer say what they said (INV-16).
async fn changed_papers(conn: &mut Conn) -> Result<Vec<String>> {
    let documents = queries::documents(conn).await?;
    let mut changed: Vec<String> =
        documents.into_iter().filter(|(_, document, seal)| hash(document) != *seal).map(|(name, ..)| name).collect();
    let mut last = String::new();
    loop {
        let part = queries::files_after(conn, &last, FILES).await?;
        let Some((name, ..)) = part.last() else { return Ok(changed) };
        last = name.clone();
        changed.extend(part.into_iter().filter(|(_, body, seal)| hash_of(body) != *seal).map(|(name, ..)| name));
    }
}
