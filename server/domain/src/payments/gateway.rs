//! What a payment provider can do for us; real ones live in `outside`.

use super::Fact;
use futures::future::BoxFuture;
use model::payments::Provider;
use model::{Moment, Money};

/// A payment to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// Our attempt's id: the reference at the provider and the key that makes repeating safe.
    pub attempt: String,
    pub amount: Money,
    /// What the payer reads.
    pub description: String,
    /// Where the payer comes back to; proves nothing.
    pub return_url: String,
    /// Seconds until the payer is too late.
    pub expires_in: i64,
}

/// A payment that the provider has taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    pub provider_id: String,
    pub pay_url: String,
    /// Usually open; a repeated call tells how far it has come.
    pub fact: Fact,
}

/// What the provider knows of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub provider_id: String,
    pub pay_url: Option<String>,
    pub fact: Fact,
    /// Asked for, or, once it succeeded, really taken.
    pub amount: Money,
    /// The provider's word for the last refusal.
    pub decline: Option<String>,
}

/// The provider has no such payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone;

/// Why a call did not do what it was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The provider refused, with its word for it; nothing was done.
    Refused(String),
    /// No answer, or none that says anything: it may have been done.
    Silent(String),
}

/// Money to send back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundAsk {
    /// Our refund's id, as reference and key.
    pub refund: String,
    /// The payment's id at the provider.
    pub payment: String,
    pub amount: Money,
    pub reason: String,
}

model::words! {
    /// What a provider says about a refund.
    pub enum RefundFact {
        Pending = "pending",
        Succeeded = "succeeded",
        /// It came back, or never went.
        Failed = "failed",
    }
}

/// What the provider knows of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundFound {
    pub provider_id: String,
    pub fact: RefundFact,
}

/// A notification, verified and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The provider's id of the event; the same when it is sent again.
    pub event_id: String,
    pub subject: Subject,
}

/// What a notification is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A payment, by our attempt's id.
    Payment { attempt: String, found: Found },
    /// A refund, by our refund's id.
    Refund { refund: String, found: RefundFound },
    /// Something we do not act on.
    Other,
}

/// A notification that is not the provider's, or not fresh, or not readable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unverified(pub &'static str);

/// A payment provider.
pub trait Gateway: Send + Sync {
    fn provider(&self) -> Provider;
    fn begin<'a>(&'a self, payment: &'a Begin) -> BoxFuture<'a, Result<Begun, Trouble>>;
    /// Asks by our attempt's id, for the provider's id may never have reached us.
    fn query<'a>(&'a self, attempt: &'a str, provider_id: Option<&'a str>)
    -> BoxFuture<'a, Result<Result<Found, Gone>, Trouble>>;
    /// Closes what nobody paid; answers what became of it, which may be that somebody did pay.
    fn close<'a>(&'a self, provider_id: &'a str) -> BoxFuture<'a, Result<Found, Trouble>>;
    /// Sends money back; repeating it with the same refund is safe and tells how far it has come.
    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<RefundFound, Trouble>>;
    /// Verifies the signature headers over the raw body.
    fn verify(&self, signatures: &[&str], body: &[u8], now: Moment) -> Result<(), Unverified>;
    /// Reads a body that was verified.
    fn read(&self, body: &[u8]) -> Result<Notification, Unverified>;
    /// Where the payer's browser is sent, as an origin for the page's policy.
    fn origin(&self) -> &str;
}
