//! Trouble on demand: what a tester asks to go wrong with notifications and refunds.

use serde::{Deserialize, Serialize};
use store::Tx;

use crate::queries;

/// The knobs; all zero means that nothing goes wrong. A knob that does not exist is refused and not ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Every notification is sent this many more times.
    pub duplicate: u8,
    /// Every notification waits this long first, in milliseconds of the gateway's clock.
    pub delay_ms: i64,
    /// Every other notification waits this long, so that the next one overtakes it.
    pub reorder_ms: i64,
    /// The first so many tries of each notification are not sent at all, as if the network had lost them.
    pub drop_first: u8,
    /// Before each notification comes one with a signature that does not fit.
    pub bad_signature: bool,
    /// Before each notification comes one that was signed an hour ago.
    pub old_timestamp: bool,
    /// What becomes of refunds.
    pub refunds: Refunds,
}

/// What becomes of refunds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refunds {
    /// They succeed at once.
    #[default]
    Succeed,
    /// They are pending and succeed a little later.
    SucceedLater,
    /// They are pending and fail a little later.
    FailLater,
}

/// How the signature of one delivery is spoiled.
pub(crate) const SPOILED_SEAL: &str = "seal";
pub(crate) const SPOILED_TIME: &str = "time";

/// One delivery of an event: how long from now, and how it is spoiled.
pub(crate) struct Planned {
    pub(crate) wait: i64,
    pub(crate) spoiled: Option<&'static str>,
}

impl Faults {
    /// The deliveries of the `ordinal`th event.
    pub(crate) fn plan(&self, ordinal: i64) -> Vec<Planned> {
        let held = if ordinal % 2 == 0 { self.reorder_ms } else { 0 };
        let wait = self.delay_ms.saturating_add(held).max(0);
        let mut planned = Vec::new();
        if self.bad_signature {
            planned.push(Planned { wait, spoiled: Some(SPOILED_SEAL) });
        }
        if self.old_timestamp {
            planned.push(Planned { wait, spoiled: Some(SPOILED_TIME) });
        }
        planned.extend((0..=self.duplicate).map(|_| Planned { wait, spoiled: None }));
        planned
    }
}

const FAULTS: &str = "faults";
const ORDINAL: &str = "ordinal";

/// The faults that are asked for now.
pub(crate) async fn current(conn: &mut store::Conn) -> store::Result<Faults> {
    let kept = queries::knob(conn, FAULTS).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

pub(crate) async fn set(tx: &mut Tx, faults: &Faults) -> store::Result<u64> {
    let text = serde_json::to_string(faults).map_err(|error| store::Error::Broken(error.into()))?;
    queries::set_knob(tx, FAULTS, &text).await
}

/// Counts events, from 0.
pub(crate) async fn next_ordinal(tx: &mut Tx) -> store::Result<i64> {
    let last = queries::knob(tx, ORDINAL).await?.and_then(|text| text.parse::<i64>().ok());
    let next = last.map_or(0, |last| last + 1);
    queries::set_knob(tx, ORDINAL, &next.to_string()).await?;
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_faults_there_is_one_delivery_at_once() {
        let plan = Faults::default().plan(0);
        assert_eq!((plan.len(), plan[0].wait, plan[0].spoiled), (1, 0, None));
    }

    #[test]
    fn faults_add_up() {
        let faults = Faults { duplicate: 2, delay_ms: 10, reorder_ms: 100, bad_signature: true, ..Faults::default() };
        assert_eq!(faults.plan(0).iter().map(|one| one.wait).collect::<Vec<_>>(), [110; 4]);
        assert_eq!(faults.plan(1).iter().map(|one| one.wait).collect::<Vec<_>>(), [10; 4]);
    }

    #[test]
    fn an_unknown_knob_is_refused() {
        assert!(serde_json::from_str::<Faults>(r#"{"explode": true}"#).is_err());
    }
}
