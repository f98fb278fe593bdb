//! As whom a provider knows somebody who pays inside its app.
//!
//! A name holds in the session it was told in: whoever signs in to the same account in another person's app has another one. A journey
//! to the provider is bound to account and session, is good for ten minutes and once.

use super::queries::{self, Journey};
use super::{Acquaintance, Gateway, gateway};
use crate::error::OrNotFound;
use crate::limits::{self, Limit};
use crate::secrets::{Secret, hash};
use crate::{App, Result};
use model::ids::AccountId;
use model::payments::{Device, Payer, Provider};
use model::time::{Span, days, hours, minutes};
use std::sync::Arc;
use store::Conn;

/// How long somebody may be under way.
const LIFE: Span = minutes(10);
/// How long a name is kept: no session, and it holds in one alone, lasts longer.
const KEPT: Span = days(30);
/// How often one person sets out, and comes back.
const SETTING_OUT: Limit = Limit { name: "payer.person.hour", at_most: 60, per: hours(1) };
const COMING_BACK: Limit = Limit { name: "payer.answers.hour", at_most: 120, per: hours(1) };
/// No name that a provider tells is longer.
const LONGEST: usize = 128;

/// Whether the provider's app opens a sheet of its own for a payer.
pub fn has_sheet(app: &App, provider: Provider) -> bool {
    gateway(app, provider).is_ok_and(|gateway| gateway.acquaintance().is_some())
}

/// Whether a payer with this device gets a code from the provider, and no page.
pub fn gives_code(app: &App, device: Device, provider: Provider) -> bool {
    gateway(app, provider).is_ok_and(|gateway| gateway.draws(device))
}

/// Whether a page of the provider's is a way to pay on this device: what was opened on another one may be none.
pub fn opens_page(app: &App, device: Device, provider: Provider) -> bool {
    let sheet = device == Device::WechatApp && has_sheet(app, provider);
    device.opens(provider) && !sheet && !gives_code(app, device, provider)
}

/// By which name the provider knows the payer; none where it does not have to, or was not asked yet in this session.
pub async fn name_of(
    app: &App,
    conn: &mut Conn,
    account: &AccountId,
    provider: Provider,
    payer: &Payer,
) -> Result<Option<String>> {
    let gateway = gateway(app, provider)?;
    match (payer.device, gateway.acquaintance(), &payer.session) {
        (Device::WechatApp, Some(acquaintance), Some(session)) => {
            queries::payer_name(conn, account, session, provider, acquaintance.application()).await
        }
        _ => Ok(None),
    }
}

/// Whether the provider has to be asked as whom it knows the payer before a payment begins.
pub async fn has_to_say_who(app: &App, conn: &mut Conn, account: &AccountId, provider: Provider, payer: &Payer) -> Result<bool> {
    let can = payer.device == Device::WechatApp && payer.session.is_some() && has_sheet(app, provider);
    Ok(can && name_of(app, conn, account, provider, payer).await?.is_none())
}

/// Sends a payer to the provider: the address of its page.
pub async fn set_out(app: &App, account: &AccountId, session: &str, provider: Provider, reference: &str) -> Result<String> {
    limits::take(app, &[SETTING_OUT], account.as_str()).await?;
    let gateway = gateway(app, provider)?;
    let acquaintance = gateway.acquaintance().or_not_found()?;
    let state = Secret::mint(app.ports.chance.as_ref());
    let journey = Journey { account, session, provider };
    let (named, until) = (state.hash(), app.now() + LIFE);
    app.db.write(async |tx| queries::add_journey(tx, &named, &journey, reference, until).await).await?;
    Ok(acquaintance.page(state.reveal(), &format!("{}/auth/payer/{provider}", app.settings.public_url)))
}

/// Somebody who came back from a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// What they were about to pay for.
    pub reference: String,
    /// The provider told as whom it knows them.
    pub known: bool,
}

/// Ends a journey and keeps the name that the provider tells. None: it was not begun in this session, or is over.
pub async fn come_back(
    app: &App,
    account: &AccountId,
    session: &str,
    provider: Provider,
    state: &str,
    code: &str,
) -> Result<Option<Back>> {
    limits::take(app, &[COMING_BACK], account.as_str()).await?;
    let journey = Journey { account, session, provider };
    let (state, now) = (hash(state), app.now());
    let taken = app.db.write(async |tx| queries::take_journey(tx, &state, &journey, now).await).await?;
    let Some(reference) = taken else { return Ok(None) };
    let gateway: Arc<dyn Gateway> = gateway(app, provider)?;
    let acquaintance = gateway.acquaintance().or_not_found()?;
    let Some(name) = told(acquaintance, code).await else { return Ok(Some(Back { reference, known: false })) };
    let application = acquaintance.application();
    app.db.write(async |tx| queries::keep_payer_name(tx, &journey, application, &name, now).await).await?;
    Ok(Some(Back { reference, known: true }))
}

async fn told(acquaintance: &dyn Acquaintance, code: &str) -> Option<String> {
    if code.is_empty() {
        return None;
    }
    match acquaintance.name(code).await {
        Ok(name) if !name.is_empty() && name.len() <= LONGEST => Some(name),
        Ok(_) => None,
        Err(trouble) => {
            tracing::warn!(?trouble, "a provider did not tell as whom it knows a payer");
            None
        }
    }
}

/// Forgets those who never came back, and names that hold in no session any more.
pub async fn tidy_journeys(app: &App) -> Result<()> {
    let now = app.now();
    app.db
        .write(async |tx| {
            queries::forget_journeys(tx, now).await?;
            queries::forget_payer_names(tx, now - KEPT).await
        })
        .await
}
