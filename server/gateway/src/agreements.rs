//! Agreements: a payer allows a shop to charge again, alone.

use serde_json::{Value, json};
use store::Tx;

use crate::answer::{Refusal, Result};
use crate::events::{Happening, announce};
use crate::gateway::{Gateway, new_id};
use crate::payments::{self, Payment};
use crate::queries;

/// One agreement.
#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub(crate) id: String,
    pub(crate) payment_id: String,
    /// What its charges lead to: `good`, or the code of a decline.
    pub(crate) card: String,
    pub(crate) active: bool,
    pub(crate) created_at: i64,
}

impl Agreement {
    pub(crate) fn word(&self) -> &'static str {
        if self.active { "active" } else { "revoked" }
    }

    /// As the interface and notifications show it.
    pub(crate) fn show(&self) -> Value {
        json!({ "id": self.id, "object": "agreement", "payment": self.payment_id, "status": self.word(), "card": self.card,
                "created": self.created_at / 1000 })
    }
}

/// The agreement, or 404.
pub(crate) async fn find(conn: &mut store::Conn, id: &str) -> Result<Agreement> {
    queries::agreement(conn, id).await?.ok_or_else(|| Refusal::not_found("agreement"))
}

/// Made when a payment that asked for it succeeds.
pub(crate) async fn make(tx: &mut Tx, payment: &Payment, card: &str, now: i64) -> Result<Agreement> {
    let id = new_id(if payment.dialect == crate::dialect::Dialect::Stripe { "pm" } else { "agr" });
    let agreement = Agreement { id, payment_id: payment.id.clone(), card: card.to_owned(), active: true, created_at: now };
    queries::add_agreement(tx, &agreement).await?;
    queries::note_agreement(tx, &payment.id, &agreement.id).await?;
    Ok(agreement)
}

/// Ends it; a second time changes nothing.
pub(crate) async fn revoke(tx: &mut Tx, gateway: &Gateway, id: &str, now: i64) -> Result<Agreement> {
    let ended = queries::revoke_agreement(tx, id).await?;
    let agreement = find(tx, id).await?;
    if ended {
        let payment = payments::find(tx, &agreement.payment_id).await?;
        announce(tx, gateway, Happening::Agreement { payment: &payment, agreement: &agreement }, now).await?;
    }
    Ok(agreement)
}

/// What its later charges lead to from now on.
pub(crate) async fn set_card(tx: &mut Tx, id: &str, card: &str) -> Result<Agreement> {
    if !["good", "insufficient_funds", "lost_card"].contains(&card) {
        return Err(Refusal::invalid("card: good, insufficient_funds or lost_card"));
    }
    queries::set_card(tx, id, card).await?;
    find(tx, id).await
}
