//! Paying: providers, and how far one try has come.

use crate::money::Money;
use serde::{Deserialize, Serialize};

crate::words! {
    /// Who moves the money.
    pub enum Provider {
        /// The provider for trying things out; not in production.
        Sandbox = "sandbox",
        Stripe = "stripe",
        Alipay = "alipay",
        Wechat = "wechat",
    }
}

crate::words! {
    /// What a payer holds; some providers have another page for each.
    #[derive(Default)]
    pub enum Device {
        #[default]
        Desktop = "desktop",
        Phone = "phone",
        /// A phone, inside the WeChat app.
        WechatApp = "wechat_app",
    }
}

/// Who is about to pay, as far as providers want to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payer {
    pub device: Device,
    /// The network address.
    pub address: Option<String>,
    /// By which provider, where they said so.
    pub provider: Option<Provider>,
    /// The session they pay in, by its hash: as whom a provider knows them holds in it alone.
    pub session: Option<String>,
}

impl Payer {
    /// The same, by this provider.
    pub fn by(self, provider: Option<Provider>) -> Self {
        Self { provider, ..self }
    }
}

impl Device {
    /// Whether the provider's page opens in it: inside WeChat Alipay's does not.
    pub fn opens(self, provider: Provider) -> bool {
        !(self == Device::WechatApp && provider == Provider::Alipay)
    }
    /// From the browser's name for itself.
    pub fn of(user_agent: &str) -> Self {
        if user_agent.contains("MicroMessenger/") {
            Device::WechatApp
        } else if ["Mobile", "Android", "iPhone", "HarmonyOS"].iter().any(|word| user_agent.contains(word)) {
            Device::Phone
        } else {
            Device::Desktop
        }
    }
}

crate::words! {
    /// How far one try to pay has come.
    pub enum AttemptState {
        /// Written down, not sent yet.
        Created = "created",
        /// Being sent to the provider.
        Submitting = "submitting",
        /// The payer decides at the provider.
        Pending = "pending",
        /// The payer has decided, the bank works on it.
        Processing = "processing",
        /// We do not know whether the provider has it.
        Unknown = "unknown",
        Succeeded = "succeeded",
        Failed = "failed",
        Canceled = "canceled",
    }
}

impl AttemptState {
    /// Something may still come of it.
    pub const fn is_live(self) -> bool {
        use AttemptState::{Created, Pending, Processing, Submitting, Unknown};
        matches!(self, Created | Submitting | Pending | Processing | Unknown)
    }

    /// Money may be on its way, so that neither a cancellation nor a new try is safe.
    pub const fn is_in_flight(self) -> bool {
        use AttemptState::{Created, Processing, Submitting, Unknown};
        matches!(self, Created | Submitting | Processing | Unknown)
    }
}

crate::words! {
    /// How far a refund has come.
    pub enum RefundState {
        Requested = "requested",
        Approved = "approved",
        Submitting = "submitting",
        Pending = "pending",
        Unknown = "unknown",
        Succeeded = "succeeded",
        Failed = "failed",
        Canceled = "canceled",
        NeedsAttention = "needs_attention",
    }
}

impl RefundState {
    /// Its amount counts against what may still be refunded.
    pub const fn is_reserved(self) -> bool {
        !matches!(self, RefundState::Failed | RefundState::Canceled)
    }
    /// Something happens by itself soon.
    pub const fn is_moving(self) -> bool {
        use RefundState::{Approved, Pending, Submitting, Unknown};
        matches!(self, Approved | Submitting | Pending | Unknown)
    }
    /// Nothing more happens by itself.
    pub const fn is_over(self) -> bool {
        matches!(self, RefundState::Succeeded | RefundState::Failed | RefundState::Canceled)
    }
}

crate::words! {
    /// Why money goes back.
    pub enum RefundCause {
        Staff = "staff",
        /// The buyer asked for it.
        Learner = "learner",
        /// It came after the order was closed.
        Late = "late",
        /// The order was paid already.
        Second = "second",
        /// Another amount or currency than was asked for.
        Mismatch = "mismatch",
    }
}

impl RefundCause {
    /// Somebody wanted it, and it undoes what the money paid for; the others send back money that has no place.
    pub const fn is_asked(self) -> bool {
        matches!(self, RefundCause::Staff | RefundCause::Learner)
    }
}

crate::words! {
    /// The provider's reasons for a refusal, as far as a payer needs to know.
    pub enum Decline {
        InsufficientFunds = "insufficient_funds",
        LostCard = "lost_card",
        ChallengeFailed = "challenge_failed",
        ChallengeDenied = "challenge_denied",
        Other = "other",
    }
}

impl Decline {
    /// The provider's word, or `Other`.
    pub fn of(word: &str) -> Self {
        word.parse().unwrap_or(Decline::Other)
    }
}

/// Money on its way back to the payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundView {
    pub id: crate::ids::RefundId,
    pub amount: Money,
    pub state: RefundState,
    pub cause: RefundCause,
    pub reason: String,
    pub at: crate::Moment,
}
