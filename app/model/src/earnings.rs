//! What instructors earn: terms of a course, balances, the statement, payouts.

use crate::ids::{AccountId, OrderId, PayoutId};
use crate::paging::Page;
use crate::refunds::RefundPolicy;
use crate::text::Email;
use crate::{Currency, Fault, Moment, Money, Problem};
use serde::{Deserialize, Serialize};

/// A co-author of a course and their part of what its instructors earn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoAuthor {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    /// Hundredths of a per cent.
    pub share_bp: u32,
}

/// What a course promises its buyers and its authors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseTerms {
    pub policy: RefundPolicy,
    pub authors: Vec<CoAuthor>,
    /// What is left for the owner, in hundredths of a per cent.
    pub own_bp: u32,
}

/// "Refunds" in the studio.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EditPolicy {
    #[serde(default)]
    pub days: String,
    #[serde(default)]
    pub studied: String,
}

impl EditPolicy {
    pub fn parse(self) -> Result<RefundPolicy, Fault> {
        let mut errors = crate::fault::FieldErrors::default();
        let days = errors.take("days", whole(&self.days, 0, RefundPolicy::DAYS_MAX));
        let studied = errors.take("studied", whole(&self.studied, 0, 100));
        errors.finish(days.zip(studied)).map(|(days, studied)| RefundPolicy { days, studied })
    }
}

fn whole(typed: &str, min: u32, max: u32) -> Result<u32, Problem> {
    match typed.trim() {
        "" => Err(Problem::Required),
        typed => match typed.parse::<u32>() {
            Ok(number) if (min..=max).contains(&number) => Ok(number),
            Ok(_) => Err(Problem::OutOfRange { min: i64::from(min), max: i64::from(max) }),
            Err(_) => Err(Problem::NotANumber),
        },
    }
}

/// "Add a co-author" in the studio; a part of nought takes them out again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EditAuthor {
    #[serde(default)]
    pub email: String,
    /// Per cent, with at most two decimals.
    #[serde(default)]
    pub share: String,
}

impl EditAuthor {
    /// The address and the part in hundredths of a per cent.
    pub fn parse(self) -> Result<(Email, u32), Fault> {
        let mut errors = crate::fault::FieldErrors::default();
        let email = errors.take("email", Email::parse(&self.email));
        let share = errors.take("share", percent(&self.share));
        errors.finish(email.zip(share))
    }
}

fn percent(typed: &str) -> Result<u32, Problem> {
    let typed = typed.trim().trim_end_matches('%').trim();
    let (whole, fraction) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if typed.is_empty() {
        return Err(Problem::Required);
    }
    if whole.is_empty() || whole.len() > 3 || fraction.len() > 2 || !digits(whole) || !digits(fraction) {
        return Err(Problem::NotANumber);
    }
    match format!("{whole}{fraction:0<2}").parse::<u32>() {
        Ok(bp) if bp <= 10_000 => Ok(bp),
        _ => Err(Problem::OutOfRange { min: 0, max: 100 }),
    }
}

crate::words! {
    /// What a line of the statement stands for.
    pub enum EarningKind {
        /// A share of a sale; it waits.
        Share = "share",
        /// Taken back with a refund.
        Refund = "refund",
        /// The refund came to nothing, and the share is theirs again.
        RefundUndone = "refund_undone",
        /// Its time of waiting is over.
        Release = "release",
        Payout = "payout",
        PayoutReturned = "payout_returned",
    }
}

/// One movement on an instructor's accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarningLine {
    /// Its place in the ledger; pages go on from it.
    pub seq: i64,
    pub at: Moment,
    pub kind: EarningKind,
    /// What was sold.
    pub title: String,
    pub order: Option<OrderId>,
    /// Of a share: what the sale brought, and what of it the school and other authors kept.
    pub sale: Option<Money>,
    pub fee: Option<Money>,
    pub others: Option<Money>,
    /// What it changes on what they have; of a release: what became payable.
    pub amount: Money,
}

/// What somebody has in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Waits for the end of the refund time.
    pub pending: Money,
    /// May be asked for; below nought where more was taken back than was there.
    pub payable: Money,
    /// On its way to the bank.
    pub on_way: Money,
    /// Paid so far.
    pub paid: Money,
    /// The next of what waits becomes payable then.
    pub next_at: Option<Moment>,
}

/// What came in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    pub year: i32,
    pub month: u32,
    /// Shares less refunds.
    pub earned: Money,
}

/// An instructor's bank, as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankShown {
    /// `ICBC ···· 1234`
    pub masked: String,
    pub usable_at: Moment,
    /// Nothing is paid there yet: it was changed a short while ago.
    pub held: bool,
}

crate::words! {
    /// How far a payout has come.
    pub enum PayoutState {
        /// Asked for.
        Draft = "draft",
        Approved = "approved",
        Submitting = "submitting",
        InTransit = "in_transit",
        Unknown = "unknown",
        Paid = "paid",
        Failed = "failed",
        Canceled = "canceled",
        /// The bank sent it back.
        Returned = "returned",
    }
}

impl PayoutState {
    pub const fn is_open(self) -> bool {
        use PayoutState::{Approved, Draft, InTransit, Submitting, Unknown};
        matches!(self, Draft | Approved | Submitting | InTransit | Unknown)
    }
    /// It may have arrived, or may yet.
    pub const fn is_with_the_bank(self) -> bool {
        use PayoutState::{InTransit, Submitting, Unknown};
        matches!(self, Submitting | InTransit | Unknown)
    }
}

/// One payout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutView {
    pub id: PayoutId,
    pub state: PayoutState,
    pub amount: Money,
    pub bank: String,
    pub reference: String,
    pub problem: String,
    pub at: Moment,
    pub paid_at: Option<Moment>,
}

