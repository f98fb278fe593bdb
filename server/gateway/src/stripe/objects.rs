//! Our payments and refunds as Stripe's objects.

use serde_json::{Value, json};

use super::{is_alone, named};
use crate::disputes::{Dispute, Status as DisputeStatus};
use crate::gateway::Gateway;
use crate::payments::{Payment, Status, is_hard};
use crate::refunds::{Refund, Status as RefundStatus};

/// The version of the interface whose shapes these are.
pub(super) const VERSION: &str = "2025-09-30.clover";

/// A Checkout Session; its intent is named or, where that is asked for, shown.
pub(super) fn session(payment: &Payment, expanded: bool) -> Value {
    let status = match payment.status {
        Status::Open => "open",
        Status::Canceled => "expired",
        Status::Processing | Status::Succeeded | Status::Failed => "complete",
    };
    let begun = payment.status != Status::Open || payment.failure.is_some();
    let intent = match (begun, expanded) {
        (false, _) => Value::Null,
        (true, false) => json!(named("pi", &payment.id)),
        (true, true) => intent(payment),
    };
    json!({
        "id": named("cs", &payment.id),
        "object": "checkout.session",
        "mode": "payment",
        "status": status,
        "payment_status": if payment.status == Status::Succeeded { "paid" } else { "unpaid" },
        "client_reference_id": payment.reference,
        "metadata": payment.extra["metadata"],
        "amount_total": if payment.captured > 0 { payment.captured } else { payment.amount },
        "currency": payment.taken_in().to_lowercase(),
        "customer": payment.remember.then(|| named("cus", &payment.id)),
        "payment_intent": intent,
        "created": payment.created_at / 1000,
        "expires_at": payment.expires_at / 1000,
        "livemode": false,
        "url": if payment.status == Status::Open { payment.extra["url"].clone() } else { Value::Null },
    })
}

pub(super) fn intent(payment: &Payment) -> Value {
    let status = match payment.status {
        Status::Open | Status::Failed => "requires_payment_method",
        Status::Processing => "processing",
        Status::Succeeded => "succeeded",
        Status::Canceled => "canceled",
    };
    json!({
        "id": named("pi", &payment.id),
        "object": "payment_intent",
        "status": status,
        "amount": payment.amount,
        "amount_received": payment.captured,
        "currency": payment.taken_in().to_lowercase(),
        "metadata": payment.extra["metadata"],
        "customer": (payment.remember || is_alone(payment)).then(|| named("cus", &payment.id)),
        "payment_method": payment.agreement,
        "latest_charge": (payment.captured > 0).then(|| named("ch", &payment.id)),
        "last_payment_error": payment.failure.as_deref().map(failure),
        "created": payment.created_at / 1000,
        "livemode": false,
    })
}

/// A card's refusal.
pub(super) fn failure(code: &str) -> Value {
    let (code, decline) = match code {
        "challenge_failed" | "challenge_denied" => ("payment_intent_authentication_failure", None),
        "agreement_ended" => ("payment_method_not_available", None),
        "bank_refused" => ("card_declined", Some("generic_decline")),
        other => ("card_declined", Some(other)),
    };
    let advice = if is_hard(code) { "do_not_try_again" } else { "try_again_later" };
    json!({ "type": "card_error", "code": code, "decline_code": decline, "advice_code": advice,
            "message": "Your card was declined." })
}

pub(super) fn refund(refund: &Refund) -> Value {
    let status = match refund.status {
        RefundStatus::Pending => "pending",
        RefundStatus::Succeeded => "succeeded",
        RefundStatus::Failed => "failed",
    };
    json!({
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "currency": refund.currency.to_lowercase(),
        "payment_intent": named("pi", &refund.payment_id),
        "charge": named("ch", &refund.payment_id),
        "metadata": { "refund_id": refund.reference },
        "reason": "requested_by_customer",
        "status": status,
        "created": refund.created_at / 1000,
    })
}

pub(super) fn dispute(dispute: &Dispute) -> Value {
    let status = match dispute.status {
        DisputeStatus::Opened => "needs_response",
        DisputeStatus::Won => "won",
        DisputeStatus::Lost => "lost",
    };
    json!({
        "id": dispute.id,
        "object": "dispute",
        "amount": dispute.amount,
        "currency": dispute.currency.to_lowercase(),
        "charge": named("ch", &dispute.payment_id),
        "payment_intent": named("pi", &dispute.payment_id),
        "metadata": {},
        "reason": "fraudulent",
        "status": status,
        "created": dispute.created_at / 1000,
    })
}

/// What a session needs to say again.
pub(super) fn kept(gateway: &Gateway, payment_id: &str, kind: &str, metadata: Value) -> Value {
    json!({ "kind": kind, "metadata": metadata, "url": gateway.pay_url(payment_id) })
}
