//! In whose words a shop speaks with us: our own, or those of a provider that is imitated.

use std::str::FromStr;

use crate::deliver::Parcel;
use crate::events::Happening;
use crate::gateway::Gateway;
use crate::{alipay, sandbox, stripe, wechat};

/// A way of speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dialect {
    Sandbox,
    Stripe,
    Alipay,
    Wechat,
}

impl Dialect {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Stripe => "stripe",
            Self::Alipay => "alipay",
            Self::Wechat => "wechat",
        }
    }

    /// The body of a notification, if this provider sends one about such a thing.
    pub(crate) fn tell(self, gateway: &Gateway, event_id: &str, happening: &Happening<'_>, now: i64) -> Option<String> {
        match self {
            Self::Sandbox => Some(sandbox::tell(gateway, event_id, happening, now)),
            Self::Stripe => stripe::tell(event_id, happening, now),
            Self::Alipay => alipay::tell(gateway, event_id, happening, now),
            Self::Wechat => wechat::tell(gateway, event_id, happening, now),
        }
    }

    /// The body with the headers that prove it.
    pub(crate) fn seal(self, gateway: &Gateway, parcel: &mut Parcel) {
        match self {
            Self::Sandbox => sandbox::seal(gateway, parcel),
            Self::Stripe => stripe::seal(gateway, parcel),
            Self::Alipay => alipay::seal(gateway, parcel),
            Self::Wechat => wechat::seal(gateway, parcel),
        }
    }

    /// Whether an answer says that the notification was received.
    pub(crate) fn is_received(self, status: u16, body: &[u8]) -> bool {
        match self {
            Self::Sandbox | Self::Stripe => (200..300).contains(&status),
            // exactly these seven bytes, whatever the status
            Self::Alipay => body == b"success",
            Self::Wechat => status == 200 || status == 204,
        }
    }
}

impl FromStr for Dialect {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::Sandbox, Self::Stripe, Self::Alipay, Self::Wechat].into_iter().find(|one| one.word() == word).ok_or(())
    }
}
