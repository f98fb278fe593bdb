//! Stripe's objects, as far as they concern us, and what they mean. What is not understood is told as silence: it is asked
//! again, never guessed.

use super::money;
use domain::payments::{Begun, DisputeFact, DisputeFound, Fact, Found, RefundFact, RefundFound, Trouble};
use serde::Deserialize;

/// Marks a payment intent that we made without a session.
pub const ALONE: &str = "charge";

#[derive(Debug, Default, Deserialize)]
pub struct Metadata {
    pub attempt_id: Option<String>,
    pub refund_id: Option<String>,
    pub kind: Option<String>,
}

/// A list's entry: its id, and the attempt it belongs to.
pub trait Listed {
    fn id(&self) -> &str;
    fn attempt(&self) -> Option<&str>;
}

#[derive(Debug, Deserialize)]
pub struct List<T> {
    pub data: Vec<T>,
    #[serde(default)]
    pub has_more: bool,
}

/// A thing by its id, or the thing itself.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Expandable<T> {
    Whole(Box<T>),
    Id(String),
}

#[derive(Debug, Deserialize)]
pub struct Session {
    pub id: String,
    pub status: Option<String>,
    pub payment_status: String,
    pub client_reference_id: Option<String>,
    #[serde(default)]
    pub metadata: Metadata,
    pub amount_total: Option<i64>,
    pub currency: Option<String>,
    pub customer: Option<String>,
    pub payment_intent: Option<Expandable<Intent>>,
    pub url: Option<String>,
}

impl Listed for Session {
    fn id(&self) -> &str {
        &self.id
    }
    fn attempt(&self) -> Option<&str> {
        self.metadata.attempt_id.as_deref().or(self.client_reference_id.as_deref())
    }
}

impl Session {
    fn intent_id(&self) -> Option<&str> {
        match &self.payment_intent {
            Some(Expandable::Id(id)) => Some(id),
            Some(Expandable::Whole(intent)) => Some(&intent.id),
            None => None,
        }
    }

    fn error(&self) -> Option<&CardError> {
        match &self.payment_intent {
            Some(Expandable::Whole(intent)) => intent.last_payment_error.as_ref(),
            _ => None,
        }
    }

    /// How far it has come. A completed session that is unpaid waits for a slow method, unless its intent says that this failed.
    pub fn fact(&self) -> Result<Fact, Trouble> {
        let intent_failed = match &self.payment_intent {
            Some(Expandable::Whole(intent)) => matches!(intent.status.as_str(), "requires_payment_method" | "canceled"),
            _ => false,
        };
        Ok(match (self.status.as_deref(), self.payment_status.as_str()) {
            (_, "paid" | "no_payment_required") => Fact::Succeeded,
            (Some("open"), _) => Fact::Open,
            (Some("expired"), _) => Fact::Canceled,
            (Some("complete"), _) if intent_failed => Fact::Failed,
            (Some("complete"), _) => Fact::Processing,
            (status, paid) => return Err(Trouble::Silent(format!("a session {status:?} {paid}"))),
        })
    }

    pub fn begun(self) -> Result<Begun, Trouble> {
        let fact = self.fact()?;
        let pay_url = self.url.ok_or_else(|| Trouble::Silent("a session without an address".into()))?;
        Ok(Begun { provider_id: self.id, pay_url, pay_until: None, fact })
    }

    pub fn found(self) -> Result<Found, Trouble> {
        let fact = self.fact()?;
        self.found_as(fact)
    }

    pub fn found_as(self, fact: Fact) -> Result<Found, Trouble> {
        let succeeded = fact == Fact::Succeeded;
        // refunds and disputes speak of the intent
        let provider_id = self.intent_id().filter(|_| succeeded).unwrap_or(&self.id).to_owned();
        let (decline, hard) = self.error().map_or((None, false), |error| (Some(error.word()), error.is_hard()));
        let (total, currency) =
            self.amount_total.zip(self.currency.as_deref()).ok_or_else(|| Trouble::Silent("no amount".into()))?;
        let taken = match &self.payment_intent {
            Some(Expandable::Whole(intent)) if succeeded => intent.amount_received,
            _ => total,
        };
        Ok(Found {
            provider_id,
            fact,
            amount: money::read(taken, currency)?,
            decline,
            hard,
            agreement: self.customer.clone().filter(|_| succeeded),
            pay_url: self.url,
        })
    }
}

#[derive(Debug, Deserialize)]
pub struct Intent {
    pub id: String,
    pub status: String,
    pub amount: i64,
    #[serde(default)]
    pub amount_received: i64,
    pub currency: String,
    #[serde(default)]
    pub metadata: Metadata,
    pub customer: Option<String>,
    pub last_payment_error: Option<CardError>,
}

impl Listed for Intent {
    fn id(&self) -> &str {
        &self.id
    }
    fn attempt(&self) -> Option<&str> {
        self.metadata.attempt_id.as_deref()
    }
}

impl Intent {
    /// Whether we made it without a session.
    pub fn is_alone(&self) -> bool {
        self.metadata.kind.as_deref() == Some(ALONE)
    }

