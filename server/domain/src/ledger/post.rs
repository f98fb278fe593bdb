//! Writing entries: transfers into the chain, balances in the same transaction.

use super::entry::{Entry, Links, Move, Phase};
use super::queries::{self, Head, Transfer};
use crate::{App, Error, Result};
use model::Currency;
use model::ids::TransferId;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use store::Tx;

/// How a reserved movement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    Post,
    Void,
}

/// Writes the entry. The chain's end is locked first, so that all writers have one order and no two wait for each other.
pub async fn post(app: &App, tx: &mut Tx, entry: &Entry) -> Result<()> {
    if entry.moves.is_empty() {
        return Ok(());
    }
    post_all(app, tx, std::slice::from_ref(entry)).await
}

/// The same for several entries. The chain's end is held from here on even where none of them moves anything.
pub async fn post_all(app: &App, tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    let accounts: BTreeSet<(String, Currency)> =
        entries.iter().flat_map(|entry| &entry.accounts).map(|(account, currency)| (account.id(), *currency)).collect();
    // before everybody waits for us: what is open stays open, and what is not is opened once
    let open = match accounts.is_empty() {
        true => HashSet::new(),
        false => queries::open_accounts(tx, accounts.into_iter().map(|(account, _)| account).collect()).await?,
    };
    let mut head = queries::lock_head(tx).await?;
    for (account, currency) in entries.iter().flat_map(|entry| &entry.accounts) {
        if !open.contains(&(account.id(), *currency)) {
            queries::open_account(tx, account, *currency).await?;
        }
    }
    for entry in entries.iter().filter(|entry| !entry.moves.is_empty()) {
        head = write(app, tx, head, &entry.links, &entry.moves).await?;
    }
    Ok(())
}

/// Keeps every balance from changing until the transaction ends, for whoever reads one and posts what comes of it.
pub async fn hold(tx: &mut Tx) -> Result<()> {
    queries::lock_head(tx).await.map(drop)
}

/// Posts or voids everything that is reserved for a refund.
pub async fn resolve(app: &App, tx: &mut Tx, refund: &str, resolution: Resolution) -> Result<()> {
    let head = queries::lock_head(tx).await?;
    let open = queries::reserved_for(tx, refund).await?;
    finish(app, tx, head, open, resolution).await
}

/// Posts or voids everything that is reserved about one thing.
pub async fn resolve_about(app: &App, tx: &mut Tx, thing: &str, resolution: Resolution) -> Result<()> {
    let head = queries::lock_head(tx).await?;
    let open = queries::reserved_about(tx, thing).await?;
    finish(app, tx, head, open, resolution).await
}

/// Posts or voids what the wallet set aside for an order.
pub async fn resolve_order(app: &App, tx: &mut Tx, order: &str, resolution: Resolution) -> Result<()> {
    let head = queries::lock_head(tx).await?;
    let open = queries::reserved_for_order(tx, order).await?;
    finish(app, tx, head, open, resolution).await
}

/// Each movement keeps what it belongs to.
async fn finish(app: &App, tx: &mut Tx, mut head: Head, open: Vec<Transfer>, resolution: Resolution) -> Result<()> {
    for transfer in open {
        let links = transfer.links.clone();
        head = write(app, tx, head, &links, &[resolved(transfer, resolution)]).await?;
    }
    Ok(())
}

/// Books what was posted for a refund the other way round. Answers what moved back.
pub async fn reverse(app: &App, tx: &mut Tx, refund: &str) -> Result<Vec<Move>> {
    let mut head = queries::lock_head(tx).await?;
    let mut all = Vec::new();
    for Transfer { moved, links, .. } in queries::posted_for(tx, refund).await? {
        let back = Move { debit: moved.credit, credit: moved.debit, phase: Phase::Single, ..moved };
        head = write(app, tx, head, &links, std::slice::from_ref(&back)).await?;
        all.push(back);
    }
    Ok(all)
}

fn resolved(transfer: Transfer, resolution: Resolution) -> Move {
    let phase = match resolution {
        Resolution::Post => Phase::Post(transfer.id),
        Resolution::Void => Phase::Void(transfer.id),
    };
    Move { phase, ..transfer.moved }
}

async fn write(app: &App, tx: &mut Tx, mut head: Head, links: &Links, moves: &[Move]) -> Result<Head> {
    let entry_id = app.new_id::<TransferId>();
    let mut transfers = Vec::with_capacity(moves.len());
    let mut changes: BTreeMap<(String, Currency), Change> = BTreeMap::new();
    for moved in moves {
        if moved.amount.minor() <= 0 {
            return Err(Error::bug("a transfer moves a positive amount"));
        }
        let mut transfer = Transfer {
            id: app.new_id(),
            seq: head.seq.checked_add(1).ok_or_else(|| Error::bug("the chain is full"))?,
            entry: entry_id.to_string(),
            moved: moved.clone(),
            links: links.clone(),
            at: app.now(),
            prev_hash: head.hash,
            hash: String::new(),
        };
        transfer.hash = seal(&transfer);
        head = Head { seq: transfer.seq, hash: transfer.hash.clone() };
        transfers.push(transfer);
        let currency = moved.amount.currency();
        changes.entry((moved.debit.clone(), currency)).or_default().debit(moved)?;
        changes.entry((moved.credit.clone(), currency)).or_default().credit(moved)?;
    }
    queries::add(tx, &transfers).await?;
    queries::change_balances(tx, &changes.into_iter().collect::<Vec<_>>()).await?;
    queries::set_head(tx, &head).await?;
    Ok(head)
}

/// How one account's balance changes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Change {
    pub debits_posted: i64,
    pub credits_posted: i64,
    pub debits_pending: i64,
    pub credits_pending: i64,
}

impl Change {
    fn debit(&mut self, moved: &Move) -> Result<()> {
        apply(&mut self.debits_posted, &mut self.debits_pending, moved)
    }
    fn credit(&mut self, moved: &Move) -> Result<()> {
        apply(&mut self.credits_posted, &mut self.credits_pending, moved)
    }
}

fn apply(posted: &mut i64, pending: &mut i64, moved: &Move) -> Result<()> {
    let amount = moved.amount.minor();
    let (to_posted, to_pending) = match moved.phase {
        Phase::Single => (amount, 0),
        Phase::Pending => (0, amount),
        Phase::Post(_) => (amount, -amount),
        Phase::Void(_) => (0, -amount),
    };
    let full = || Error::bug("a balance does not fit");
    *posted = posted.checked_add(to_posted).ok_or_else(full)?;
    *pending = pending.checked_add(to_pending).ok_or_else(full)?;
    Ok(())
}

/// The seal of a transfer: over the seal before it and everything it says.
pub fn seal(transfer: &Transfer) -> String {
    let Transfer { id, seq, entry, moved, links, at, prev_hash, hash: _ } = transfer;
    let none = String::new();
    let text = [
        prev_hash.as_str(),
        id.as_str(),
        &seq.to_string(),
        entry,
        &moved.debit,
        &moved.credit,
        moved.amount.currency().as_str(),
        &moved.amount.minor().to_string(),
        moved.kind.as_str(),
        moved.phase.word(),
        moved.phase.pending().map(TransferId::as_str).unwrap_or_default(),
        links.order.as_ref().unwrap_or(&none),
        links.attempt.as_ref().unwrap_or(&none),
        links.refund.as_ref().unwrap_or(&none),
        moved.about.as_ref().unwrap_or(&none),
        links.line.as_ref().unwrap_or(&none),
        &at.millis().to_string(),
    ]
    .join("\n");
    hex::encode(Sha256::digest(text.as_bytes()))
}
