//! The payer's bank asks for the money of a line: what it gave waits, opens again, or is over.

use super::queries;
use super::state::{Event, step};
use crate::audit_trail::{self, Deed};
use crate::ledger::{Account, Entry, Kind};
use crate::{App, Result, entitlement};
use model::ids::CourseId;
use store::Tx;

/// Nobody can take what the line paid for, and what was taken stays closed, until it is decided.
pub async fn withhold(app: &App, tx: &mut Tx, line: &str) -> Result<()> {
    queries::set_held(tx, line, true).await?;
    for (source, id) in queries::given_of_line(tx, line).await? {
        entitlement::suspend(app, tx, source, &id).await?;
    }
    Ok(())
}

/// Decided for us: everything is as it was.
pub async fn hand_back(app: &App, tx: &mut Tx, line: &str) -> Result<()> {
    queries::set_held(tx, line, false).await?;
    for (source, id) in queries::given_of_line(tx, line).await? {
        entitlement::restore(app, tx, source, &id).await?;
    }
    Ok(())
}

/// Decided against us: what was given is over, and what was not given yet is owed to nobody. Adds the movements to `entry`, which
/// its caller posts, and says which courses have a learner less, whom the caller counts then. Doing so again changes nothing.
pub async fn forfeit(app: &App, tx: &mut Tx, line: &str, entry: Entry) -> Result<(Entry, Vec<CourseId>)> {
    let (mut entry, mut closed) = (entry, Vec::new());
    let owed = || Account::Deferred(line.to_owned());
    if let Some(id) = queries::of_line(tx, line).await?
        && let Some(voucher) = queries::lock(tx, &id).await?
        && let Ok(state) = step(voucher.state, Event::Revoke)
    {
        queries::set_state(tx, &voucher, state).await?;
        audit_trail::record(app, tx, Deed::new("voucher.revoked", "voucher", &id)).await?;
        entry = entry.moved(owed(), Account::Breakage, voucher.amount, Kind::Breakage);
    }
    if let Some(id) = queries::pool_of_line(tx, line).await?
        && let Some(pool) = queries::lock_pool(tx, &id).await?.filter(|pool| pool.is_live)
    {
        queries::end_pool(tx, &id).await?;
        audit_trail::record(app, tx, Deed::new("seat_pool.ended", "seat_pool", &id)).await?;
        let earned = pool.amount.portion(pool.earned, pool.purchased)?;
        entry = entry.moved(owed(), Account::Breakage, pool.amount.minus(earned)?, Kind::Breakage);
    }
    // behind the pool, as where a seat is taken back
    for (source, id) in queries::given_of_line(tx, line).await? {
        closed.extend(entitlement::revoke(app, tx, source, &id).await?);
    }
    Ok((entry, closed))
}