/// A payout in the staff's queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPayout {
    pub payout: PayoutView,
    pub name: String,
    pub email: String,
    pub approved_by: Option<String>,
    pub sent_by: Option<String>,
    /// What the person looking may do with it now.
    pub moves: Vec<PayoutMove>,
    /// Whom and where to, in full; only for who is to send it.
    pub bank: Option<Bank>,
    /// What the instructor has payable now.
    pub payable: Money,
}

crate::words! {
    /// What staff can do with a payout.
    pub enum PayoutMove {
        Approve = "approve",
        Reject = "reject",
        /// A provider shall pay it.
        Send = "send",
        /// The transfer was made at the bank.
        Sent = "sent",
        /// Nobody knows whether it was.
        Lost = "lost",
        Paid = "paid",
        Failed = "failed",
        Returned = "returned",
    }
}

impl PayoutMove {
    /// It wants the bank's reference, or a reason.
    pub const fn wants_note(self) -> bool {
        !matches!(self, PayoutMove::Approve | PayoutMove::Send | PayoutMove::Paid | PayoutMove::Lost)
    }
}

/// The studio's page of earnings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earnings {
    /// By currency, the largest first.
    pub balances: Vec<Balance>,
    /// The last twelve months of the first currency, oldest first.
    pub months: Vec<Month>,
    pub lines: Vec<EarningLine>,
    /// Where the next, older lines begin.
    pub older: Option<i64>,
    pub bank: Option<BankShown>,
    /// A page of what was paid out, the latest first.
    pub payouts: Page<PayoutView>,
    /// One of them is on its way, whichever page it stands on.
    pub asked: bool,
    /// Years with anything in them, the latest first.
    pub years: Vec<i32>,
    /// The least that is paid out.
    pub least: Money,
    /// How long a share waits, in days.
    pub hold_days: u32,
}

/// Where an instructor is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bank {
    pub holder: String,
    pub bank: String,
    pub number: String,
}

impl Bank {
    /// What is shown of it: the bank and the last four.
    pub fn masked(&self) -> String {
        let last: String = self.number.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        format!("{} ···· {last}", self.bank)
    }
}

/// "Bank account" in the studio.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EditBank {
    #[serde(default)]
    pub holder: String,
    #[serde(default)]
    pub bank: String,
    #[serde(default)]
    pub number: String,
}

impl EditBank {
    pub fn parse(self) -> Result<Bank, Fault> {
        let mut errors = crate::fault::FieldErrors::default();
        let short = |typed: &str| {
            let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
            match text.chars().count() {
                0 => Err(Problem::Required),
                n if n > 60 => Err(Problem::TooLong { max: 60 }),
                _ if text.chars().any(char::is_control) => Err(Problem::Unreadable),
                _ => Ok(text),
            }
        };
        let holder = errors.take("holder", short(&self.holder));
        let bank = errors.take("bank", short(&self.bank));
        let number: String = self.number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let number = errors.take(
            "number",
            match number.len() {
                0 => Err(Problem::Required),
                n if n < 8 => Err(Problem::TooShort { min: 8 }),
                n if n > 34 => Err(Problem::TooLong { max: 34 }),
                _ if !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Err(Problem::Unreadable),
                _ => Ok(number.to_ascii_uppercase()),
            },
        );
        let bank = match (holder, bank, number) {
            (Some(holder), Some(bank), Some(number)) => Some(Bank { holder, bank, number }),
            _ => None,
        };
        errors.finish(bank)
    }
}

/// "Pay me": everything that is payable in a currency.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AskPayout {
    pub currency: Currency,
}

/// A move of staff with a payout.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MovePayout {
    pub payout: PayoutId,
    #[serde(default)]
    pub step: String,
    #[serde(default)]
    pub note: String,
}

impl MovePayout {
    pub fn parse(self) -> Result<(PayoutId, PayoutMove, String), Fault> {
        let step: PayoutMove = self.step.parse().map_err(|_| Fault::field("step", Problem::NotAChoice))?;
        let note = match (crate::refunds::reason(&self.note), step.wants_note()) {
            (Ok(note), _) => note,
            (Err(problem), true) => return Err(Fault::field("note", problem)),
            (Err(_), false) => String::new(),
        };
        Ok((self.payout, step, note))
    }
}

/// Why something about earnings cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No account of an instructor has this address.
    NotAnInstructor,
    /// The parts of the co-authors come to more than everything.
    TooMuchShared,
    /// There is no bank account yet.
    NoBank,
    /// The bank account was changed a short while ago.
    BankHeld { until: Moment },
    /// The payout was asked for to another bank account than there is now.
    BankReplaced,
    /// One is on its way already.
    OneIsOpen,
    /// Less than the least that is paid out.
    TooLittle { least: Money },
    /// The balance is not what it was when the payout was asked for.
    BalanceChanged { payable: Money },
    /// No provider pays out in this currency.
    NoProvider,
    /// Another person has to do this.
    SecondPerson,
    /// Not possible in the state it is in.
    Transition,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_typed_in_per_cent_with_two_decimals_at_most() {
        for (typed, bp) in [("30", 3_000), ("12.5", 1_250), ("0.01", 1), ("100%", 10_000), (" 7 % ", 700)] {
            assert_eq!(percent(typed), Ok(bp), "{typed}");
        }
        for wrong in ["", "-1", "100.01", "1.234", "abc", "1e2", ".5"] {
            assert!(percent(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn of_a_bank_account_only_the_last_four_are_shown() {
        let bank = Bank { holder: "Ada".into(), bank: "ICBC".into(), number: "6222021234567890".into() };
        assert_eq!(bank.masked(), "ICBC ···· 7890");
    }
}
