//! Payouts: money on its way to somebody the shop owes it to.

use std::str::FromStr;

use serde_json::{Value, json};
use store::Tx;

use crate::answer::Result;
use crate::events::{Happening, announce};
use crate::gateway::{Gateway, new_id};
use crate::queries::{self, Movement};

/// Where a payout stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    InTransit,
    Paid,
    Failed,
    Returned,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::InTransit => "in_transit",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Returned => "returned",
        }
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(word: &str) -> std::result::Result<Self, ()> {
        [Self::InTransit, Self::Paid, Self::Failed, Self::Returned].into_iter().find(|status| status.word() == word).ok_or(())
    }
}

/// One payout.
#[derive(Clone, Debug)]
pub(crate) struct Payout {
    pub(crate) id: String,
    /// The shop's own number for it.
    pub(crate) reference: String,
    pub(crate) account: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) status: Status,
    /// What it will come to by itself, and when.
    pub(crate) outcome: Option<(String, i64)>,
    pub(crate) notify_url: Option<String>,
    pub(crate) created_at: i64,
}

impl Payout {
    /// As the interface and notifications show it.
    pub(crate) fn show(&self) -> Value {
        json!({ "id": self.id, "object": "payout", "reference": self.reference, "account": self.account, "amount": self.amount,
                "currency": self.currency, "status": self.status.word(), "created": self.created_at / 1000 })
    }
}

/// Sends it off; where it arrives at once, it is booked at once.
pub(crate) async fn send(tx: &mut Tx, gateway: &Gateway, payout: &Payout, now: i64) -> Result<()> {
    queries::add_payout(tx, payout).await?;
    follow(tx, gateway, payout, now).await
}

/// In transit → paid or failed; paid → returned.
pub(crate) async fn settle(tx: &mut Tx, gateway: &Gateway, id: &str, now: i64) -> Result<()> {
    let Some(before) = queries::payout(tx, id).await? else { return Ok(()) };
    let Some((outcome, _)) = before.outcome.clone() else { return Ok(()) };
    // what comes back was there first
    let (status, next) = match (before.status, outcome.as_str()) {
        (Status::InTransit, "returned") => ("paid", Some(("returned".to_owned(), now + crate::payments::SLOW))),
        (_, outcome) => (outcome, None),
    };
    if queries::settle_payout(tx, id, before.status.word(), status, next.as_ref(), now).await?
        && let Some(after) = queries::payout(tx, id).await?
    {
        follow(tx, gateway, &after, now).await?;
    }
    Ok(())
}

async fn follow(tx: &mut Tx, gateway: &Gateway, payout: &Payout, now: i64) -> Result<()> {
    let kind = match payout.status {
        Status::Paid => Some("payout"),
        Status::Returned => Some("payout_returned"),
        Status::InTransit | Status::Failed => None,
    };
    if let Some(kind) = kind {
        let movement = Movement {
            id: new_id("mov"),
            kind: kind.into(),
            payment_id: None,
            about: Some(payout.id.clone()),
            reference: payout.reference.clone(),
            amount: payout.amount,
            currency: payout.currency.clone(),
            moved_at: now,
        };
        queries::book(tx, &movement).await?;
    }
    match payout.status {
        Status::InTransit => Ok(()),
        _ => announce(tx, gateway, Happening::Payout { payout }, now).await,
    }
}
