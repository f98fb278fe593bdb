//! Payments: opened by a shop, decided by a payer on the hosted page, closed by the shop or by time.
//!
//! ```text
//! open ──► succeeded            a refused card leaves it open: the payer may try another
//!   ├────► processing ──► succeeded | failed        slow methods
//!   └────► canceled             closed by the shop, or too late
//! ```

use std::str::FromStr;

use serde_json::{Value, json};
use store::{Conn, Tx};

use crate::answer::{Refusal, Result};
use crate::dialect::Dialect;
use crate::events::{Happening, announce};
use crate::faults::{self, Charges, Disputes, Faults};
use crate::gateway::{Gateway, new_id};
use crate::queries::{self, Movement};
use crate::{agreements, disputes, money};

/// How long a slow method takes, in milliseconds.
pub(crate) const SLOW: i64 = 6_000;

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Open,
    Processing,
    Succeeded,
    Failed,
    Canceled,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Processing => "processing",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        }
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(word: &str) -> std::result::Result<Self, ()> {
        let all = [Self::Open, Self::Processing, Self::Succeeded, Self::Failed, Self::Canceled];
        all.into_iter().find(|status| status.word() == word).ok_or(())
    }
}

/// One payment. Moments are Unix milliseconds.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    pub(crate) id: String,
    pub(crate) dialect: Dialect,
    pub(crate) reference: String,
    pub(crate) description: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) status: Status,
    /// What was really taken.
    pub(crate) captured: i64,
    /// In which currency, where a fault takes another.
    pub(crate) captured_currency: Option<String>,
    pub(crate) refunded: i64,
    /// Whether an agreement is made when it succeeds.
    pub(crate) remember: bool,
    pub(crate) agreement: Option<String>,
    /// What a dialect needs to say again.
    pub(crate) extra: Value,
    pub(crate) failure: Option<String>,
    pub(crate) challenge: i64,
    pub(crate) return_url: String,
    pub(crate) notify_url: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) paid_at: Option<i64>,
}

impl Payment {
    /// One that nobody has paid yet, open from `now` to `expires_at`.
    pub(crate) fn opened(dialect: Dialect, reference: String, amount: i64, currency: String, now: i64, expires_at: i64) -> Self {
        Self {
            id: new_id("pay"),
            dialect,
            reference,
            description: String::new(),
            amount,
            currency,
            status: Status::Open,
            captured: 0,
            captured_currency: None,
            refunded: 0,
            remember: false,
            agreement: None,
            extra: json!({}),
            failure: None,
            challenge: 0,
            return_url: String::new(),
            notify_url: None,
            created_at: now,
            expires_at,
            paid_at: None,
        }
    }

    /// As the interface and notifications show it; moments become Unix seconds.
    pub(crate) fn show(&self, gateway: &Gateway) -> Value {
        json!({
            "id": self.id,
            "object": "payment",
            "status": self.status.word(),
            "reference": self.reference,
            "description": self.description,
            "amount": self.amount,
            "currency": if self.captured > 0 { self.taken_in() } else { &self.currency },
            "captured": self.captured,
            "refunded": self.refunded,
            "failure": self.failure.as_ref().map(|code| json!({ "code": code, "hard": is_hard(code) })),
            "agreement": self.agreement,
            "pay_url": gateway.pay_url(&self.id),
            "return_url": self.return_url,
            "created": self.created_at / 1000,
            "expires_at": self.expires_at / 1000,
            "paid_at": self.paid_at.map(|moment| moment / 1000),
        })
    }

    /// The currency that was really taken.
    pub(crate) fn taken_in(&self) -> &str {
        self.captured_currency.as_deref().unwrap_or(&self.currency)
    }

    /// A text of `extra`.
    pub(crate) fn extra(&self, name: &str) -> &str {
        self.extra[name].as_str().unwrap_or_default()
    }

    /// The amount as a payer reads it.
    pub(crate) fn price(&self) -> String {
        money::show(self.amount, &self.currency)
    }

    /// Whether a payer can still decide.
    pub(crate) fn is_payable(&self, now: i64) -> bool {
        self.status == Status::Open && now < self.expires_at
    }
}

/// Whether the same means of payment will never work again.
pub(crate) fn is_hard(code: &str) -> bool {
    matches!(code, "lost_card" | "agreement_ended")
}

