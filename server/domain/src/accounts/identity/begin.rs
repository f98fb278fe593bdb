//! Sending a person to a provider.

use super::provider::Ask;
use super::{provider_named, queries, redirect_uri, refused};
use crate::accounts::{require_verified, step_up};
use crate::limits::{self, Limit};
use crate::secrets::{Secret, hash};
use crate::{App, Error, Result, Visitor};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use model::identity::{Link, Setback, Through};
use model::ids::AccountId;
use model::routes::safe_next;
use model::time::{Span, minutes};
use sha2::{Digest, Sha256};

/// How long a person may take at the provider.
const LIFE: Span = minutes(10);
/// So many set out from one network.
const SETTING_OUT: Limit = Limit { name: "identity.network.minute", at_most: 60, per: minutes(1) };

/// Where the browser goes, and what it keeps meanwhile.
#[derive(Debug)]
pub struct Begun {
    pub url: String,
    /// For the cookie that binds the try to this browser.
    pub browser: Secret,
}

/// To sign in.
pub async fn begin(app: &App, visitor: &Visitor, form: &Through) -> Result<Begun> {
    set_out(app, visitor, &form.provider, None, safe_next(&form.next).unwrap_or_default()).await
}

/// To link the provider to one's account: for somebody who has just shown who they are.
pub async fn begin_link(app: &App, visitor: &Visitor, form: &Link) -> Result<Begun> {
    let member = visitor.member()?;
    step_up::require(app, visitor)?;
    require_verified(&mut app.db.read().await?, &member.id).await?;
    set_out(app, visitor, &form.provider, Some(&member.id), "").await
}

async fn set_out(app: &App, visitor: &Visitor, provider: &str, account: Option<&AccountId>, next: &str) -> Result<Begun> {
    let known = provider_named(app, provider)?;
    limits::take(app, &[SETTING_OUT], &visitor.network).await?;
    let (state, browser) = (Secret::mint(app.ports.chance.as_ref()), Secret::mint(app.ports.chance.as_ref()));
    let bound = Bound::of(browser.reveal(), state.reveal())?;
    let ask = Ask {
        state: state.reveal().to_owned(),
        nonce: bound.nonce,
        challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(bound.verifier.as_bytes())),
        redirect_uri: redirect_uri(app, provider),
        lang: visitor.lang,
        // who is in already comes to show who they are, not to be waved through
        anew: visitor.session.is_some(),
    };
    let url = known.page(&ask).await.map_err(|doubt| {
        tracing::warn!(provider, ?doubt, "an identity provider cannot be used");
        refused(Setback::Away)
    })?;
    let attempt = queries::Attempt {
        provider: provider.to_owned(),
        account: account.cloned(),
        session: account.and(visitor.session.clone()).unwrap_or_default(),
        next: next.to_owned(),
        lang: visitor.lang,
    };
    let (state, kept, until) = (state.hash(), hash(browser.reveal()), app.now() + LIFE);
    app.db.write(async |tx| queries::add_attempt(tx, &state, &kept, &attempt, until).await).await?;
    Ok(Begun { url, browser })
}

/// What is made of the browser's secret and the state, and kept nowhere.
pub(super) struct Bound {
    pub nonce: String,
    /// Of PKCE.
    pub verifier: String,
}

impl Bound {
    pub fn of(browser: &str, state: &str) -> Result<Self> {
        let made = |purpose: &[u8]| {
            let mut mac = Hmac::<Sha256>::new_from_slice(browser.as_bytes()).map_err(Error::bug)?;
            mac.update(purpose);
            mac.update(state.as_bytes());
            Ok::<_, Error>(hex::encode(mac.finalize().into_bytes()))
        };
        Ok(Self { nonce: made(b"lectern nonce\n")?, verifier: made(b"lectern verifier\n")? })
    }
}
