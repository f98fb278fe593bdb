//! An order in the books: what its wallet sets aside, what its money pays for. Pure.

use super::queries::{Line, Order};
use crate::ledger::{Account, Entry, Kind, Links};
use crate::payments::Attempt;
use crate::{Error, Result};
use model::orders::LineKind;

/// Where the money of a line goes.
pub(super) fn earned_by(order: &Order, line: &Line) -> Account {
    match line.item.kind {
        LineKind::Course | LineKind::Bundle => Account::Revenue,
        LineKind::Topup => Account::Wallet(order.account.clone()),
        // earned as it is given: time, seats, the gift when somebody claims it
        LineKind::Subscription | LineKind::SeatPack | LineKind::Gift => Account::Deferred(line.id.to_string()),
    }
}

/// The wallet's part of each line, reserved until the order is paid or closed.
pub(super) fn set_aside(order: &Order, lines: &[Line]) -> Vec<Entry> {
    let gift = || Account::WalletGift(order.account.clone());
    let cash = || Account::Wallet(order.account.clone());
    lines
        .iter()
        .map(|line| {
            Entry::new(links(order, None, line)).reserved(gift(), earned_by(order, line), line.gift, Kind::WalletPart).reserved(
                cash(),
                earned_by(order, line),
                line.cash,
                Kind::WalletPart,
            )
        })
        .collect()
}

/// The same, taken at once: for an order that was closed, so that what it had set aside is free again.
pub(super) fn taken_late(order: &Order, lines: &[Line]) -> Vec<Entry> {
    lines
        .iter()
        .map(|line| {
            Entry::new(links(order, None, line))
                .moved(Account::WalletGift(order.account.clone()), earned_by(order, line), line.gift, Kind::WalletPart)
                .moved(Account::Wallet(order.account.clone()), earned_by(order, line), line.cash, Kind::WalletPart)
        })
        .collect()
}

/// What a provider took, one entry for each line.
pub(super) fn paid(order: &Order, lines: &[Line], attempt: Option<&Attempt>) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for line in lines {
        let mut entry = Entry::new(links(order, attempt, line));
        let due = line.due()?;
        match attempt {
            Some(attempt) => {
                let kind = if line.item.kind == LineKind::Topup { Kind::Topup } else { Kind::Capture };
                entry = entry.moved(Account::Psp(attempt.provider), earned_by(order, line), due, kind);
            }
            None if due.is_zero() => (),
            None => return Err(Error::bug("an order is paid without the money that was due")),
        }
        entry = entry.moved(earned_by(order, line), Account::Tax, line.tax, Kind::Tax);
        entries.push(entry);
    }
    Ok(entries)
}

fn links(order: &Order, attempt: Option<&Attempt>, line: &Line) -> Links {
    Links {
        order: Some(order.id.to_string()),
        attempt: attempt.map(|attempt| attempt.id.to_string()),
        line: Some(line.id.to_string()),
        ..Links::default()
    }
}
