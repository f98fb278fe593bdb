//! Events: what happened, written once and delivered at least once.

use serde_json::{Value, json};
use store::Tx;

use crate::answer::Result;
use crate::gateway::new_id;
use crate::payments::Payment;
use crate::{faults, queries};

/// One event, with the exact text that is sent.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) notify_url: Option<String>,
}

/// Writes an event and plans its deliveries, as the faults of the moment want them.
pub(crate) async fn announce(tx: &mut Tx, payment: &Payment, kind: &str, data: Value, now: i64) -> Result<()> {
    let id = new_id("evt");
    let body = json!({ "id": id, "type": kind, "created": now / 1000, "data": data }).to_string();
    let event = Event { id, body, notify_url: payment.notify_url.clone() };
    queries::add_event(tx, &event, kind, &payment.id, now).await?;
    if event.notify_url.is_some() {
        let ordinal = faults::next_ordinal(tx).await?;
        for planned in faults::current(tx).await?.plan(ordinal) {
            queries::add_delivery(tx, &event.id, now + planned.wait, planned.spoiled).await?;
        }
        tx.wake();
    }
    Ok(())
}
