//! A payer's bank wants the money back: it is withheld while it is decided, access stays closed as long, and what is lost takes
//! the instructors' shares with it.

use super::dispute_state::{step, together};
use super::queries::{self, Line, Order, Refund};
use super::regain::regain;
use super::settle::{close_siblings, links};
use crate::audit_trail::{self, Deed};
use crate::events::{Event, Happening, announce};
use crate::ledger::{self, Account, Entry, Kind, Resolution};
use crate::payments::{Attempt, DisputeFact, DisputeFound};
use crate::{App, Result, catalog, earnings, entitlement, subscriptions, vouchers};
use model::entitlement::Source;
use model::ids::CourseId;
use model::orders::{DisputeState, LineKind};
use store::Tx;

/// A provider tells of a dispute about a payment. The order and the attempt are locked.
pub async fn dispute_fact(app: &App, tx: &mut Tx, order: &Order, attempt: &Attempt, found: &DisputeFound) -> Result<()> {
    let known = queries::dispute(tx, attempt, &found.provider_id).await?;
    // what was withheld is what it is about from then on, whatever the amount that is told later
    let found = &DisputeFound { amount: known.map_or(found.amount, |(_, withheld)| withheld), ..found.clone() };
    let mut now = known.map(|(state, _)| state);
    if found.fact != DisputeFact::Opened {
        earnings::hold_shares(tx, &order.id).await?;
    }
    for fact in heard(now, found.fact) {
        let Some(next) = step(now, fact) else {
            let detail = format!("{fact} while {}", now.map_or("none", DisputeState::as_str));
            return audit_trail::record(app, tx, Deed::new("dispute.refused", "order", &order.id).detail(detail)).await;
        };
        if Some(next) == now {
            return Ok(());
        }
        queries::put_dispute(app, tx, order, attempt, found, next).await?;
        happened(app, tx, order, attempt, found, next).await?;
        now = Some(next);
    }
    Ok(())
}

/// An outcome whose beginning never reached us begins and ends at once.
fn heard(known: Option<DisputeState>, fact: DisputeFact) -> Vec<DisputeFact> {
    match (known, fact) {
        (None, DisputeFact::Won | DisputeFact::Lost) => vec![DisputeFact::Opened, fact],
        _ => vec![fact],
    }
}

async fn happened(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    attempt: &Attempt,
    found: &DisputeFound,
    state: DisputeState,
) -> Result<()> {
    let psp = || Account::Psp(attempt.provider);
    let about = format!("dispute:{}", found.provider_id);
    let entry = Entry::new(links(order, attempt)).about(about.clone());
    let mut entry = match state {
        DisputeState::None => return Ok(()),
        DisputeState::Open => entry.moved(Account::DisputeHold, psp(), found.amount, Kind::DisputeOpened),
        DisputeState::Won => entry.moved(psp(), Account::DisputeHold, found.amount, Kind::DisputeWon),
        DisputeState::Lost => entry.moved(Account::ChargebackLoss, Account::DisputeHold, found.amount, Kind::DisputeLost),
    };
    let mut closed = Vec::new();
    if order.paid_attempt.as_ref() == Some(&attempt.id) {
        let before = queries::dispute_state(tx, &order.id).await?;
        let standing = together(&queries::disputes_of(tx, attempt).await?);
        if standing != before {
            (entry, closed) = follow(app, tx, order, &about, standing, entry).await?;
            queries::set_dispute_state(tx, &order.id, standing).await?;
        }
        // each one: a second lost dispute takes more of the same money
        if state == DisputeState::Lost {
            announce(app, tx, Event::new(Happening::DisputeLost, &order.id).of(&order.account)).await?;
        }
    }
    ledger::post(app, tx, &entry).await?;
    count_less(tx, &closed).await?;
    queries::flag_for_review(tx, &order.id).await?;
    let detail = format!("{} {} {}", found.provider_id, found.amount.minor(), found.amount.currency());
    audit_trail::record(app, tx, Deed::new(format!("order.dispute_{state}"), "order", &order.id).detail(detail)).await
}

/// What it means for everything that the order paid for. Adds the movements to `entry`; says which courses have a learner less:
/// whoever posts the entry counts them then.
async fn follow(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    about: &str,
    standing: DisputeState,
    entry: Entry,
) -> Result<(Entry, Vec<CourseId>)> {
    let (mut entry, mut closed, mut open_again) = (entry, Vec::new(), Vec::new());
    for line in queries::lines(tx, &order.id).await? {
        let id = line.id.as_str();
        match standing {
            DisputeState::None => (),
            DisputeState::Open => {
                for course in entitlement::suspend(app, tx, Source::OrderLine, id).await? {
                    regain(app, tx, order, &course).await?;
                }
                subscriptions::dispute_opened(tx, &order.id).await?;
                vouchers::withhold(app, tx, id).await?;
            }
            DisputeState::Won => {
                let restored = entitlement::restore(app, tx, Source::OrderLine, id).await?;
                subscriptions::dispute_won(tx, &order.id).await?;
                vouchers::hand_back(app, tx, id).await?;
                open_again.extend((restored > 0).then_some(line));
            }
            DisputeState::Lost => entry = lose(app, tx, order, &line, entry, &mut closed).await?,
        }
    }
    // nobody pays for it once more
    close_siblings(app, tx, order, &open_again).await?;
    if standing == DisputeState::Open {
        entry = withhold_wallet(tx, order, entry).await?;
    } else {
        ledger::resolve_about(app, tx, &withheld(order), Resolution::Void).await?;
    }
    if standing == DisputeState::Lost {
        entry = from_wallet(tx, order, entry).await?;
        entry = earnings::forfeit(tx, about, &order.id, entry).await?;
    }
    Ok((entry, closed))
}

