//! Signals: what looks like an attack, counted, for people to look into.

use crate::ids::AccountId;
use crate::text::Name;
use crate::time::Moment;
use crate::{Fault, Problem};
use serde::{Deserialize, Serialize};

crate::words! {
    /// What kind of attack it may be.
    pub enum SignalKind {
        /// Sign-ins that failed at one account, from wherever.
        FailedAtAccount = "failed_at_account",
        /// Sign-ins that failed from one network, at whatever address.
        FailedFromNetwork = "failed_from_network",
        /// A sign-in from a country or a network that is new for its account.
        NewPlace = "new_place",
        /// Wrong coupons typed by one person.
        CouponGuessing = "coupon_guessing",
        /// Wrong gift, redeem or seat codes typed by one person.
        CodeGuessing = "code_guessing",
        /// Payments of one person that were declined.
        CardTesting = "card_testing",
    }
}

impl SignalKind {
    /// So many within a day are shown.
    pub const fn threshold(self) -> u32 {
        match self {
            SignalKind::FailedAtAccount => 5,
            SignalKind::FailedFromNetwork => 10,
            SignalKind::NewPlace => 1,
            SignalKind::CouponGuessing | SignalKind::CodeGuessing | SignalKind::CardTesting => 5,
        }
    }
}

crate::words! {
    /// What staff make of a signal.
    pub enum MarkState {
        Seen = "seen",
        /// What comes after this counts anew.
        Closed = "closed",
    }
}

/// Whom or what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignalSubject {
    Person {
        account: AccountId,
        name: Name,
        email: String,
    },
    /// Without its last part.
    Network(String),
}

impl SignalSubject {
    /// As it is kept beside a mark.
    pub fn key(&self) -> &str {
        match self {
            SignalSubject::Person { account, .. } => account.as_str(),
            SignalSubject::Network(network) => network,
        }
    }
}

/// Who marked it, as what, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    pub state: MarkState,
    pub by: String,
    pub at: Moment,
}

/// One signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    pub kind: SignalKind,
    pub subject: SignalSubject,
    /// How many within the last day, or since it was closed.
    pub count: u32,
    pub since: Moment,
    pub last: Moment,
    /// What else is known: how many accounts, which place.
    pub places: Vec<String>,
    pub mark: Option<Marked>,
}

/// The page: signals, the open ones first, and failures hour by hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signals {
    pub at: Moment,
    pub signals: Vec<Signal>,
    /// Failed sign-ins in each of the last 24 hours, the oldest first.
    pub failures: Vec<u32>,
    /// A proxy of the operator's says which country requests come from.
    pub knows_countries: bool,
}

/// "I have seen it", "this is dealt with".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkSignal {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub state: String,
}

/// What was marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalMark {
    pub kind: SignalKind,
    pub subject: String,
    pub state: MarkState,
}

impl MarkSignal {
    pub fn parse(&self) -> Result<SignalMark, Fault> {
        let wrong = |field| Fault::field(field, Problem::NotAChoice);
        let subject = crate::text::line(&self.subject, 1, 64).map_err(|problem| Fault::field("subject", problem))?;
        Ok(SignalMark {
            kind: self.kind.parse().map_err(|_| wrong("kind"))?,
            subject,
            state: self.state.parse().map_err(|_| wrong("state"))?,
        })
    }
}
