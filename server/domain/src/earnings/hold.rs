//! From a frozen share to money that may be asked for, and back again with a refund.

use super::queries::{self, Hold};
use super::split::divide_piece;
use super::{HOLD, divide};
use crate::ledger::{self, Account, Entry, Kind, Links};
use crate::put_off::{self, Lane};
use crate::{App, Error, Result};
use model::Money;
use model::ids::{AccountId, CourseId, OrderId, OrderLineId, RefundId};
use store::{Conn, Tx};

/// How many shares are released in one go.
const BATCH: i64 = 100;

model::words! {
    /// What a share was earned with.
    pub enum Source {
        OrderLine = "order_line",
        Subscription = "subscription",
        /// A gift that was claimed, a seat that was given.
        Gift = "gift",
    }
}

/// A sale, as earnings see it.
#[derive(Debug, Clone)]
pub struct Sold<'a> {
    pub source: Source,
    /// The line, the period…; with the course and the account it is there once.
    pub source_id: &'a str,
    /// Which of its courses, where there are several.
    pub course: Option<&'a CourseId>,
    /// The order that paid for it: a lost dispute about it takes these shares.
    pub order: Option<&'a str>,
    /// What its instructors read in their statement.
    pub title: &'a str,
    /// What it brought without tax, and the part of that for all instructors.
    pub net: Money,
    pub pool: Money,
    /// Whose, and how much: they come to `pool`.
    pub shares: &'a [(AccountId, Money)],
}

/// Freezes, with a line about to be ordered, who gets what of the instructors' part of one of its courses.
pub async fn freeze_share(tx: &mut Tx, line: &OrderLineId, course: &CourseId, owner: &AccountId, pool: Money) -> Result<()> {
    let authors = queries::authors(tx, course).await?;
    for (account, part) in divide(pool, owner, &authors) {
        queries::freeze_share(tx, line, course, &account, part).await?;
    }
    Ok(())
}

/// Freezes what its courses promise about refunds; of several the strictest.
pub async fn freeze_policy(tx: &mut Tx, line: &OrderLineId, courses: &[CourseId]) -> Result<()> {
    let policy = super::policy_of_all(tx, courses).await?;
    queries::freeze_terms(tx, line, policy).await
}

/// Who gets what of a line's course, as it was frozen.
pub async fn shares_of(conn: &mut Conn, line: &OrderLineId, course: &CourseId) -> Result<Vec<(AccountId, Money)>> {
    queries::shares(conn, line, course).await
}

/// Who gets what of `pool`, as the course's authors have agreed today: for what is shared as it is earned.
pub async fn shares_today(conn: &mut Conn, course: &CourseId, owner: &AccountId, pool: Money) -> Result<Vec<(AccountId, Money)>> {
    Ok(divide(pool, owner, &queries::authors(conn, course).await?))
}

/// The shares of a sale are earned: they wait from now on. Adds the movements (revenue → each instructor) to `entry`, which its
/// caller posts in the same transaction. Every instructor's share comes this way, and no other, so that holds, refunds, the
/// statement and payouts know of it:
///
/// - a line of an order: `shares` as they were frozen with it ([`shares_of`]);
/// - a gift, a seat: [`accrue_given`] does it all;
/// - time of a subscription: `source` [`Source::Subscription`], `source_id` the period, `course` the one that was studied, `order`
///   the one that paid for the period, `pool` the course's part of what was earned, `shares` from [`shares_today`]. Put
///   deferred → revenue into `entry` before. The same period, course and person a second time is an error.
pub async fn accrue(app: &App, tx: &mut Tx, sold: &Sold<'_>, entry: Entry) -> Result<Entry> {
    let mut entry = entry;
    for (account, part) in sold.shares.iter().filter(|(_, part)| part.minor() > 0) {
        let hold = Hold::new(app.new_id::<model::ids::EventId>().to_string(), account, *part, app.now(), app.now() + HOLD);
        queries::add_hold(tx, &hold, sold).await?;
        entry = entry.about(hold.name()).moved(Account::Revenue, Account::InstructorPending(account.clone()), *part, Kind::Share);
    }
    Ok(entry)
}

/// Something that was paid for with a line and is given only now.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    pub line: &'a str,
    /// The gift, the seat.
    pub source_id: &'a str,
    pub net: Money,
    pub pool: Money,
    /// Which of so many equal pieces of the line it is: the third of ten seats; a gift is the one of one.
    pub piece: (i64, i64),
}

/// The shares of what is given now, divided as they were frozen with its line.
pub async fn accrue_given(app: &App, tx: &mut Tx, given: &Given<'_>, entry: Entry) -> Result<Entry> {
    let (order, title, frozen) = queries::frozen_of_line(tx, given.line).await?;
    let (number, of) = given.piece;
    let shares = divide_piece(&frozen, number, of)?;
    let sold = Sold {
        source: Source::Gift,
        source_id: given.source_id,
        course: None,
        order: Some(&order),
        title: &title,
        net: given.net,
        pool: given.pool,
        shares: &shares,
    };
    accrue(app, tx, &sold, entry).await
}

