//! Trouble on demand: what a tester asks to go wrong with calls, payments, notifications and refunds.
//!
//! Without `percent` a fault always strikes (or, where it is a number of times, the first times). With `percent` it strikes in
//! that share of cases, decided by `seed`, the fault's name and the case's number: the same seed gives the same trouble.

use serde::{Deserialize, Serialize};
use store::Tx;

use crate::deliver::Spoiled;
use crate::queries;

/// The knobs; as they are by default nothing goes wrong. A knob that does not exist is refused and not ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Decides where `percent` strikes.
    pub seed: u64,
    /// In how many cases of a hundred faults strike.
    pub percent: u8,

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
    /// Before each notification comes one of a kind that nobody knows.
    pub unknown_type: bool,
    /// Before each notification comes one about a payment that nobody knows.
    pub unknown_payment: bool,
    /// Before each notification comes one of two megabytes, well signed.
    pub huge_body: bool,
    /// Before each notification comes half of it, well signed.
    pub truncated: bool,
    /// The clock that notifications are signed by is ahead by so many seconds.
    pub skew_seconds: i64,

    /// Calls are answered so many real milliseconds late, after their effect.
    pub slow_ms: u32,
    /// A call that has an effect is answered only after its notifications were sent.
    pub notify_first: bool,
    /// Of the calls that have an effect, the answers to the first so many are lost with the connection.
    pub lose_answers: u32,
    /// Of the calls that have an effect, the first so many are answered with 500 afterwards.
    pub fail_after: u32,
    /// The first so many calls are turned away with 429, without effect.
    pub too_many: u32,

    /// So many minor units more (or less) are captured than were asked for.
    pub capture_off_by: i64,
    /// Captured in this currency instead.
    pub capture_currency: Option<String>,
    /// A payment that was closed succeeds a little later all the same.
    pub pay_after_close: bool,
    /// What becomes of charges by an agreement, whatever its card.
    pub charges: Charges,
    /// What becomes of refunds.
    pub refunds: Refunds,
    /// What follows a payment that succeeded.
    pub disputes: Disputes,
    /// What becomes of payouts.
    pub payouts: Payouts,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            seed: 0,
            percent: 100,
            duplicate: 0,
            delay_ms: 0,
            reorder_ms: 0,
            drop_first: 0,
            bad_signature: false,
            old_timestamp: false,
            unknown_type: false,
            unknown_payment: false,
            huge_body: false,
            truncated: false,
            skew_seconds: 0,
            slow_ms: 0,
            notify_first: false,
            lose_answers: 0,
            fail_after: 0,
            too_many: 0,
            capture_off_by: 0,
            capture_currency: None,
            pay_after_close: false,
            charges: Charges::default(),
            refunds: Refunds::default(),
            disputes: Disputes::default(),
            payouts: Payouts::default(),
        }
    }
}

/// What becomes of charges by an agreement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Charges {
    /// What the agreement's card says.
    #[default]
    AsTheCard,
    InsufficientFunds,
    LostCard,
    /// Processing, then success.
    SucceedLater,
    /// Processing, then failure.
    FailLater,
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
    /// They succeed at once, and the bank sends the money back a little later.
    LateFailed,
}

/// What follows a payment that succeeded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disputes {
    #[default]
    None,
    /// A dispute that stays open.
    Open,
    /// A dispute that the shop wins a little later.
    Won,
    /// A dispute that the shop loses a little later.
    Lost,
}

/// What becomes of payouts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payouts {
    /// In transit, paid a little later.
    #[default]
    Paid,
    /// In transit, and never arrive.
    Failed,
    /// Paid, and returned later.
    Returned,
    /// In transit for ever.
    Stuck,
}

/// One delivery of an event: how long from now, and how it is spoiled.
pub(crate) struct Planned {
    pub(crate) wait: i64,
    pub(crate) spoiled: Option<Spoiled>,
}

impl Faults {
    /// Whether a fault that is asked for strikes in this case.
    pub(crate) fn hits(&self, wanted: bool, knob: &str, ordinal: i64) -> bool {
        wanted && (self.percent >= 100 || self.dice(knob, ordinal) < u64::from(self.percent))
    }

