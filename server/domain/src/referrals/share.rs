//! The share of an order for whoever recommended it: held, released, taken back.

use super::queries::{self, Share};
use super::{HOLD, WINDOW};
use crate::events::{Follower, Happening, Logged};
use crate::ledger::{self, Account, Entry, Kind, Links};
use crate::orders::Order;
use crate::put_off::{self, Lane};
use crate::{App, Error, Result, orders};
use model::Money;
use model::ids::OrderId;
use model::orders::DisputeState;
use store::Tx;

/// Keeps shares in step with orders and refunds.
pub const FOLLOWER: Follower = Follower { name: "referrals", handle: |app, tx, logged| Box::pin(follow(app, tx, logged)) };

async fn follow(app: &App, tx: &mut Tx, logged: &Logged) -> Result<()> {
    let order = || logged.event.subject.parse::<OrderId>().map_err(Error::bug);
    match logged.event.kind {
        Happening::OrderPaid => earn(app, tx, &order()?).await,
        Happening::OrderRefunded => take_back(app, tx, &order()?, Extent::Refunded).await,
        Happening::RefundReturned => put_back(app, tx, &order()?).await,
        Happening::DisputeLost => take_back(app, tx, &order()?, Extent::All).await,
        _ => Ok(()),
    }
}

/// Once per order: a share of what its courses brought without tax, never more than is left beside the instructors' shares.
async fn earn(app: &App, tx: &mut Tx, id: &OrderId) -> Result<()> {
    let Some(order) = orders::lock(tx, id).await? else { return Ok(()) };
    let Some(affiliate) = queries::affiliate_of(tx, &order.account, order.placed_at, order.placed_at - WINDOW).await? else {
        return Ok(());
    };
    let zero = Money::zero(order.total.currency());
    let (mut net, mut ours) = (zero, zero);
    for line in orders::lines(tx, id).await?.iter().filter(|line| line.opens()) {
        // what the school gave brings nobody a share
        let paid = line.net.minus(line.gift)?;
        net = net.plus(if paid.minor() < 0 { zero } else { paid })?;
        ours = ours.plus(line.net.minus(line.share)?)?;
    }
    let share = net.portion(i64::from(app.settings.affiliate_bp), 10_000)?;
    let share = if share.minor() > ours.minor() { ours } else { share };
    if share.minor() <= 0 {
        return Ok(());
    }
    let now = app.now();
    let new = Share { order: id.clone(), affiliate: affiliate.clone(), amount: share, reversed: zero, is_held: true };
    if !queries::add(tx, &new, now, now + HOLD).await? {
        return Ok(());
    }
    let earned = entry(id).moved(Account::Revenue, Account::AffiliatePending(affiliate), share, Kind::AffiliateShare);
    ledger::post(app, tx, &earned).await
}

/// Of a share as much as went back of what its courses brought: a gift beside them, or a top-up, brought nobody a share.
async fn gone(tx: &mut Tx, order: &Order, share: &Share) -> Result<Money> {
    let (gone, whole) = orders::gone_of_courses(tx, order).await?;
    Ok(share.amount.portion(gone.minor(), whole.minor().max(1))?)
}

/// How much of an order came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Refunded,
    All,
}

/// In proportion to what came to nothing of its courses. What is in the wallet already is taken back as far as it is still there.
async fn take_back(app: &App, tx: &mut Tx, id: &OrderId, extent: Extent) -> Result<()> {
    let Some(order) = orders::lock(tx, id).await? else { return Ok(()) };
    let Some(share) = queries::lock(tx, id).await? else { return Ok(()) };
    let gone = match extent {
        Extent::Refunded => gone(tx, &order, &share).await?,
        Extent::All => share.amount,
    };
    let wanted = gone.minus(share.reversed)?;
    let from = match share.is_held {
        true => Account::AffiliatePending(share.affiliate.clone()),
        false => Account::Wallet(share.affiliate.clone()),
    };
    ledger::hold(tx).await?;
    let there = ledger::balance(tx, &from, wanted.currency()).await?;
    let back = if wanted.minor() > there.minor() { there } else { wanted };
    if back.minor() <= 0 {
        return Ok(());
    }
    queries::reverse(tx, id, back).await?;
    ledger::post(app, tx, &entry(id).moved(from, Account::Revenue, back, Kind::AffiliateBack)).await
}

/// Money that had been refunded was sent back by the bank: what was taken back for it is theirs again. Not after a lost dispute.
async fn put_back(app: &App, tx: &mut Tx, id: &OrderId) -> Result<()> {
    let Some(order) = orders::lock(tx, id).await? else { return Ok(()) };
    let Some(share) = queries::lock(tx, id).await? else { return Ok(()) };
    if orders::dispute_of(tx, id).await? == DisputeState::Lost {
        return Ok(());
    }
    let back = share.reversed.minus(gone(tx, &order, &share).await?)?;
    if back.minor() <= 0 {
        return Ok(());
    }
    let to = match share.is_held {
        true => Account::AffiliatePending(share.affiliate.clone()),
        false => Account::Wallet(share.affiliate.clone()),
    };
    queries::put_back(tx, id, back).await?;
    ledger::post(app, tx, &entry(id).moved(Account::Revenue, to, back, Kind::AffiliateReturned)).await
}

/// Releases the share that has been due longest, if one is; whether there was one.
pub async fn work(app: &App) -> Result<bool> {
    let Some(id) = queries::due(&mut app.db.read().await?, app.now()).await? else { return Ok(false) };
    let outcome = app.db.write(async |tx| release(app, tx, &id).await).await;
    put_off::unless_done(app, Lane::AffiliateShares, id.as_str(), outcome).await?;
    Ok(true)
}

async fn release(app: &App, tx: &mut Tx, id: &OrderId) -> Result<()> {
    orders::lock(tx, id).await?;
    let Some(share) = queries::lock(tx, id).await?.filter(|share| share.is_held) else { return Ok(()) };
    queries::release(tx, id).await?;
    let left = share.amount.minus(share.reversed)?;
    let (from, to) = (Account::AffiliatePending(share.affiliate.clone()), Account::Wallet(share.affiliate));
    ledger::post(app, tx, &entry(id).moved(from, to, left, Kind::AffiliateRelease)).await
}

fn entry(order: &OrderId) -> Entry {
    Entry::new(Links { order: Some(order.to_string()), ..Links::default() }).about(format!("affiliate:{order}"))
}
