//! The wallet: what is in it, where it came from and where it went, read from the ledger.

use super::price::balance;
use crate::ledger::{self, Account, Entry, Kind, Links, Phase, Transfer};
use crate::{App, Member, Result};
use model::cart::{Movement, Wallet, WalletRow};
use model::ids::AccountId;
use model::orders::TOPUPS;
use model::{Currency, Money};
use store::Tx;

/// How many movements are shown.
const SHOWN: i64 = 200;

/// The person's own wallet.
pub async fn show_wallet(app: &App, member: &Member) -> Result<Wallet> {
    let mut conn = app.db.read().await?;
    let currency = Currency::Cny;
    let mut rows = Vec::new();
    for (account, gift) in [(Account::Wallet(member.id.clone()), false), (Account::WalletGift(member.id.clone()), true)] {
        let name = account.id();
        for transfer in ledger::of_account(&mut conn, &account, SHOWN).await? {
            if transfer.moved.amount.currency() == currency {
                rows.push(row(&name, gift, transfer)?);
            }
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    Ok(Wallet {
        balance: balance(&mut conn, Some(&member.id), currency).await?,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        topups: TOPUPS.into_iter().map(|minor| Money::new(minor, currency)).collect(),
    })
}

fn row(account: &str, gift: bool, transfer: Transfer) -> Result<(i64, WalletRow)> {
    let out = transfer.moved.debit == account;
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
    let shown = WalletRow {
        at: transfer.at,
        what,
        amount: if out { Money::zero(amount.currency()).minus(amount)? } else { amount },
        gift,
        order: transfer.links.order.as_deref().and_then(|order| order.parse().ok()),
    };
    Ok((transfer.seq, shown))
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
