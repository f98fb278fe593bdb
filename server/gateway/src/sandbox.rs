//! Our own words for what happened.

use serde_json::json;

use crate::deliver::{Parcel, Spoiled};
use crate::events::Happening;
use crate::gateway::Gateway;
use crate::signature;

/// `{id, type, created, data}`.
pub(crate) fn tell(gateway: &Gateway, event_id: &str, happening: &Happening<'_>, now: i64) -> String {
    let data = match happening {
        Happening::Payment { payment, .. } => payment.show(gateway),
        Happening::Refund { refund, .. } => refund.show(),
        Happening::Dispute { dispute, .. } => dispute.show(),
        Happening::Payout { payout } => payout.show(),
        Happening::Agreement { agreement, .. } => agreement.show(),
        Happening::Strange { .. } => json!({ "object": "weather", "sky": "blue" }),
    };
    json!({ "id": event_id, "type": happening.kind(), "created": now / 1000, "data": data }).to_string()
}

/// Stripe's scheme, under a header of our own.
pub(crate) fn seal(gateway: &Gateway, parcel: &mut Parcel) {
    let (secrets, seconds) = secrets_and_time(gateway, parcel);
    parcel.header(signature::HEADER, signature::sign(&secrets, seconds, &parcel.body));
    parcel.header("content-type", "application/json".into());
}

/// What to sign with, and when, as the fault of this delivery wants it.
pub(crate) fn secrets_and_time(gateway: &Gateway, parcel: &Parcel) -> (Vec<String>, i64) {
    match parcel.spoiled {
        Some(Spoiled::Seal) => (vec!["a secret of somebody else".into()], parcel.seconds),
        Some(Spoiled::Time) => (gateway.webhook_secrets.to_vec(), parcel.seconds - 3600),
        _ => (gateway.webhook_secrets.to_vec(), parcel.seconds),
    }
}
