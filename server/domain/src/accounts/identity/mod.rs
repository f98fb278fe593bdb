//! Signing in through another house (OpenID Connect).
//!
//! A person there is known by issuer and subject and by nothing else: an address they share with an account of ours links nothing.
//! Linking is done from within, by somebody who has just shown who they are. A try is bound to the browser it was begun in, is good for
//! ten minutes and once.

mod begin;
mod finish;
mod keep;
mod provider;
pub(super) mod queries;
#[cfg(test)]
mod tests;

pub use begin::{Begun, Way, begin, begin_link, way};
pub use finish::{Answer, Arrival, Came, finish};
pub use keep::{identities, offered, tidy_attempts, unlink};
pub use provider::{Ask, Claims, Doubt, IdentityProvider, Redeem};

use crate::{App, Error, Result};
use model::Refusal;
use model::identity::Setback;
use std::sync::Arc;

/// The address providers send people back to; the very same in every request.
fn redirect_uri(app: &App, provider: &str) -> String {
    format!("{}/auth/callback/{provider}", app.settings.public_url)
}

/// The provider of this name.
fn provider_named(app: &App, name: &str) -> Result<Arc<dyn IdentityProvider>> {
    app.ports.identities.iter().find(|known| known.name() == name).cloned().ok_or_else(Error::not_found)
}

fn refused(setback: Setback) -> Error {
    Error::refuse(Refusal::Identity(setback))
}
