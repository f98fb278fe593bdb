//! What buyers send.

use crate::payments::{Payer, Provider};
use crate::{Fault, Problem};
use serde::{Deserialize, Serialize};

/// "Pay" on the checkout page, "try again" and "cancel" on the payment page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pay {
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub idem: String,
    /// The amount on the button, in minor units; empty: as the checkout was frozen.
    #[serde(default)]
    pub shown: String,
}

/// What a pay form says, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayRequest {
    /// None: the only one there is.
    pub provider: Option<Provider>,
    pub key: Key,
    pub shown: Option<Shown>,
    pub payer: Payer,
}

/// The amount a buyer saw and agreed to, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// What a provider is asked for: on the button.
    Due(i64),
    /// Everything, the wallet's part too: what programs name.
    Total(i64),
}

impl Pay {
    pub fn parse(self) -> Result<PayRequest, Fault> {
        let key = Key::parse(&self.idem)?;
        let provider = match self.provider.as_str() {
            "" => None,
            word => Some(word.parse().map_err(|_| Fault::field("provider", Problem::NotAChoice))?),
        };
        let shown = match self.shown.as_str() {
            "" => None,
            minor => Some(Shown::Due(minor.parse().map_err(|_| Fault::field("shown", Problem::Unreadable))?)),
        };
        Ok(PayRequest { provider, key, shown, payer: Payer::default() })
    }
}

/// "Use this code"; empty: none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChooseCoupon {
    #[serde(default)]
    pub coupon: String,
}

/// "Pay from my wallet", or no longer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChooseWallet {
    #[serde(default, rename = "use")]
    pub use_it: String,
}

impl ChooseWallet {
    pub fn is_yes(&self) -> bool {
        self.use_it == "yes"
    }
}

/// A form's key: the same form sent twice has the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        match text {
            "" => Err(Fault::field("idem", Problem::Required)),
            text if crate::ids::looks_like_an_id(text) => Ok(Key(text.to_owned())),
            _ => Err(Fault::field("idem", Problem::Unreadable)),
        }
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
