//! The accounts, one of each per currency.

use model::ids::AccountId;
use model::payments::Provider;

/// An account of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Money the provider owes us (asset).
    Psp(Provider),
    /// Money of ours at the bank (asset).
    Bank,
    /// What we earned.
    Revenue,
    /// Tax we owe (liability).
    Tax,
    /// Money that has no place: late, paid twice, wrong (liability).
    Suspense,
    /// An instructor's share that may still be taken back (liability).
    InstructorPending(AccountId),
    /// What an instructor may ask to be paid (liability); below nought where more was taken back than was left.
    InstructorPayable(AccountId),
    /// Money a bank holds back while a payer disputes (asset).
    DisputeHold,
    /// What lost disputes cost us.
    ChargebackLoss,
    /// A person's own money in their wallet (liability; never below nought).
    Wallet(AccountId),
    /// What the school gave a person to spend (liability; never below nought).
    WalletGift(AccountId),
    /// Paid for and not yet given, by the order line it was paid with (liability): gifts, seats, time of a subscription.
    Deferred(String),
    /// What we gave away.
    PromoCost,
    /// A share for recommending that may still be taken back (liability).
    AffiliatePending(AccountId),
    /// Paid for and never asked for.
    Breakage,
}

impl Account {
    /// Its stable name: `psp:sandbox`, `instr_pending:…`.
    pub fn id(&self) -> String {
        match (self.owner(), self) {
            (Some(owner), _) => format!("{}:{owner}", self.kind()),
            (None, Account::Psp(provider)) => format!("psp:{provider}"),
            (None, Account::Deferred(line)) => format!("deferred:{line}"),
            (None, _) => self.kind().to_owned(),
        }
    }

    /// What sort of account it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Account::Psp(_) => "psp",
            Account::Bank => "bank",
            Account::Revenue => "revenue",
            Account::Tax => "tax",
            Account::Suspense => "suspense",
            Account::InstructorPending(_) => "instr_pending",
            Account::InstructorPayable(_) => "instr_payable",
            Account::DisputeHold => "dispute_hold",
            Account::ChargebackLoss => "chargeback_loss",
            Account::Wallet(_) => "wallet",
            Account::WalletGift(_) => "wallet_gift",
            Account::Deferred(_) => "deferred",
            Account::PromoCost => "promo_cost",
            Account::AffiliatePending(_) => "affiliate_pending",
            Account::Breakage => "breakage",
        }
    }

    /// May not be spent below nought.
    pub fn is_guarded(&self) -> bool {
        matches!(self, Account::Wallet(_) | Account::WalletGift(_))
    }

    /// The person it belongs to.
    pub fn owner(&self) -> Option<&AccountId> {
        match self {
            Account::InstructorPending(owner)
            | Account::InstructorPayable(owner)
            | Account::Wallet(owner)
            | Account::WalletGift(owner)
            | Account::AffiliatePending(owner) => Some(owner),
            _ => None,
        }
    }
}
