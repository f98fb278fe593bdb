//! What people decide about their own data: consents, what suggestions may use, how they are told of things, their archive, and leaving.

use crate::Money;
use crate::fault::{Fault, FieldErrors, Problem};
use crate::time::Moment;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What somebody is asked to agree to, each by itself.
    pub enum Purpose {
        Terms = "terms",
        Privacy = "privacy",
        /// Letters about new courses.
        Letters = "letters",
        /// Suggestions made for this person.
        Personal = "personal",
    }
}

impl Purpose {
    /// The version of the text that holds now; a change of substance counts it up, and everybody is asked again.
    pub const fn version(self) -> i64 {
        match self {
            Purpose::Terms | Purpose::Privacy | Purpose::Letters | Purpose::Personal => 1,
        }
    }
    /// Without it there is no account.
    pub const fn is_needed(self) -> bool {
        matches!(self, Purpose::Terms | Purpose::Privacy)
    }
    /// How it stands with whoever has not answered yet.
    pub const fn unasked(self) -> bool {
        matches!(self, Purpose::Personal)
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub purpose: Purpose,
    pub version: i64,
    pub given: bool,
    pub at: Moment,
}

/// What suggestions may use of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedUse {
    /// They are made for this person at all.
    pub personal: bool,
    /// From courses taken, studied and reviewed.
    pub studied: bool,
    /// From pages looked at.
    pub looked: bool,
    /// From chosen topics.
    pub interests: bool,
}

impl Default for FeedUse {
    fn default() -> Self {
        Self { personal: true, studied: true, looked: true, interests: true }
    }
}

/// The page of consents and suggestions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyPage {
    /// Every answer, the latest first.
    pub history: Vec<Consent>,
    pub feed: FeedUse,
    /// Letters about new courses are wanted.
    pub letters: bool,
    /// The texts have changed since they were agreed to, or never were.
    pub asks_again: bool,
}

/// Gives or takes back one consent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerConsent {
    #[serde(default)]
    pub purpose: String,
    /// `yes` or `no`
    #[serde(default)]
    pub answer: String,
}

impl AnswerConsent {
    /// What of it can be answered by itself: nobody takes back the terms and stays.
    pub fn parse(&self) -> Result<(Purpose, bool), Fault> {
        let mut errors = FieldErrors::default();
        let purpose = self.purpose.parse().ok().filter(|purpose: &Purpose| !purpose.is_needed());
        let purpose = errors.take("purpose", purpose.ok_or(Problem::NotAChoice));
        let answer = errors.take(
            "answer",
            match self.answer.as_str() {
                "yes" => Ok(true),
                "no" => Ok(false),
                _ => Err(Problem::NotAChoice),
            },
        );
        errors.finish(purpose.zip(answer))
    }
}

/// Agrees to the terms and the word on privacy as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreeAgain {
    #[serde(default)]
    pub next: String,
}

/// What suggestions may use from now on; a box that is not ticked is not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseFeedUse {
    #[serde(default)]
    pub used: Vec<String>,
}

impl ChooseFeedUse {
    pub fn uses(&self, what: &str) -> bool {
        self.used.iter().any(|used| used == what)
    }
}

crate::words! {
    /// What somebody may be told of, by the ways they choose.
    pub enum NoticeKind {
        Purchases = "purchases",
        Membership = "membership",
        Gifts = "gifts",
        News = "news",
    }
}

/// By which ways somebody hears of one kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channels {
    pub kind: NoticeKind,
    pub mail: bool,
    pub inside: bool,
}

/// The page behind the link at the end of a letter that one may do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LettersOff {
    pub kind: NoticeKind,
    /// They are still sent.
    pub sent: bool,
}

/// Ticked boxes, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseChannels {
    #[serde(default)]
    pub mail: Vec<String>,
    #[serde(default)]
    pub inside: Vec<String>,
}

impl ChooseChannels {
    /// One line for every kind there is.
    pub fn lines(&self) -> Vec<Channels> {
        let ticked = |list: &[String], kind: NoticeKind| list.iter().any(|word| word == kind.as_str());
        let line = |kind: NoticeKind| Channels { kind, mail: ticked(&self.mail, kind), inside: ticked(&self.inside, kind) };
        NoticeKind::ALL.iter().map(|kind| line(*kind)).collect()
    }
}

/// Something a person is told inside the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub title: String,
    /// A path of ours after the language.
    pub page: String,
    pub at: Moment,
    pub fresh: bool,
}

/// How far a person's archive is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Archive {
    Nothing,
    Making {
        asked: Moment,
    },
    Ready {
        id: String,
        bytes: u64,
        made: Moment,
        until: Moment,
    },
    /// Its time is over and its file is gone.
    Over {
        made: Moment,
    },
    /// It could not be made.
    Failed,
}

crate::words! {
    /// What has to be settled before an account can go.
    pub enum Obstacle {
        Wallet = "wallet",
        OnSale = "on_sale",
        Membership = "membership",
        Earnings = "earnings",
        Payout = "payout",
        Order = "order",
        Refund = "refund",
        Dispute = "dispute",
        Invoice = "invoice",
        LastAdmin = "last_admin",
    }
}

/// The page on which an account is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// When it will be done, where it was asked for.
    pub due: Option<Moment>,
    /// What stands against it; the wallet can be given up instead.
    pub obstacles: Vec<Obstacle>,
    /// The person's own money.
    pub wallet: Money,
    pub reviews: u32,
}

/// "Forget me."
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// `keep`: under no name; `remove`
    #[serde(default)]
    pub reviews: String,
    /// Present: what is in the wallet is given up.
    #[serde(default)]
    pub waive: String,
    /// Present: "I know what is kept and what is not".
    #[serde(default)]
    pub understood: String,
}

/// What was decided with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Farewell {
    pub keeps_reviews: bool,
    pub waives: bool,
}

impl Leave {
    pub fn parse(&self) -> Result<Farewell, Fault> {
        let mut errors = FieldErrors::default();
        if self.understood.is_empty() {
            errors.add("understood", Problem::Required);
        }
        let reviews = match self.reviews.as_str() {
            "keep" => Ok(true),
            // who has none is not asked
            "remove" | "" => Ok(false),
            _ => Err(Problem::NotAChoice),
        };
        let keeps_reviews = errors.take("reviews", reviews);
        errors.finish(keeps_reviews.map(|keeps_reviews| Farewell { keeps_reviews, waives: !self.waive.is_empty() }))
    }
}

/// Why one's data cannot be had or taken away just now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// This has to be settled first.
    Stands(Obstacle),
    /// An archive is being made already, or one was made today.
    ArchiveToday,
    /// Nothing was asked for, or it is done.
    NotLeaving,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terms_are_not_taken_back_by_a_form() {
        let answer = |purpose: &str| AnswerConsent { purpose: purpose.into(), answer: "no".into() }.parse();
        assert!(answer("terms").is_err() && answer("privacy").is_err());
        assert_eq!(answer("personal"), Ok((Purpose::Personal, false)));
    }

    #[test]
    fn nobody_leaves_without_having_read_what_stays() {
        let left = Leave { reviews: "keep".into(), ..Leave::default() }.parse();
        assert_eq!(left, Err(Fault::field("understood", Problem::Required)));
    }
}
