//! Events: what happened, written once and delivered at least once.

use store::Tx;

use crate::agreements::Agreement;
use crate::answer::Result;
use crate::deliver::Spoiled;
use crate::dialect::Dialect;
use crate::disputes::Dispute;
use crate::gateway::{Gateway, new_id};
use crate::payments::Payment;
use crate::payouts::Payout;
use crate::refunds::Refund;
use crate::{faults, queries};

/// One event, with the exact text that is sent.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) dialect: Dialect,
    pub(crate) payment_id: Option<String>,
    pub(crate) body: String,
    pub(crate) notify_url: Option<String>,
}

/// What a shop hears of.
#[derive(Clone, Copy)]
pub(crate) enum Happening<'a> {
    Payment {
        payment: &'a Payment,
        kind: &'static str,
    },
    Refund {
        payment: &'a Payment,
        refund: &'a Refund,
    },
    Dispute {
        payment: &'a Payment,
        dispute: &'a Dispute,
    },
    Payout {
        payout: &'a Payout,
    },
    Agreement {
        payment: &'a Payment,
        agreement: &'a Agreement,
    },
    /// A kind that no receiver knows, sent by a fault.
    Strange {
        payment: &'a Payment,
    },
}

impl Happening<'_> {
    /// Its type in our own words.
    pub(crate) fn kind(&self) -> String {
        match self {
            Self::Payment { kind, .. } => (*kind).to_owned(),
            Self::Refund { refund, .. } => format!("refund.{}", refund.status.word()),
            Self::Dispute { dispute, .. } => format!("dispute.{}", dispute.status.word()),
            Self::Payout { payout } => format!("payout.{}", payout.status.word()),
            Self::Agreement { agreement, .. } => format!("agreement.{}", agreement.word()),
            Self::Strange { .. } => "weather.fine".into(),
        }
    }

    fn payment(&self) -> Option<&Payment> {
        match self {
            Self::Payment { payment, .. }
            | Self::Refund { payment, .. }
            | Self::Dispute { payment, .. }
            | Self::Agreement { payment, .. }
            | Self::Strange { payment } => Some(payment),
            Self::Payout { .. } => None,
        }
    }

    fn event(&self, gateway: &Gateway, now: i64) -> Option<Event> {
        let (dialect, notify_url) = match self {
            Self::Payout { payout } => (Dialect::Sandbox, payout.notify_url.clone()),
            _ => self.payment().map(|payment| (payment.dialect, payment.notify_url.clone()))?,
        };
        let id = new_id("evt");
        let body = dialect.tell(gateway, &id, self, now)?;
        let payment_id = self.payment().map(|payment| payment.id.clone());
        Some(Event { id, kind: self.kind(), dialect, payment_id, body, notify_url })
    }
}

/// Writes an event and plans its deliveries, as the faults of the moment want them.
pub(crate) async fn announce(tx: &mut Tx, gateway: &Gateway, happening: Happening<'_>, now: i64) -> Result<()> {
    let faults = faults::current(tx).await?;
    let Some(event) = happening.event(gateway, now) else { return Ok(()) };
    let ordinal = if event.notify_url.is_some() { faults::next_event(tx).await? } else { 0 };
    if let Happening::Payment { payment, .. } = happening
        && event.notify_url.is_some()
    {
        strangers(tx, gateway, payment, &faults, ordinal, now).await?;
    }
    queries::add_event(tx, &event, now).await?;
    if event.notify_url.is_some() {
        for planned in faults.plan(ordinal) {
            queries::add_delivery(tx, &event.id, now + planned.wait, planned.spoiled.map(Spoiled::word)).await?;
        }
        tx.wake();
    }
    Ok(())
}

/// Notifications that nobody expects, before a real one.
async fn strangers(
    tx: &mut Tx,
    gateway: &Gateway,
    payment: &Payment,
    faults: &faults::Faults,
    ordinal: i64,
    now: i64,
) -> Result<()> {
    let mut strange = Vec::new();
    if faults.hits(faults.unknown_type, "unknown_type", ordinal) {
        strange.extend(Happening::Strange { payment }.event(gateway, now));
    }
    if faults.hits(faults.unknown_payment, "unknown_payment", ordinal) {
        let mut nobody = Payment { id: new_id("pay"), reference: new_id("nobody"), ..payment.clone() };
        if nobody.extra["metadata"].is_object() {
            nobody.extra["metadata"]["attempt_id"] = nobody.reference.clone().into();
        }
        let told = Happening::Payment { payment: &nobody, kind: "payment.succeeded" }.event(gateway, now);
        // kept with the payment that it accompanies: there is no other row to point at
        strange.extend(told.map(|event| Event { payment_id: Some(payment.id.clone()), ..event }));
    }
    for event in strange {
        queries::add_event(tx, &event, now).await?;
        queries::add_delivery(tx, &event.id, now, None).await?;
    }
    Ok(())
}
