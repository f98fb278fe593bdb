//! Signing in through another house (OpenID Connect), as both sides say it.

use crate::ids::IdentityId;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

crate::words! {
    /// Why a way of signing in came to nothing; stands in the address of the page that says so.
    pub enum Setback {
        /// Begun too long ago, in another browser, or used already.
        Stale = "stale",
        /// The person, or the provider, said no.
        Declined = "declined",
        /// What came back is not what the provider should have said.
        Untrue = "untrue",
        /// The provider does not answer.
        Away = "away",
        /// The provider does not vouch for an e-mail address, and a new account needs one.
        NoEmail = "no_email",
        /// Somebody has an account with that address: they sign in to it and link.
        KnownEmail = "known_email",
        /// It is linked to another account.
        Others = "others",
        /// The account may not come in.
        Closed = "closed",
        /// Who began to link has signed out meanwhile, or is somebody else now.
        SignedOut = "signed_out",
        /// Without it the person could not sign in any more.
        LastWayIn = "last_way_in",
        /// The key does not fit, or is not of this account.
        UnknownKey = "unknown_key",
        /// The key was made for this account already.
        KnownKey = "known_key",
        /// The key seems to have been copied.
        CopiedKey = "copied_key",
        /// The account has as many keys as it may.
        TooManyKeys = "too_many_keys",
        /// The browser sent none.
        NoKey = "no_key",
    }
}

/// A provider one can sign in through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The operator's word for it.
    pub name: String,
    /// As it is shown.
    pub label: String,
}

/// A provider somebody has linked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    pub id: IdentityId,
    pub label: String,
    /// As the provider told it then; may be empty.
    pub email: String,
    pub linked: Moment,
    pub used: Moment,
}

/// The part of one's security page about other houses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identities {
    pub offered: Vec<Offered>,
    pub linked: Vec<Linked>,
}

/// Signs in through a provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Through {
    #[serde(default)]
    pub provider: String,
    /// Where the person wanted to go.
    #[serde(default)]
    pub next: String,
}

/// Links a provider to one's account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    #[serde(default)]
    pub provider: String,
}

/// Takes a provider off one's account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlink {
    #[serde(default)]
    pub identity: String,
}