/// A line whose money is gone: what it opened is closed for good. Adds the courses of it to `closed`.
async fn lose(app: &App, tx: &mut Tx, order: &Order, line: &Line, entry: Entry, closed: &mut Vec<CourseId>) -> Result<Entry> {
    for course in entitlement::revoke(app, tx, Source::OrderLine, line.id.as_str()).await? {
        regain(app, tx, order, &course).await?;
        closed.push(course);
    }
    if line.item.kind == LineKind::Subscription {
        return subscriptions::dispute_lost(app, tx, &order.id, entry).await;
    }
    let (entry, given) = vouchers::forfeit(app, tx, line.id.as_str(), entry).await?;
    closed.extend(given);
    Ok(entry)
}

/// After the ledger, as where orders are paid and refunded: else two wait for each other.
async fn count_less(tx: &mut Tx, closed: &[CourseId]) -> Result<()> {
    for course in closed {
        catalog::count_learners(tx, course, -1).await?;
    }
    Ok(())
}

/// A refund that was on its way while a dispute was lost has come to nothing: what was reserved for it goes where the rest went.
pub(super) async fn lost_with_the_rest(app: &App, tx: &mut Tx, order: &Order, attempt: &Attempt, refund: &Refund) -> Result<()> {
    let (mut entry, mut closed) = (Entry::new(links(order, attempt)), Vec::new());
    let parts = queries::parts_of_refund(tx, &refund.id).await?;
    ledger::hold(tx).await?;
    for line in queries::lines(tx, &order.id).await? {
        entry = lose(app, tx, order, &line, entry, &mut closed).await?;
        let (from, to, kind) = match line.item.kind {
            LineKind::Gift | LineKind::SeatPack => (Account::Deferred(line.id.to_string()), Account::Breakage, Kind::Breakage),
            LineKind::Topup => (Account::Wallet(order.account.clone()), Account::ChargebackLoss, Kind::DisputeLost),
            LineKind::Course | LineKind::Bundle | LineKind::Subscription => continue,
        };
        for part in parts.iter().filter(|part| part.line == line.id) {
            let (there, net) = (ledger::balance(tx, &from, refund.amount.currency()).await?, part.of.amount.minus(part.of.tax)?);
            let back = if there.minor() < net.minor() { there } else { net };
            if back.minor() > 0 {
                entry = entry.moved(from.clone(), to.clone(), back, kind);
            }
        }
    }
    entry = earnings::forfeit(tx, &format!("lost:{}", refund.id), &order.id, entry).await?;
    ledger::post(app, tx, &entry).await?;
    count_less(tx, &closed).await
}

/// Where the ledger keeps what is withheld in a wallet for an order's dispute.
fn withheld(order: &Order) -> String {
    format!("withheld:{}", order.id)
}

/// As long as a bank decides, nobody spends what it may take.
async fn withhold_wallet(tx: &mut Tx, order: &Order, entry: Entry) -> Result<Entry> {
    let there = still_there(tx, order).await?;
    let wallet = Account::Wallet(order.account.clone());
    Ok(entry.about(withheld(order)).reserved(wallet, Account::ChargebackLoss, there, Kind::DisputeLost))
}

/// The bank has given it back already.
async fn from_wallet(tx: &mut Tx, order: &Order, entry: Entry) -> Result<Entry> {
    let there = still_there(tx, order).await?;
    Ok(entry.moved(Account::Wallet(order.account.clone()), Account::ChargebackLoss, there, Kind::DisputeLost))
}

/// The provider's money that was put into the wallet, by a top-up or by a refund, as far as it is still there. What a refund has set aside is
/// that refund's.
async fn still_there(tx: &mut Tx, order: &Order) -> Result<model::Money> {
    let mut put = queries::refunded_to_wallet(tx, order).await?;
    for line in queries::lines(tx, &order.id).await?.iter().filter(|line| line.item.kind == LineKind::Topup) {
        let back = queries::going_back_of_line(tx, &line.id).await?;
        put = put.plus(line.net)?.minus(model::Money::new(back, line.net.currency()))?;
    }
    ledger::hold(tx).await?;
    let there = ledger::balance(tx, &Account::Wallet(order.account.clone()), put.currency()).await?;
    let left = if there.minor() < put.minor() { there } else { put };
    Ok(if left.minor() > 0 { left } else { model::Money::zero(put.currency()) })
}
