//! The invariants of the books as questions to the database: asked after every story, by the operator's command, and on the
//! staff's page. Knows all tables of money; changes nothing.

mod queries;

use crate::ledger;
use crate::secrets::{hash, hash_of};
use crate::{App, Result};
use model::orders::Invariant;
use std::collections::BTreeMap;
use store::Conn;

/// How many offending rows are named.
const NAMED: usize = 20;
/// How much of the chain is read in one go.
const LINKS: i64 = 1_000;
/// How many files are in memory at a time.
const FILES: i64 = 16;

/// Asks every invariant.
pub async fn check(app: &App) -> Result<Vec<Invariant>> {
    let mut conn = app.db.read().await?;
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (id, question) in queries::QUESTIONS.iter().chain(queries::membership::QUESTIONS) {
        let mut offending = queries::ask(&mut conn, *question).await?;
        match *id {
            "INV-02" => offending.extend(broken_links(&mut conn).await?),
            "INV-16" => offending.extend(changed_papers(&mut conn).await?),
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
async fn broken_links(conn: &mut Conn) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    let (mut seq, mut last) = (0, String::new());
    loop {
        let part = ledger::chain(conn, seq, LINKS).await?;
        let Some(end) = part.last().map(|transfer| transfer.seq) else { break };
        for transfer in part {
            if transfer.seq != seq + 1 || transfer.prev_hash != last || transfer.hash != ledger::seal(&transfer) {
                broken.push(format!("transfer {}", transfer.id));
            }
            (seq, last) = (transfer.seq, transfer.hash);
        }
        seq = end;
    }
    if queries::head(conn).await? != (seq, last) {
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
