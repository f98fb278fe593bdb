//! Disputes: a payer's bank wants the money back, and it is withheld until that is decided.

use std::str::FromStr;

use serde_json::{Value, json};
use store::Tx;

use crate::answer::{Refusal, Result};
use crate::events::{Happening, announce};
use crate::gateway::{Gateway, new_id};
use crate::payments::{self, Payment, Status as PaymentStatus};
use crate::queries::{self, Movement};

/// Where a dispute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Opened,
    Won,
    Lost,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(word: &str) -> std::result::Result<Self, ()> {
        [Self::Opened, Self::Won, Self::Lost].into_iter().find(|status| status.word() == word).ok_or(())
    }
}

/// One dispute.
#[derive(Clone, Debug)]
pub(crate) struct Dispute {
    pub(crate) id: String,
    pub(crate) payment_id: String,
    /// The payment's reference.
    pub(crate) reference: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) status: Status,
    /// What it will come to by itself, and when.
    pub(crate) outcome: Option<(String, i64)>,
    pub(crate) created_at: i64,
}

impl Dispute {
    /// As the interface and notifications show it.
    pub(crate) fn show(&self) -> Value {
        json!({ "id": self.id, "object": "dispute", "payment": self.payment_id, "reference": self.reference,
                "amount": self.amount, "currency": self.currency, "status": self.status.word(), "created": self.created_at / 1000 })
    }
}

/// Withholds money that was captured.
pub(crate) async fn open(
    tx: &mut Tx,
    gateway: &Gateway,
    payment: &Payment,
    outcome: Option<(String, i64)>,
    now: i64,
) -> Result<Dispute> {
    let left = payment.captured - payment.refunded;
    if payment.status != PaymentStatus::Succeeded || left < 1 {
        return Err(Refusal::conflict("nothing_to_dispute", "only what was captured and not refunded can be disputed"));
    }
    let dispute = Dispute {
        id: new_id("dp"),
        payment_id: payment.id.clone(),
        reference: payment.reference.clone(),
        amount: left,
        currency: payment.taken_in().to_owned(),
        status: Status::Opened,
        outcome,
        created_at: now,
    };
    queries::add_dispute(tx, &dispute).await?;
    follow(tx, gateway, &dispute, now).await?;
    Ok(dispute)
}

/// Decides an open dispute; one that is decided stays as it is.
pub(crate) async fn decide(tx: &mut Tx, gateway: &Gateway, id: &str, status: Status, now: i64) -> Result<Dispute> {
    let decided = queries::decide_dispute(tx, id, status.word()).await?;
    let dispute = queries::dispute(tx, id).await?.ok_or_else(|| Refusal::not_found("dispute"))?;
    if decided {
        follow(tx, gateway, &dispute, now).await?;
    }
    Ok(dispute)
}

/// Books what moved and tells the shop.
async fn follow(tx: &mut Tx, gateway: &Gateway, dispute: &Dispute, now: i64) -> Result<()> {
    let payment = payments::find(tx, &dispute.payment_id).await?;
    let kind = match dispute.status {
        Status::Opened => Some("dispute"),
        Status::Won => Some("dispute_won"),
        Status::Lost => None,
    };
    if let Some(kind) = kind {
        let movement = Movement {
            id: new_id("mov"),
            kind: kind.into(),
            payment_id: Some(payment.id.clone()),
            about: Some(dispute.id.clone()),
            reference: payment.reference.clone(),
            amount: dispute.amount,
            currency: dispute.currency.clone(),
            moved_at: now,
        };
        queries::book(tx, &movement).await?;
    }
    announce(tx, gateway, Happening::Dispute { payment: &payment, dispute }, now).await
}
