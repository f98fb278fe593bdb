//! Refunds: partial, several, never more than was captured.

use std::str::FromStr;

use serde_json::{Value, json};
use store::Tx;

use crate::answer::{Refusal, Result};
use crate::events::{Happening, announce};
use crate::faults::{self, Refunds};
use crate::gateway::{Gateway, new_id};
use crate::payments::{self, Payment, SLOW, Status as PaymentStatus};
use crate::queries::{self, Movement};

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Pending,
    Succeeded,
    Failed,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(word: &str) -> std::result::Result<Self, ()> {
        [Self::Pending, Self::Succeeded, Self::Failed].into_iter().find(|status| status.word() == word).ok_or(())
    }
}

/// One refund.
#[derive(Clone, Debug)]
pub(crate) struct Refund {
    pub(crate) id: String,
    pub(crate) payment_id: String,
    /// The shop's own number for this refund.
    pub(crate) reference: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) reason: String,
    pub(crate) status: Status,
    pub(crate) created_at: i64,
}

impl Refund {
    /// As the interface and notifications show it.
    pub(crate) fn show(&self) -> Value {
        json!({
            "id": self.id,
            "object": "refund",
            "payment": self.payment_id,
            "reference": self.reference,
            "amount": self.amount,
            "currency": self.currency,
            "reason": self.reason,
            "status": self.status.word(),
            "created": self.created_at / 1000,
        })
    }
}

/// What a shop asks for.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) payment: String,
    pub(crate) amount: i64,
    pub(crate) reference: String,
    pub(crate) reason: String,
}

/// Sends money back, at once or (by fault) later.
pub(crate) async fn refund(tx: &mut Tx, gateway: &Gateway, ask: &Ask, now: i64) -> Result<Refund> {
    let payment = payments::find(tx, &ask.payment).await?;
    if payment.status != PaymentStatus::Succeeded {
        return Err(Refusal::conflict("payment_not_succeeded", "only a payment that succeeded can be refunded"));
    }
    if !queries::reserve(tx, &payment.id, ask.amount).await? {
        let left = payment.captured - payment.refunded;
        return Err(Refusal::invalid(format!("amount: only {left} of the captured amount is left")));
    }
    let fault = faults::current(tx).await?.refunds;
    let (status, outcome) = match fault {
        Refunds::Succeed => (Status::Succeeded, None),
        Refunds::SucceedLater => (Status::Pending, Some("succeed")),
        Refunds::FailLater => (Status::Pending, Some("fail")),
        Refunds::LateFailed => (Status::Succeeded, Some("fail")),
    };
    let refund = Refund {
        id: new_id("re"),
        payment_id: payment.id.clone(),
        reference: ask.reference.clone(),
        amount: ask.amount,
        currency: payment.taken_in().to_owned(),
        reason: ask.reason.clone(),
        status,
        created_at: now,
    };
    queries::add_refund(tx, &refund, outcome, outcome.map(|_| now + SLOW)).await?;
    follow(tx, gateway, &payment, &refund, false, now).await?;
    Ok(refund)
}

/// Books what moved, gives back what did not, and tells the shop.
pub(crate) async fn follow(
    tx: &mut Tx,
    gateway: &Gateway,
    payment: &Payment,
    refund: &Refund,
    came_back: bool,
    now: i64,
) -> Result<()> {
    let kind = match refund.status {
        Status::Pending => return Ok(()),
        Status::Succeeded => Some("refund"),
        Status::Failed if came_back => Some("refund_returned"),
        Status::Failed => None,
    };
    if refund.status == Status::Failed {
        queries::release(tx, &payment.id, refund.amount).await?;
    }
    if let Some(kind) = kind {
        let movement = Movement {
            id: new_id("mov"),
            kind: kind.into(),
            payment_id: Some(payment.id.clone()),
            about: Some(refund.id.clone()),
            reference: payment.reference.clone(),
            amount: refund.amount,
            currency: refund.currency.clone(),
            moved_at: now,
        };
        queries::book(tx, &movement).await?;
    }
    let payment = payments::find(tx, &payment.id).await?;
    announce(tx, gateway, Happening::Refund { payment: &payment, refund }, now).await
}
