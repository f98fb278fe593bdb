//! Stripe's words: Checkout Sessions, payment intents, refunds and events, as far as a shop needs them.

mod api;
mod objects;

use axum::Router;
use serde_json::json;

use crate::deliver::Parcel;
use crate::disputes::Status as DisputeStatus;
use crate::events::Happening;
use crate::gateway::Gateway;
use crate::payments::{Payment, Status};
use crate::refunds::Status as RefundStatus;
use crate::{sandbox, signature};

pub(crate) fn router(gateway: Gateway) -> Router<Gateway> {
    api::router(gateway)
}

/// A payment of ours under Stripe's names: `pay_X` is the session `cs_X`, the intent `pi_X` and the charge `ch_X`.
fn named(kind: &str, payment_id: &str) -> String {
    format!("{kind}_{}", payment_id.trim_start_matches("pay_"))
}

/// Whether the payment is a charge without a session.
fn is_alone(payment: &Payment) -> bool {
    payment.extra("kind") == "intent"
}

/// The event about it; Stripe says nothing of what it does not know.
pub(crate) fn tell(event_id: &str, happening: &Happening<'_>, now: i64) -> Option<String> {
    let (kind, object) = match happening {
        Happening::Payment { payment, kind } => of_payment(payment, kind),
        Happening::Refund { refund, .. } => {
            let kind = if refund.status == RefundStatus::Failed { "refund.failed" } else { "refund.updated" };
            (kind, objects::refund(refund))
        }
        Happening::Dispute { dispute, .. } => {
            let kind = if dispute.status == DisputeStatus::Opened { "charge.dispute.created" } else { "charge.dispute.closed" };
            (kind, objects::dispute(dispute))
        }
        Happening::Agreement { agreement, .. } => {
            ("payment_method.detached", json!({ "id": agreement.id, "object": "payment_method", "customer": null }))
        }
        Happening::Strange { .. } => ("weather.fine", json!({ "object": "weather" })),
        Happening::Payout { .. } => return None,
    };
    let mut data = json!({ "object": object });
    if let Happening::Agreement { payment, .. } = happening {
        data["previous_attributes"] = json!({ "customer": named("cus", &payment.id) });
    }
    let event = json!({
        "id": event_id, "object": "event", "api_version": objects::VERSION, "created": now / 1000, "livemode": false,
        "pending_webhooks": 1, "type": kind, "data": data, "request": { "id": null, "idempotency_key": null },
    });
    Some(event.to_string())
}

fn of_payment(payment: &Payment, kind: &str) -> (&'static str, serde_json::Value) {
    match (is_alone(payment), payment.status, kind) {
        // a declined card says nothing about the session, which stays open
        (_, Status::Open, _) | (true, Status::Failed, _) => ("payment_intent.payment_failed", objects::intent(payment)),
        (true, Status::Succeeded, _) => ("payment_intent.succeeded", objects::intent(payment)),
        (true, Status::Processing, _) => ("payment_intent.processing", objects::intent(payment)),
        (true, Status::Canceled, _) => ("payment_intent.canceled", objects::intent(payment)),
        (false, Status::Succeeded, _) if payment.extra("slow") == "yes" => {
            ("checkout.session.async_payment_succeeded", objects::session(payment, false))
        }
        (false, Status::Succeeded | Status::Processing, _) => ("checkout.session.completed", objects::session(payment, false)),
        (false, Status::Failed, _) => ("checkout.session.async_payment_failed", objects::session(payment, false)),
        (false, Status::Canceled, _) => ("checkout.session.expired", objects::session(payment, false)),
    }
}

/// `Stripe-Signature`, with one `v1` per secret.
pub(crate) fn seal(gateway: &Gateway, parcel: &mut Parcel) {
    let (secrets, seconds) = sandbox::secrets_and_time(gateway, parcel);
    // as an old scheme stands beside it in test mode
    let header = format!(
        "{},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39",
        signature::sign(&secrets, seconds, &parcel.body)
    );
    parcel.header("stripe-signature", header);
    parcel.header("content-type", "application/json; charset=utf-8".into());
}
