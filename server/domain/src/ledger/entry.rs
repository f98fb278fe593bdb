//! An entry: movements that belong together, each balanced by construction.

use super::Account;
use model::Money;
use model::ids::TransferId;

model::words! {
    /// What a movement stands for.
    pub enum Kind {
        Capture = "capture",
        Tax = "tax",
        /// An instructor's share of the net.
        Share = "share",
        /// Money that has no place came.
        Stray = "stray",
        Refund = "refund",
        RefundTax = "refund_tax",
        /// A share taken back.
        Clawback = "clawback",
        StrayRefund = "stray_refund",
        /// A share whose time of holding is over.
        Release = "release",
        /// Money to an instructor's own bank.
        Payout = "payout",
        /// A payout that the bank sent back.
        PayoutReturned = "payout_returned",
        /// A refund that our own bank paid where the provider could not.
        PaidByHand = "paid_by_hand",
        DisputeOpened = "dispute_opened",
        DisputeWon = "dispute_won",
        DisputeLost = "dispute_lost",
        /// A part of an order that the wallet paid.
        WalletPart = "wallet_part",
        /// Money put into a wallet.
        Topup = "topup",
        /// What was paid for a gift or a seat is earned: it is given.
        Earned = "earned",
        /// A share for recommending, its end of holding, and what of it was taken back.
        AffiliateShare = "affiliate_share",
        AffiliateRelease = "affiliate_release",
        AffiliateBack = "affiliate_back",
        /// What was taken back of it for a refund that the bank sent back.
        AffiliateReturned = "affiliate_returned",
        /// A gift that nobody claimed in time.
        Breakage = "breakage",
        /// A balance given by the school.
        GiftBalance = "gift_balance",
        /// Time of a subscription that is over is earned.
        Recognition = "recognition",
    }
}

/// How a movement counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// At once.
    Single,
    /// Reserved until it is posted or voided.
    Pending,
    Post(TransferId),
    Void(TransferId),
}

impl Phase {
    pub fn word(&self) -> &'static str {
        match self {
            Phase::Single => "single",
            Phase::Pending => "pending",
            Phase::Post(_) => "post",
            Phase::Void(_) => "void",
        }
    }
    pub(super) fn pending(&self) -> Option<&TransferId> {
        match self {
            Phase::Post(id) | Phase::Void(id) => Some(id),
            Phase::Single | Phase::Pending => None,
        }
    }
}

/// One movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// By account name, so that what is read back can be moved again.
    pub debit: String,
    pub credit: String,
    pub amount: Money,
    pub kind: Kind,
    pub phase: Phase,
    /// The one thing it is about, beyond the entry's links: `hold:…`, `payout:…`.
    pub about: Option<String>,
}

/// What an entry belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    pub order: Option<String>,
    pub attempt: Option<String>,
    pub refund: Option<String>,
    /// The line of the order it is about.
    pub line: Option<String>,
}

/// Movements that are written together or not at all.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub links: Links,
    pub(super) moves: Vec<Move>,
    about: Option<String>,
    /// Accounts that may have to be opened.
    pub(super) accounts: Vec<(Account, model::Currency)>,
}

impl Entry {
    pub fn new(links: Links) -> Self {
        Self { links, ..Self::default() }
    }

    /// What is moved from here on is about this one thing: `hold:…`, `payout:…`.
    pub fn about(mut self, thing: impl Into<String>) -> Self {
        self.about = Some(thing.into());
        self
    }

    /// Moves `amount` from `debit` to `credit`; nothing for nought.
    pub fn moved(self, debit: Account, credit: Account, amount: Money, kind: Kind) -> Self {
        self.add(debit, credit, amount, kind, Phase::Single)
    }

    /// The same, reserved until it is posted or voided.
    pub fn reserved(self, debit: Account, credit: Account, amount: Money, kind: Kind) -> Self {
        self.add(debit, credit, amount, kind, Phase::Pending)
    }

    fn add(mut self, debit: Account, credit: Account, amount: Money, kind: Kind, phase: Phase) -> Self {
        if !amount.is_zero() {
            let about = self.about.clone();
            self.moves.push(Move { debit: debit.id(), credit: credit.id(), amount, kind, phase, about });
            self.accounts.push((debit, amount.currency()));
            self.accounts.push((credit, amount.currency()));
        }
        self
    }
}