/// What a payer decides on the hosted page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Pays; where an agreement is made, its later charges lead to what this card says.
    Pay(&'static str),
    Decline(&'static str),
    /// A slow method, and how it will end.
    Later(&'static str),
    /// Starts the bank's confirmation.
    Challenge,
    /// Confirms one step of it; the second wants the code.
    Confirm {
        step: i64,
        code: String,
    },
    /// Refuses it.
    Deny,
}

/// The code that the bank "sends".
pub(crate) const CODE: &str = "246810";

/// The payment as it is, or 404.
pub(crate) async fn find(conn: &mut Conn, id: &str) -> Result<Payment> {
    queries::payment(conn, id).await?.ok_or_else(|| Refusal::not_found("payment"))
}

/// Carries out what the payer chose, and tells whether anything changed. Where the payment is no longer open (paid in another
/// tab, closed, too late) nothing does: the answer is its true state.
pub(crate) async fn choose(tx: &mut Tx, gateway: &Gateway, id: &str, choice: &Choice, now: i64) -> Result<(Payment, bool)> {
    let before = find(tx, id).await?;
    let faults = faults::current(tx).await?;
    let (changed, kind) = match choice {
        Choice::Pay(card) => (pay(tx, &before, &faults, card, now).await?, Some("payment.succeeded")),
        Choice::Decline(code) => (queries::decline(tx, id, code, now).await?, Some("payment.failed")),
        Choice::Later(outcome) => (queries::process(tx, id, outcome, now + SLOW, now).await?, Some("payment.processing")),
        Choice::Challenge => (queries::step(tx, id, 0, 1, now).await?, None),
        Choice::Confirm { step, .. } if *step != before.challenge => (false, None),
        Choice::Confirm { step: 2, code } if code.trim() != CODE => {
            (queries::decline(tx, id, "challenge_failed", now).await?, Some("payment.failed"))
        }
        Choice::Confirm { step: 3, .. } => (pay(tx, &before, &faults, "good", now).await?, Some("payment.succeeded")),
        Choice::Confirm { step, .. } => (queries::step(tx, id, *step, step + 1, now).await?, None),
        Choice::Deny => (queries::decline(tx, id, "challenge_denied", now).await?, Some("payment.failed")),
    };
    if changed && matches!(choice, Choice::Later(_)) {
        let mut extra = before.extra;
        extra["slow"] = json!("yes");
        queries::note_extra(tx, id, &extra).await?;
    }
    let after = find(tx, id).await?;
    if let Some(kind) = kind.filter(|_| changed) {
        follow(tx, gateway, &after, kind, now).await?;
    }
    Ok((after, changed))
}

async fn pay(tx: &mut Tx, payment: &Payment, faults: &Faults, card: &str, now: i64) -> Result<bool> {
    let (captured, currency) = faults.capture(payment.amount);
    let paid = queries::pay(tx, &payment.id, captured, currency, now).await?;
    if paid && payment.remember {
        agreements::make(tx, payment, card, now).await?;
    }
    Ok(paid)
}

/// Charges at once by an agreement. The payment is written down already, open.
pub(crate) async fn charge(tx: &mut Tx, gateway: &Gateway, id: &str, agreement: &str, now: i64) -> Result<Payment> {
    let payment = find(tx, id).await?;
    let agreement = agreements::find(tx, agreement).await?;
    let faults = faults::current(tx).await?;
    let wish = match faults.charges {
        Charges::AsTheCard if !agreement.active => Err("agreement_ended"),
        Charges::AsTheCard => match agreement.card.as_str() {
            "insufficient_funds" => Err("insufficient_funds"),
            "lost_card" => Err("lost_card"),
            _ => Ok(None),
        },
        Charges::InsufficientFunds => Err("insufficient_funds"),
        Charges::LostCard => Err("lost_card"),
        Charges::SucceedLater => Ok(Some("succeed")),
        Charges::FailLater => Ok(Some("fail")),
    };
    let kind = match wish {
        Err(code) => {
            queries::fail(tx, id, code).await?;
            "payment.failed"
        }
        Ok(Some(outcome)) => {
            queries::process(tx, id, outcome, now + SLOW, now).await?;
            "payment.processing"
        }
        Ok(None) => {
            let (captured, currency) = faults.capture(payment.amount);
            queries::pay(tx, id, captured, currency, now).await?;
            "payment.succeeded"
        }
    };
    let after = find(tx, id).await?;
    follow(tx, gateway, &after, kind, now).await?;
    Ok(after)
}

/// Books the money if there is any, and tells the shop.
pub(crate) async fn follow(tx: &mut Tx, gateway: &Gateway, payment: &Payment, kind: &'static str, now: i64) -> Result<()> {
    if payment.status == Status::Succeeded {
        let movement = Movement {
            id: new_id("mov"),
            kind: "capture".into(),
            payment_id: Some(payment.id.clone()),
            about: None,
            reference: payment.reference.clone(),
            amount: payment.captured,
            currency: payment.taken_in().to_owned(),
            moved_at: now,
        };
        queries::book(tx, &movement).await?;
    }
    announce(tx, gateway, Happening::Payment { payment, kind }, now).await?;
    if payment.status != Status::Succeeded {
        return Ok(());
    }
    let outcome = match faults::current(tx).await?.disputes {
        Disputes::None => return Ok(()),
        Disputes::Open => None,
        Disputes::Won => Some(("won".to_owned(), now + SLOW)),
        Disputes::Lost => Some(("lost".to_owned(), now + SLOW)),
    };
    disputes::open(tx, gateway, payment, outcome, now).await.map(drop)
}

/// Closes a payment; a second time changes nothing.
pub(crate) async fn close(tx: &mut Tx, gateway: &Gateway, id: &str, now: i64) -> Result<Payment> {
    let anyway = faults::current(tx).await?.pay_after_close.then_some(now + SLOW);
    let canceled = queries::cancel(tx, id, anyway).await?;
    let payment = find(tx, id).await?;
    match payment.status {
        Status::Canceled if canceled => follow(tx, gateway, &payment, "payment.canceled", now).await?,
        Status::Canceled => {}
        Status::Succeeded => return Err(Refusal::conflict("payment_succeeded", "the payment has succeeded: refund it instead")),
        Status::Processing => return Err(Refusal::conflict("payment_processing", "the payment is being processed")),
        Status::Failed | Status::Open => return Err(Refusal::conflict("payment_failed", "the payment has failed")),
    }
    Ok(payment)
}