    /// Whether one of the first `times` cases is struck.
    pub(crate) fn strikes(&self, times: u32, knob: &str, ordinal: i64) -> bool {
        self.hits(ordinal < i64::from(times), knob, ordinal)
    }

    /// 0 to 99, the same for the same seed, knob and case.
    fn dice(&self, knob: &str, ordinal: i64) -> u64 {
        use sha2::{Digest, Sha256};
        let mark = Sha256::digest(format!("{}/{knob}/{ordinal}", self.seed));
        mark.iter().take(6).fold(0, |sum, byte| sum * 256 + u64::from(*byte)) % 100
    }

    /// The deliveries of the `ordinal`th event.
    pub(crate) fn plan(&self, ordinal: i64) -> Vec<Planned> {
        let held = if ordinal % 2 == 0 && self.hits(true, "reorder", ordinal) { self.reorder_ms } else { 0 };
        let delay = if self.hits(true, "delay", ordinal) { self.delay_ms } else { 0 };
        let wait = delay.saturating_add(held).max(0);
        let spoils = [
            (self.bad_signature, "bad_signature", Spoiled::Seal),
            (self.old_timestamp, "old_timestamp", Spoiled::Time),
            (self.huge_body, "huge_body", Spoiled::Huge),
            (self.truncated, "truncated", Spoiled::Half),
        ];
        let mut planned: Vec<Planned> = spoils
            .into_iter()
            .filter(|(wanted, knob, _)| self.hits(*wanted, knob, ordinal))
            .map(|(.., spoiled)| Planned { wait, spoiled: Some(spoiled) })
            .collect();
        let copies = if self.hits(self.duplicate > 0, "duplicate", ordinal) { self.duplicate } else { 0 };
        planned.extend((0..=copies).map(|_| Planned { wait, spoiled: None }));
        planned
    }

    /// What is really taken where `amount` was asked for, and in which currency if in another.
    pub(crate) fn capture(&self, amount: i64) -> (i64, Option<&str>) {
        (amount.saturating_add(self.capture_off_by).max(1), self.capture_currency.as_deref())
    }
}

const FAULTS: &str = "faults";
const EVENTS: &str = "ordinal";
const CALLS: &str = "calls";

/// The faults that are asked for now.
pub(crate) async fn current(conn: &mut store::Conn) -> store::Result<Faults> {
    let kept = queries::knob(conn, FAULTS).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Replaces the faults; calls are counted from nought again.
pub(crate) async fn set(tx: &mut Tx, faults: &Faults) -> store::Result<u64> {
    let text = serde_json::to_string(faults).map_err(|error| store::Error::Broken(error.into()))?;
    queries::set_knob(tx, CALLS, "-1").await?;
    queries::set_knob(tx, FAULTS, &text).await
}

/// Counts events, from 0.
pub(crate) async fn next_event(tx: &mut Tx) -> store::Result<i64> {
    next(tx, EVENTS).await
}

/// Counts calls since the faults were set, from 0.
pub(crate) async fn next_call(tx: &mut Tx) -> store::Result<i64> {
    next(tx, CALLS).await
}

async fn next(tx: &mut Tx, counter: &str) -> store::Result<i64> {
    queries::count_knob(tx, counter).await
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

    #[test]
    fn the_same_seed_gives_the_same_trouble_and_about_as_much_as_asked_for() {
        let faults = Faults { seed: 7, percent: 30, ..Faults::default() };
        let struck: Vec<bool> = (0..1000).map(|case| faults.hits(true, "slow", case)).collect();
        assert_eq!(struck, (0..1000).map(|case| faults.hits(true, "slow", case)).collect::<Vec<_>>());
        assert!((250..350).contains(&struck.iter().filter(|hit| **hit).count()));
        let other = Faults { seed: 8, ..faults };
        assert_ne!(struck, (0..1000).map(|case| other.hits(true, "slow", case)).collect::<Vec<_>>());
    }
}