    /// A refusal ends a charge without a session; with one, the payer may try another card.
    fn fact(&self) -> Result<Fact, Trouble> {
        Ok(match self.status.as_str() {
            "succeeded" => Fact::Succeeded,
            "processing" => Fact::Processing,
            "canceled" => Fact::Canceled,
            "requires_payment_method" | "requires_action" if self.is_alone() => Fact::Failed,
            "requires_payment_method" | "requires_action" | "requires_confirmation" => Fact::Open,
            other => return Err(Trouble::Silent(format!("the intent's status {other}"))),
        })
    }

    pub fn found(self) -> Result<Found, Trouble> {
        let fact = self.fact()?;
        let taken = if fact == Fact::Succeeded { self.amount_received } else { self.amount };
        let (decline, hard) =
            self.last_payment_error.as_ref().map_or((None, false), |error| (Some(error.word()), error.is_hard()));
        Ok(Found {
            provider_id: self.id,
            pay_url: None,
            fact,
            amount: money::read(taken, &self.currency)?,
            decline,
            hard,
            agreement: self.customer.filter(|_| fact == Fact::Succeeded),
        })
    }
}

/// Why a card was refused.
#[derive(Debug, Deserialize)]
pub struct CardError {
    pub code: Option<String>,
    pub decline_code: Option<String>,
    pub advice_code: Option<String>,
}

impl CardError {
    /// In our words where we have one, else in Stripe's.
    pub fn word(&self) -> String {
        let word = self.decline_code.as_deref().or(self.code.as_deref()).unwrap_or("declined");
        match word {
            "stolen_card" | "pickup_card" => "lost_card",
            "payment_intent_authentication_failure" => "challenge_failed",
            "payment_method_not_available" => "agreement_ended",
            other => other,
        }
        .to_owned()
    }

    /// Whether the same card will never be charged alone again.
    pub fn is_hard(&self) -> bool {
        const HARD: [&str; 11] = [
            "lost_card",
            "stolen_card",
            "pickup_card",
            "expired_card",
            "incorrect_number",
            "invalid_account",
            "revocation_of_authorization",
            "revocation_of_all_authorizations",
            "stop_payment_order",
            "authentication_required",
            "payment_method_not_available",
        ];
        let said = |code: &Option<String>| code.as_deref().is_some_and(|code| HARD.contains(&code));
        self.advice_code.as_deref() == Some("do_not_try_again") || said(&self.decline_code) || said(&self.code)
    }
}

#[derive(Debug, Deserialize)]
pub struct Method {
    pub id: String,
}

#[derive(Debug, Deserialize)]
pub struct Refund {
    pub id: String,
    pub status: Option<String>,
    #[serde(default)]
    pub metadata: Metadata,
}

impl Refund {
    pub fn found(self) -> Result<RefundFound, Trouble> {
        let fact = match self.status.as_deref() {
            Some("succeeded") => RefundFact::Succeeded,
            Some("pending" | "requires_action") => RefundFact::Pending,
            Some("failed" | "canceled") => RefundFact::Failed,
            other => return Err(Trouble::Silent(format!("the refund's status {other:?}"))),
        };
        Ok(RefundFound { provider_id: self.id, fact })
    }
}

#[derive(Debug, Deserialize)]
pub struct Dispute {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub payment_intent: Option<String>,
    pub status: String,
}

impl Dispute {
    /// None: an inquiry, which withholds nothing.
    pub fn found(self) -> Result<Option<DisputeFound>, Trouble> {
        let fact = match self.status.as_str() {
            "needs_response" | "under_review" => DisputeFact::Opened,
            "won" | "prevented" => DisputeFact::Won,
            "lost" => DisputeFact::Lost,
            _ => return Ok(None),
        };
        let Some(payment) = self.payment_intent else { return Ok(None) };
        Ok(Some(DisputeFound { provider_id: self.id, payment, fact, amount: money::read(self.amount, &self.currency)? }))
    }
}

#[derive(Debug, Deserialize)]
pub struct Failed {
    pub error: Problem,
}

/// Why a call was refused.
#[derive(Debug, Deserialize)]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub code: Option<String>,
    pub decline_code: Option<String>,
    pub payment_intent: Option<Box<Intent>>,
}

impl Problem {
    /// Stripe's word for it; never its sentence, which may quote what was sent.
    pub fn word(&self) -> String {
        self.decline_code.as_ref().or(self.code.as_ref()).or(self.kind.as_ref()).cloned().unwrap_or_else(|| "refused".into())
    }

    /// The same key came with another body before.
    pub fn is_another_request(&self) -> bool {
        [&self.kind, &self.code].into_iter().any(|word| word.as_deref() == Some("idempotency_error"))
    }

    pub fn is_missing(&self) -> bool {
        self.code.as_deref() == Some("resource_missing")
    }

    /// The intent, where a card was refused.
    pub fn into_declined(mut self) -> Result<Intent, Self> {
        match self.payment_intent.take() {
            Some(intent) if self.kind.as_deref() == Some("card_error") => Ok(*intent),
            intent => {
                self.payment_intent = intent;
                Err(self)
            }
        }
    }
}
