//! SM-8: the life of a payout. Pure.

use crate::payments::PayoutFact;
use model::earnings::{PayoutMove, PayoutState};

/// This cannot happen to a payout in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPossible;

/// What happens to a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A second person approves.
    Approve,
    /// Staff reject it, or its instructor withdraws it.
    Cancel,
    /// It is about to be sent.
    Submit,
    /// The bank has it.
    Sent,
    /// Nobody knows whether the bank has it.
    Lost,
    Paid,
    Failed,
    /// The bank sent it back.
    Returned,
}

impl Event {
    #[cfg(test)]
    pub const ALL: [Event; 8] =
        [Event::Approve, Event::Cancel, Event::Submit, Event::Sent, Event::Lost, Event::Paid, Event::Failed, Event::Returned];
}

/// The state after `event`.
pub const fn step(state: PayoutState, event: Event) -> Result<PayoutState, NotPossible> {
    use PayoutState::{Approved, Canceled, Draft, Failed, InTransit, Paid, Returned, Submitting, Unknown};
    match (state, event) {
        (Draft, Event::Approve) => Ok(Approved),
        (Draft | Approved, Event::Cancel) => Ok(Canceled),
        (Approved, Event::Submit) => Ok(Submitting),
        (Submitting | Unknown, Event::Sent) => Ok(InTransit),
        (Submitting | InTransit, Event::Lost) => Ok(Unknown),
        (Submitting | InTransit | Unknown, Event::Paid) => Ok(Paid),
        (Submitting | InTransit | Unknown, Event::Failed) => Ok(Failed),
        (Paid, Event::Returned) => Ok(Returned),
        _ => Err(NotPossible),
    }
}

/// The events behind a move of staff, in order.
pub const fn events(step: PayoutMove, state: PayoutState) -> &'static [Event] {
    match (step, state) {
        (PayoutMove::Approve, _) => &[Event::Approve],
        (PayoutMove::Reject, _) => &[Event::Cancel],
        (PayoutMove::Send, _) => &[Event::Submit],
        (PayoutMove::Sent, PayoutState::Approved) => &[Event::Submit, Event::Sent],
        (PayoutMove::Sent, _) => &[Event::Sent],
        (PayoutMove::Lost, PayoutState::Approved) => &[Event::Submit, Event::Lost],
        (PayoutMove::Lost, _) => &[Event::Lost],
        (PayoutMove::Paid, _) => &[Event::Paid],
        (PayoutMove::Failed, _) => &[Event::Failed],
        (PayoutMove::Returned, _) => &[Event::Returned],
    }
}

/// The events behind what a provider tells, whatever reached us before; none where it cannot be.
pub const fn heard(state: PayoutState, fact: PayoutFact) -> Option<&'static [Event]> {
    use PayoutFact as F;
    use PayoutState::{Failed, InTransit, Paid, Returned, Submitting, Unknown};
    match (state, fact) {
        (Submitting | Unknown, F::InTransit) => Some(&[Event::Sent]),
        (Submitting | InTransit | Unknown, F::Paid) => Some(&[Event::Paid]),
        (Submitting | InTransit | Unknown, F::Failed) => Some(&[Event::Failed]),
        (Submitting | InTransit | Unknown, F::Returned) => Some(&[Event::Paid, Event::Returned]),
        // some that fail show as paid at first
        (Paid, F::Returned | F::Failed) => Some(&[Event::Returned]),
        (InTransit, F::InTransit) | (Paid, F::InTransit | F::Paid) | (Failed, F::InTransit | F::Failed) | (Returned, _) => {
            Some(&[])
        }
        _ => None,
    }
}

/// Whether a move leads anywhere.
pub fn is_possible(step_wanted: PayoutMove, state: PayoutState) -> bool {
    events(step_wanted, state).iter().try_fold(state, |state, event| step(state, *event)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use PayoutState::{Approved, Canceled, Draft, Failed, InTransit, Paid, Returned, Submitting, Unknown};

    #[test]
    fn sm_8_every_state_meets_every_event_as_the_table_says() {
        type Row = (PayoutState, [Option<PayoutState>; 8]);
        // approve, cancel, submit, sent, lost, paid, failed, returned
        const TABLE: [Row; 9] = [
            (Draft, [Some(Approved), Some(Canceled), None, None, None, None, None, None]),
            (Approved, [None, Some(Canceled), Some(Submitting), None, None, None, None, None]),
            (Submitting, [None, None, None, Some(InTransit), Some(Unknown), Some(Paid), Some(Failed), None]),
            (InTransit, [None, None, None, None, Some(Unknown), Some(Paid), Some(Failed), None]),
            (Unknown, [None, None, None, Some(InTransit), None, Some(Paid), Some(Failed), None]),
            (Paid, [None, None, None, None, None, None, None, Some(Returned)]),
            (Failed, [None; 8]),
            (Canceled, [None; 8]),
            (Returned, [None; 8]),
        ];
        assert_eq!(TABLE.len(), PayoutState::ALL.len());
        for (state, outcomes) in TABLE {
            for (event, expected) in Event::ALL.into_iter().zip(outcomes) {
                assert_eq!(step(state, event).ok(), expected, "{state} meets {event:?}");
            }
        }
    }

    #[test]
    fn whatever_order_a_provider_tells_it_in_the_end_is_the_same() {
        let end = |facts: &[PayoutFact]| {
            facts.iter().try_fold(Submitting, |state, fact| {
                heard(state, *fact)?.iter().try_fold(state, |state, event| step(state, *event)).ok()
            })
        };
        use PayoutFact as F;
        for facts in [[F::InTransit, F::Paid, F::Returned], [F::Returned, F::Paid, F::InTransit], [F::Paid, F::Returned, F::Paid]]
        {
            assert_eq!(end(&facts), Some(Returned), "{facts:?}");
        }
        for facts in [[F::InTransit, F::Failed, F::Failed], [F::Failed, F::InTransit, F::Failed]] {
            assert_eq!(end(&facts), Some(Failed), "{facts:?}");
        }
        assert_eq!(end(&[F::Paid, F::InTransit, F::Paid]), Some(Paid));
        assert_eq!(end(&[F::Failed, F::Paid]), None, "a person must look");
        for state in [Draft, Approved, Canceled] {
            assert_eq!(heard(state, F::Paid), None, "nobody sent it");
        }
    }

    #[test]
    fn an_approved_payout_is_sent_in_one_move() {
        assert!(is_possible(PayoutMove::Send, Approved) && !is_possible(PayoutMove::Send, Submitting));
        assert!(is_possible(PayoutMove::Sent, Approved) && is_possible(PayoutMove::Lost, Approved));
        assert!(!is_possible(PayoutMove::Paid, Approved) && !is_possible(PayoutMove::Sent, Draft));
    }
}
