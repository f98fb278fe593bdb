//! Sending an attempt to its provider: written down first, called outside any transaction, answered into a second one.

use super::gateway::{Begin, Found, Trouble};
use super::join::{Evidence, Source, change, join, lost};
use super::queries::{self, Attempt};
use super::{Event, Fact, gateway};
use crate::{App, Result};
use model::ids::AttemptId;
use model::payments::{AttemptState, Device, Provider};
use model::time::seconds;
use model::{Lang, Money};
use store::Tx;

/// After this long without an answer the first question is asked.
pub(super) const FIRST_QUESTION: model::time::Span = seconds(10);
/// Without any news an attempt that the payer decides on is asked about after this long.
const PAYER_TIME: model::time::Span = seconds(60);

/// Writes down a new attempt, about to be sent. Its key and what will be sent are kept before the call.
pub async fn open(app: &App, tx: &mut Tx, reference: &str, amount: Money, provider: Provider, lang: Lang) -> Result<Attempt> {
    let now = app.now();
    let attempt = Attempt {
        id: app.new_id::<AttemptId>(),
        reference: reference.to_owned(),
        provider,
        state: AttemptState::Created,
        amount,
        lang,
        provider_id: None,
        pay_url: None,
        pay_until: None,
        decline: None,
        captured: None,
        refund_reserved: 0,
        created_at: now,
        // a crash between here and the answer is noticed by this
        due_at: Some(now + seconds(60)),
        asked: 0,
        close_wanted: false,
        version: 1,
    };
    queries::add(tx, &attempt).await?;
    crate::audit_trail::record(app, tx, super::join::deed("created", &attempt)).await?;
    let request = crate::secrets::hash(&format!("{provider} {} {} {reference}", amount.minor(), amount.currency()));
    queries::note_call(tx, attempt.id.as_str(), provider, &request, now).await?;
    change(app, tx, &attempt, Event::Submit).await
}

/// How an attempt is sent.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// What the payer reads.
    pub description: String,
    /// Seconds until the payer is too late.
    pub expires_in: i64,
    /// The payer agreed to be charged again later.
    pub remember: bool,
    /// What the payer holds.
    pub device: Device,
    /// Who pays, in the provider's words, where it must know beforehand.
    pub payer: Option<String>,
    /// The payer's network address.
    pub address: Option<String>,
}

/// Charges by an agreement, without the payer. None: no answer, or none that says anything; the provider is asked later.
pub async fn charge(app: &App, attempt: &Attempt, sending: Sending, agreement: &str) -> Result<Option<Found>> {
    let gateway = gateway(app, attempt.provider)?;
    match gateway.charge(&payment(app, attempt, sending), agreement).await {
        Ok(found) => Ok(Some(found)),
        Err(Trouble::Refused(word)) => Ok(Some(Found {
            provider_id: attempt.id.to_string(),
            pay_url: None,
            fact: Fact::Failed,
            amount: attempt.amount,
            decline: Some(word),
            hard: false,
            agreement: None,
        })),
        Err(Trouble::Silent(reason)) => {
            tracing::warn!(attempt.id = %attempt.id, %reason, "a provider gave no answer to a charge");
            app.db.write(async |tx| silent(app, tx, &attempt.id).await).await?;
            Ok(None)
        }
    }
}

fn payment(app: &App, attempt: &Attempt, sending: Sending) -> Begin {
    Begin {
        attempt: attempt.id.to_string(),
        amount: attempt.amount,
        description: sending.description,
        return_url: format!("{}/{}/pay/{}", app.settings.public_url, attempt.lang, attempt.reference),
        expires_in: sending.expires_in,
        remember: sending.remember,
        device: sending.device,
        payer: sending.payer,
        address: sending.address,
    }
}

async fn silent(app: &App, tx: &mut Tx, id: &AttemptId) -> Result<()> {
    let attempt = queries::lock(tx, id).await?;
    lost(app, tx, &attempt).await?;
    queries::set_due(tx, id, Some(app.now() + FIRST_QUESTION), 0).await
}

/// Asks the provider; again, where an attempt is open and the way to pay it was lost or is over. Only what it says before anything
/// is paid is taken from its answer; the rest comes as evidence.
pub async fn begin(app: &App, attempt: &Attempt, sending: Sending) -> Result<Attempt> {
    let gateway = gateway(app, attempt.provider)?;
    let payment = payment(app, attempt, sending);
    let answer = gateway.begin(&payment).await;
    app.db
        .write(async |tx| {
            let attempt = queries::lock(tx, &attempt.id).await?;
            match &answer {
                Ok(begun) => {
                    let pay_url = Some(begun.pay_url.as_str()).filter(|url| !url.is_empty());
                    queries::note_provider(tx, &attempt.id, &begun.provider_id, pay_url).await?;
                    queries::set_pay_until(tx, &attempt.id, begun.pay_until).await?;
                    let open = Evidence::of(Fact::Open, attempt.amount, Source::Answer);
                    join(app, tx, &attempt, &open).await?;
                    // further than open only when the call was repeated: ask, so that it is settled like all evidence
                    let due = if begun.fact == Fact::Open { app.now() + PAYER_TIME } else { app.now() };
                    queries::set_due(tx, &attempt.id, Some(due), 0).await?;
                }
                // it is open, and only a new way to it was asked for: it is closed, and can be tried anew
                Err(Trouble::Refused(word)) if attempt.state == AttemptState::Pending => {
                    tracing::warn!(attempt.id = %attempt.id, %word, "a provider gives no new way to pay");
                    queries::close_others(tx, &attempt.reference, None, app.now()).await?;
                }
                Err(Trouble::Refused(word)) => {
                    let mut refused = Evidence::of(Fact::Failed, attempt.amount, Source::Answer);
                    refused.decline = Some(word.clone());
                    join(app, tx, &attempt, &refused).await?;
                }
                Err(Trouble::Silent(reason)) => {
                    tracing::warn!(attempt.id = %attempt.id, %reason, "a provider gave no answer");
                    lost(app, tx, &attempt).await?;
                    queries::set_due(tx, &attempt.id, Some(app.now() + FIRST_QUESTION), 0).await?;
                }
            }
            queries::lock(tx, &attempt.id).await
        })
        .await
}
