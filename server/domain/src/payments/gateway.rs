//! What a payment provider can do for us; real ones live in `outside`.

use super::Fact;
use futures::future::BoxFuture;
use model::payments::{Device, Provider};
use model::{Currency, Moment, Money};

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
    /// The payer agreed to be charged again later, without being there: an agreement is made when this succeeds.
    pub remember: bool,
    /// What the payer holds; some providers have another page for each.
    pub device: Device,
    /// Who pays, in the provider's words, where it must know beforehand (an openid inside WeChat).
    pub payer: Option<String>,
    /// The payer's network address, where the provider wants to know it.
    pub address: Option<String>,
}

/// A payment that the provider has taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    pub provider_id: String,
    pub pay_url: String,
    /// Until when that can be used, where it ends before the payment does.
    pub pay_until: Option<Moment>,
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
    /// With that refusal: the same means of payment will never work again.
    pub hard: bool,
    /// With a success of a payment to be remembered: by this the provider charges the same payer again, alone.
    pub agreement: Option<String>,
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
    /// It was sent before, and this asks what became of it: one that failed has failed. Otherwise one that failed is made anew.
    pub again: bool,
}

model::words! {
    /// What a provider says about a refund.
    pub enum RefundFact {
        Pending = "pending",
        Succeeded = "succeeded",
        /// It came back, or never went.
        Failed = "failed",
        /// It can neither arrive nor come back by itself: a person must look.
        Abnormal = "abnormal",
    }
}

/// What the provider knows of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundFound {
    pub provider_id: String,
    pub fact: RefundFact,
}

/// Money to pay to somebody whom the provider knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutAsk {
    /// Our payout's id, as reference and key.
    pub payout: String,
    /// The receiver's account, in the provider's words.
    pub account: String,
    pub amount: Money,
}

model::words! {
    /// What a provider says about a payout.
    pub enum PayoutFact {
        InTransit = "in_transit",
        Paid = "paid",
        /// It never arrived.
        Failed = "failed",
        /// It arrived and came back.
        Returned = "returned",
    }
}

/// What the provider knows of a payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutFound {
    pub provider_id: String,
    pub fact: PayoutFact,
    pub amount: Money,
}

model::words! {
    /// What a provider says about a dispute: a payer's bank wants the money back.
    pub enum DisputeFact {
        /// The amount is withheld until it is decided.
        Opened = "opened",
        Won = "won",
        Lost = "lost",
    }
}

/// What the provider knows of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeFound {
    pub provider_id: String,
    /// The payment's id at the provider.
    pub payment: String,
    pub fact: DisputeFact,
    pub amount: Money,
}

/// One movement of a payment's money, as the provider has it in its books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Our attempt's id.
    pub reference: String,
    pub kind: model::books::MovementKind,
    pub amount: Money,
    pub at: Moment,
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
    /// A dispute about a payment, by our attempt's id where the provider knows it, else by the payment's.
    Dispute { attempt: Option<String>, found: DisputeFound },
    /// A payout, by our payout's id.
    Payout { payout: String, found: PayoutFound },
    /// An agreement to charge alone is over: the payer or the provider ended it.
    AgreementEnded { agreement: String },
    /// Something we do not act on.
    Other,
}

/// A notification that is not the provider's, or not fresh, or not readable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unverified(pub &'static str);

/// What a way to pay begins with that is no page: by it the provider's app opens its own sheet.
pub const SHEET: &str = "weixin-jsapi:";

/// How a provider tells as whom it knows a payer inside its app: its page sends them back with a code.
pub trait Acquaintance: Send + Sync {
    /// The application of ours that its names of payers are for; another one would know them by others.
    fn application(&self) -> &str;
    /// The address of its page, which sends the payer back to `back` with `state` and a code.
    fn page(&self, state: &str, back: &str) -> String;
    /// The payer's name of whoever brought this code, which is good once.
    fn name<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<String, Trouble>>;
}

/// A payment provider.
pub trait Gateway: Send + Sync {
    fn provider(&self) -> Provider;
    /// Whether it takes amounts of this currency.
    fn takes(&self, currency: Currency) -> bool {
        let _ = currency;
        true
    }
    /// Where it can tell as whom it knows a payer inside its app: there its own sheet opens, for whom it knows.
    fn acquaintance(&self) -> Option<&dyn Acquaintance> {
        None
    }
    /// Whether a payer with this device gets a code to scan.
    fn draws(&self, device: Device) -> bool {
        let _ = device;
        false
    }
    fn begin<'a>(&'a self, payment: &'a Begin) -> BoxFuture<'a, Result<Begun, Trouble>>;
    /// Asks by our attempt's id, for the provider's id may never have reached us.
    fn query<'a>(&'a self, attempt: &'a str, provider_id: Option<&'a str>)
    -> BoxFuture<'a, Result<Result<Found, Gone>, Trouble>>;
    /// Closes what nobody paid; answers what became of it, which may be that somebody did pay.
    fn close<'a>(&'a self, provider_id: &'a str) -> BoxFuture<'a, Result<Found, Trouble>>;
    /// Sends money back; repeating it with the same refund is safe, however much later, and tells how far it has come. A refusal
    /// says only of the first call that nothing was done.
    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<RefundFound, Trouble>>;
    /// What became of a refund, as the provider knows it now; asks, and makes nothing.
    fn refunded<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<Result<RefundFound, Gone>, Trouble>>;

    /// Whether it can charge a payer who is not there. Where it cannot, a renewal needs a link to pay by.
    fn charges_alone(&self) -> bool {
        false
    }
    /// Charges by an agreement, at once and without a page; repeating it with the same attempt is safe. A declined charge is
    /// found as failed, with its decline.
    fn charge<'a>(&'a self, payment: &'a Begin, agreement: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        let _ = (payment, agreement);
        Box::pin(async { Err(Trouble::Refused("not_supported".into())) })
    }
    /// Ends an agreement; one that is over already is ended.
    fn revoke<'a>(&'a self, agreement: &'a str) -> BoxFuture<'a, Result<(), Trouble>> {
        let _ = agreement;
        Box::pin(async { Err(Trouble::Refused("not_supported".into())) })
    }

    /// Whether it can pay out to instructors.
    fn pays_out(&self) -> bool {
        false
    }
    /// Pays money out; repeating it with the same payout is safe and tells how far it has come.
    fn pay_out<'a>(&'a self, ask: &'a PayoutAsk) -> BoxFuture<'a, Result<PayoutFound, Trouble>> {
        let _ = ask;
        Box::pin(async { Err(Trouble::Refused("not_supported".into())) })
    }

    /// Whether it tells what moved on a day.
    fn settles(&self) -> bool {
        false
    }
    /// Everything that moved from one moment to another, by our attempts' ids.
    fn settled(&self, from: Moment, until: Moment) -> BoxFuture<'_, Result<Vec<Settled>, Trouble>> {
        let _ = (from, until);
        Box::pin(async { Err(Trouble::Refused("not_supported".into())) })
    }

    /// The headers a notification is signed in, in small letters; their values go to [`Gateway::verify`] in this order.
    fn signed_in(&self) -> &'static [&'static str];
    /// Verifies the signature headers over the raw body. May fetch the provider's newest keys, never anything else.
    fn verify<'a>(&'a self, signatures: &'a [&'a str], body: &'a [u8], now: Moment) -> BoxFuture<'a, Result<(), Unverified>>;
    /// Reads a body that was verified.
    fn read(&self, body: &[u8]) -> Result<Notification, Unverified>;
    /// Where the payer's browser is sent, as an origin for the page's policy.
    fn origin(&self) -> &str;
}
