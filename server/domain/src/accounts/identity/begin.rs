//! Sending a person to a provider.

use super::provider::Ask;
use super::{provider_named, queries, redirect_uri, refused};
use crate::accounts::{require_verified, step_up};
use crate::limits::{self, Limit};
use crate::secrets::{Secret, hash, mac_hex};
use crate::{App, Result, Visitor};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Lang;
use model::identity::{Link, Setback, Through};
use model::ids::AccountId;
use model::routes::safe_next;
use model::time::{Span, minutes};
use sha2::{Digest, Sha256};

/// How long a person may take at the provider.
pub(super) const LIFE: Span = minutes(10);
/// So many set out from one network.
const SETTING_OUT: Limit = Limit { name: "identity.network.minute", at_most: 60, per: minutes(1) };

/// What names the try, and what the browser keeps meanwhile.
#[derive(Debug)]
pub struct Begun {
    /// Goes along to the provider and back.
    pub state: Secret,
    /// For the cookie that binds every try of these ten minutes to this browser: two tabs set out with one.
    pub browser: Secret,
}

/// To sign in; `kept` is what the browser keeps from another try, if it does.
pub async fn begin(app: &App, visitor: &Visitor, kept: &str, form: &Through) -> Result<Begun> {
    set_out(app, visitor, kept, &form.provider, None, safe_next(&form.next).unwrap_or_default()).await
}

/// To link the provider to one's account: for somebody who has just shown who they are.
pub async fn begin_link(app: &App, visitor: &Visitor, kept: &str, form: &Link) -> Result<Begun> {
    let member = visitor.member()?;
    step_up::require(app, visitor)?;
    require_verified(&mut app.db.read().await?, &member.id).await?;
    set_out(app, visitor, kept, &form.provider, Some(&member.id), "").await
}

async fn set_out(
    app: &App,
    visitor: &Visitor,
    kept: &str,
    provider: &str,
    account: Option<&AccountId>,
    next: &str,
) -> Result<Begun> {
    limits::take(app, &[SETTING_OUT], &visitor.network).await?;
    let state = Secret::mint(app.ports.chance.as_ref());
    let browser = Secret::kept(kept).unwrap_or_else(|| Secret::mint(app.ports.chance.as_ref()));
    // whether there is a page to go to is told here and now
    page_of(app, visitor, provider, state.reveal(), browser.reveal()).await?;
    let attempt = queries::Attempt {
        provider: provider.to_owned(),
        account: account.cloned(),
        session: account.and(visitor.session.clone()).unwrap_or_default(),
        next: next.to_owned(),
        lang: visitor.lang,
    };
    let (named, kept, until) = (state.hash(), browser.hash(), app.now() + LIFE);
    app.db.write(async |tx| queries::add_attempt(tx, &named, &kept, &attempt, until).await).await?;
    Ok(Begun { state, browser })
}

/// The way on, for the browser that set out.
#[derive(Debug)]
pub struct Way {
    pub lang: Lang,
    /// The provider as people know it.
    pub label: String,
    pub url: String,
}

/// The address of the provider's page for this try; none where it is over or was begun in another browser.
pub async fn way(app: &App, visitor: &Visitor, browser: Option<&str>, state: &str) -> Result<Option<Way>> {
    let Some(browser) = browser else { return Ok(None) };
    let (named, kept) = (hash(state), hash(browser));
    let found = queries::attempt(&mut app.db.read().await?, &named, &kept, app.now()).await?;
    let Some((provider, lang)) = found else { return Ok(None) };
    let label = provider_named(app, &provider)?.label().to_owned();
    let there = Visitor { lang, ..visitor.clone() };
    Ok(Some(Way { lang, label, url: page_of(app, &there, &provider, state, browser).await? }))
}

async fn page_of(app: &App, visitor: &Visitor, provider: &str, state: &str, browser: &str) -> Result<String> {
    let bound = Bound::of(browser, state);
    let ask = Ask {
        state: state.to_owned(),
        nonce: bound.nonce,
        challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(bound.verifier.as_bytes())),
        redirect_uri: redirect_uri(app, provider),
        lang: visitor.lang,
        // who is in already comes to show who they are, not to be waved through
        anew: visitor.session.is_some(),
    };
    let known = provider_named(app, provider)?;
    known.page(&ask).await.map_err(|doubt| {
        tracing::warn!(provider, ?doubt, "an identity provider cannot be used");
        refused(Setback::Away)
    })
}

/// What is made of the browser's secret and the state, and kept nowhere.
pub(super) struct Bound {
    pub nonce: String,
    /// Of PKCE.
    pub verifier: String,
}

impl Bound {
    pub fn of(browser: &str, state: &str) -> Self {
        let made = |purpose: &str| mac_hex(browser.as_bytes(), format!("lectern {purpose}\n{state}").as_bytes());
        Self { nonce: made("nonce"), verifier: made("verifier") }
    }
}