/// Takes `amount` back from the shares of a line, from what still waits before what may have been paid already. Reserves it in
/// `entry`, which its caller posts.
pub async fn take_back(tx: &mut Tx, refund: &RefundId, line: &OrderLineId, amount: Money, entry: Entry) -> Result<Entry> {
    let holds = queries::lock_holds(tx, Source::OrderLine, line.as_str()).await?;
    take_from(tx, refund, &holds, amount, entry).await
}

/// The same of time of a subscription that was earned: of every share that the order brought, the part that `amount` is of `left`,
/// which nobody had refunded of the order before.
pub async fn take_back_of_order(
    tx: &mut Tx,
    refund: &RefundId,
    order: &OrderId,
    amount: Money,
    left: Money,
    entry: Entry,
) -> Result<Entry> {
    let holds = queries::lock_holds_of_order(tx, order).await?;
    let there = Money::new(holds.iter().map(Hold::left).sum(), amount.currency());
    if there.is_zero() || left.is_zero() {
        return Ok(entry);
    }
    take_from(tx, refund, &holds, there.portion(amount.minor(), left.minor())?, entry).await
}

async fn take_from(tx: &mut Tx, refund: &RefundId, holds: &[Hold], amount: Money, entry: Entry) -> Result<Entry> {
    let mut entry = entry;
    let weights: Vec<(String, u64)> = holds.iter().map(|hold| (hold.account.to_string(), hold.left().unsigned_abs())).collect();
    if holds.iter().map(Hold::left).sum::<i64>() < amount.minor() {
        return Err(Error::bug("more would be taken back than was given"));
    }
    for (hold, part) in holds.iter().zip(amount.split(&weights)) {
        let from_pending = part.minor().min(hold.waiting());
        let from_payable = part.minor() - from_pending;
        if part.is_zero() {
            continue;
        }
        queries::take(tx, refund.as_str(), &hold.id, from_pending, from_payable).await?;
        let money = |minor| Money::new(minor, amount.currency());
        entry = entry
            .about(hold.name())
            .reserved(Account::InstructorPending(hold.account.clone()), Account::Revenue, money(from_pending), Kind::Clawback)
            .reserved(Account::InstructorPayable(hold.account.clone()), Account::Revenue, money(from_payable), Kind::Clawback);
    }
    Ok(entry)
}

/// Keeps the shares that an order brought from changing until the transaction ends: before the ledger, as where they are released.
pub async fn hold_shares(tx: &mut Tx, order: &OrderId) -> Result<()> {
    queries::lock_holds_of_order(tx, order).await.map(drop)
}

/// A dispute was lost: everything that is left of the shares an order brought is gone, at once.
pub async fn forfeit(tx: &mut Tx, dispute: &str, order: &OrderId, entry: Entry) -> Result<Entry> {
    let mut entry = entry;
    for hold in queries::lock_holds_of_order(tx, order).await? {
        let from_pending = hold.left().min(hold.waiting());
        let from_payable = hold.left() - from_pending;
        if hold.left() == 0 {
            continue;
        }
        queries::take(tx, dispute, &hold.id, from_pending, from_payable).await?;
        let money = |minor| Money::new(minor, hold.amount.currency());
        entry = entry
            .about(hold.name())
            .moved(Account::InstructorPending(hold.account.clone()), Account::Revenue, money(from_pending), Kind::DisputeLost)
            .moved(Account::InstructorPayable(hold.account.clone()), Account::Revenue, money(from_payable), Kind::DisputeLost);
    }
    Ok(entry)
}

/// A refund came to nothing: what it took counts again, and what waited goes on waiting.
pub async fn give_back(app: &App, tx: &mut Tx, refund: &RefundId) -> Result<()> {
    for (hold, from_pending, from_payable) in queries::taken_by(tx, refund).await? {
        queries::untake(tx, &hold, from_pending, from_payable, app.now()).await?;
    }
    queries::forget_taken(tx, refund).await
}

/// Releases the shares whose time of waiting is over; one that cannot be released does not stop the others.
pub async fn work(app: &App) -> Result<bool> {
    let due = queries::due_holds(&mut app.db.read().await?, app.now(), BATCH).await?;
    for id in &due {
        let outcome = app.db.write(async |tx| release(app, tx, id).await).await;
        put_off::unless_done(app, Lane::Shares, id, outcome).await?;
    }
    Ok(!due.is_empty())
}

async fn release(app: &App, tx: &mut Tx, id: &str) -> Result<()> {
    let Some(hold) = queries::lock_hold(tx, id).await?.filter(|hold| hold.due_at.is_some_and(|due| due <= app.now())) else {
        return Ok(());
    };
    let amount = Money::new(hold.waiting(), hold.amount.currency());
    queries::released(tx, id, amount.minor()).await?;
    let links = Links { order: hold.order.clone(), ..Links::default() };
    let entry = Entry::new(links).about(hold.name()).moved(
        Account::InstructorPending(hold.account.clone()),
        Account::InstructorPayable(hold.account.clone()),
        amount,
        Kind::Release,
    );
    ledger::post(app, tx, &entry).await
}
