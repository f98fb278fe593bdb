//! The wallet: what is in it, where it came from and where it went, read from the ledger.

use super::price::balance;
use crate::ledger::{self, Account, Entry, Kind, Links, Phase, Transfer};
use crate::{App, Member, Result};
use model::cart::{Movement, Wallet, WalletRow};
use model::ids::AccountId;
use model::orders::TOPUPS;
use model::paging::Leaf;
use model::{Currency, Money};
use store::Tx;

/// How many movements a page shows.
const PER_PAGE: u32 = 50;

/// The person's own wallet, with a page of what moved.
pub async fn show_wallet(app: &App, member: &Member, page: u32) -> Result<Wallet> {
    let mut conn = app.db.read().await?;
    let currency = Currency::Cny;
    let (cash, gift) = (Account::Wallet(member.id.clone()), Account::WalletGift(member.id.clone()));
    let pair = [&cash, &gift];
    let leaf = Leaf::of(page, PER_PAGE, ledger::count_of_pair(&mut conn, pair, currency).await?);
    let moved = ledger::of_pair(&mut conn, pair, currency, leaf).await?;
    let rows: Result<Vec<WalletRow>> = moved.into_iter().map(|transfer| row(&cash.id(), &gift.id(), transfer)).collect();
    Ok(Wallet {
        balance: balance(&mut conn, Some(&member.id), currency).await?,
        rows: leaf.with(rows?),
        topups: TOPUPS.into_iter().map(|minor| Money::new(minor, currency)).collect(),
    })
}

/// A movement as the owner of these two sees it.
fn row(cash: &str, gift: &str, transfer: Transfer) -> Result<WalletRow> {
    let moved = &transfer.moved;
    let out = moved.debit == cash || moved.debit == gift;
    let gift = moved.debit == gift || moved.credit == gift;
    let amount = transfer.moved.amount;
    let what = match (transfer.moved.kind, out, &transfer.moved.phase) {
        (Kind::Topup, false, _) => Movement::Topup,
        (Kind::WalletPart, true, Phase::Pending) => Movement::Held,
        (Kind::WalletPart, true, _) => Movement::Spent,
        (Kind::GiftBalance, false, _) => Movement::Gift,
        (Kind::DisputeLost, true, Phase::Pending) => Movement::Withheld,
        (Kind::Refund, ..) => Movement::Refund,
        _ => Movement::Other,
    };
    Ok(WalletRow {
        at: transfer.at,
        what,
        amount: if out { Money::zero(amount.currency()).minus(amount)? } else { amount },
        gift,
        order: transfer.links.order.as_deref().and_then(|order| order.parse().ok()),
    })
}

/// The school gives somebody a balance to spend: never paid out, spent before their own money. `about`: what for.
pub async fn give_balance(app: &App, tx: &mut Tx, who: &AccountId, amount: Money, about: &str) -> Result<()> {
    let entry = Entry::new(Links::default()).about(about).moved(
        Account::PromoCost,
        Account::WalletGift(who.clone()),
        amount,
        Kind::GiftBalance,
    );
    ledger::post(app, tx, &entry).await
}
