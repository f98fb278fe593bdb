//! A provider of identities, as the rules need it. Real ones live in `outside`.

use futures::future::BoxFuture;
use model::text::{Email, Name};
use model::{Lang, Moment};

/// Vouches for people.
pub trait IdentityProvider: Send + Sync {
    /// The operator's word for it: small letters and digits.
    fn name(&self) -> &str;
    /// As people know it.
    fn label(&self) -> &str;
    /// The address of the page where the person says who they are.
    fn page<'a>(&'a self, ask: &'a Ask) -> BoxFuture<'a, Result<String, Doubt>>;
    /// Who came back with this code. Every check of the protocol is made here; what is given is what was sent along.
    fn redeem<'a>(&'a self, answer: &'a Redeem) -> BoxFuture<'a, Result<Claims, Doubt>>;
}

/// What goes along to the provider.
#[derive(Debug, Clone)]
pub struct Ask {
    pub state: String,
    pub nonce: String,
    /// Of PKCE, by S256.
    pub challenge: String,
    pub redirect_uri: String,
    pub lang: Lang,
    /// The person is to say who they are, even if the provider knows them still.
    pub anew: bool,
}

/// What came back, and what it must fit.
#[derive(Debug, Clone)]
pub struct Redeem {
    pub code: String,
    /// Who says so (RFC 9207), where it was said.
    pub issuer: Option<String>,
    pub verifier: String,
    pub nonce: String,
    pub redirect_uri: String,
}

/// Whom the provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    pub issuer: String,
    pub subject: String,
    pub email: Option<Email>,
    /// The provider has seen that the address is theirs.
    pub email_verified: bool,
    pub name: Option<Name>,
    /// When the person last said there who they are, if the provider tells.
    pub authenticated: Option<Moment>,
}

/// Why nobody is vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// No answer, or none that can be read; with what happened, for the log.
    Away(String),
    /// An answer that must not be believed; with the check that failed, for the log.
    Untrue(&'static str),
}
