//! SM-3: the life of a refund. Pure.

use crate::payments::RefundFact;
use model::payments::RefundState;

/// What happens to a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundEvent {
    Approve,
    Reject,
    Submit,
    /// No answer came.
    Lost,
    /// Asked often enough: a person must look.
    GiveUp,
    Fact(RefundFact),
    /// Two people want it sent again.
    Retry,
    /// Two people say that our own bank paid it.
    PaidByHand,
}

/// This cannot happen to a refund in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPossible;

/// The state after `event`; the same state where it changes nothing.
pub fn step(state: RefundState, event: RefundEvent) -> Result<RefundState, NotPossible> {
    use RefundState::{Approved, Canceled, Failed, NeedsAttention, Pending, Requested, Submitting, Succeeded, Unknown};
    match (state, event) {
        (Requested, RefundEvent::Approve) => Ok(Approved),
        (Requested, RefundEvent::Reject) => Ok(Canceled),
        (Approved, RefundEvent::Submit) => Ok(Submitting),
        // repeated with the same key, which is safe and tells how far it has come
        (Submitting | Pending | Unknown, RefundEvent::Submit) => Ok(state),
        (Submitting, RefundEvent::Lost) => Ok(Unknown),
        (Pending | Unknown | NeedsAttention | Succeeded | Failed, RefundEvent::Lost) => Ok(state),
        (Submitting | Pending | Unknown, RefundEvent::GiveUp) => Ok(NeedsAttention),
        (Submitting | Unknown, RefundEvent::Fact(RefundFact::Pending)) => Ok(Pending),
        (Pending | NeedsAttention | Succeeded | Failed, RefundEvent::Fact(RefundFact::Pending)) => Ok(state),
        (Submitting | Pending | Unknown | NeedsAttention, RefundEvent::Fact(RefundFact::Succeeded)) => Ok(Succeeded),
        (Submitting | Pending | Unknown | NeedsAttention, RefundEvent::Fact(RefundFact::Failed)) => Ok(Failed),
        (Submitting | Pending | Unknown, RefundEvent::Fact(RefundFact::Abnormal)) => Ok(NeedsAttention),
        (NeedsAttention | Succeeded, RefundEvent::Fact(RefundFact::Abnormal)) => Ok(state),
        (NeedsAttention, RefundEvent::Retry) => Ok(Submitting),
        (NeedsAttention, RefundEvent::PaidByHand) => Ok(Succeeded),
        (Succeeded, RefundEvent::Fact(RefundFact::Succeeded)) | (Failed, RefundEvent::Fact(_)) => Ok(state),
        // the bank sent it back
        (Succeeded, RefundEvent::Fact(RefundFact::Failed)) => Ok(Failed),
        _ => Err(NotPossible),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RefundState::{Approved, Canceled, Failed, NeedsAttention, Pending, Requested, Submitting, Succeeded, Unknown};

    #[test]
    fn sm_3_every_state_meets_every_event_as_the_table_says() {
        use RefundFact as F;
        let events = [
            RefundEvent::Approve,
            RefundEvent::Reject,
            RefundEvent::Submit,
            RefundEvent::Lost,
            RefundEvent::GiveUp,
            RefundEvent::Fact(F::Pending),
            RefundEvent::Fact(F::Succeeded),
            RefundEvent::Fact(F::Failed),
            RefundEvent::Fact(F::Abnormal),
            RefundEvent::Retry,
            RefundEvent::PaidByHand,
        ];
        type Row = (RefundState, [Option<RefundState>; 11]);
        const TABLE: [Row; 9] = [
            (Requested, [Some(Approved), Some(Canceled), None, None, None, None, None, None, None, None, None]),
            (Approved, [None, None, Some(Submitting), None, None, None, None, None, None, None, None]),
            (
                Submitting,
                [
                    None,
                    None,
                    Some(Submitting),
                    Some(Unknown),
                    Some(NeedsAttention),
                    Some(Pending),
                    Some(Succeeded),
                    Some(Failed),
                    Some(NeedsAttention),
                    None,
                    None,
                ],
            ),
            (
                Pending,
                [
                    None,
                    None,
                    Some(Pending),
                    Some(Pending),
                    Some(NeedsAttention),
                    Some(Pending),
                    Some(Succeeded),
                    Some(Failed),
                    Some(NeedsAttention),
                    None,
                    None,
                ],
            ),
            (
                Unknown,
                [
                    None,
                    None,
                    Some(Unknown),
                    Some(Unknown),
                    Some(NeedsAttention),
                    Some(Pending),
                    Some(Succeeded),
                    Some(Failed),
                    Some(NeedsAttention),
                    None,
                    None,
                ],
            ),
            (
                Succeeded,
                [
                    None,
                    None,
                    None,
                    Some(Succeeded),
                    None,
                    Some(Succeeded),
                    Some(Succeeded),
                    Some(Failed),
                    Some(Succeeded),
                    None,
                    None,
                ],
            ),
            (Failed, [None, None, None, Some(Failed), None, Some(Failed), Some(Failed), Some(Failed), Some(Failed), None, None]),
            (Canceled, [None; 11]),
            (
                NeedsAttention,
                [
                    None,
                    None,
                    None,
                    Some(NeedsAttention),
                    None,
                    Some(NeedsAttention),
                    Some(Succeeded),
                    Some(Failed),
                    Some(NeedsAttention),
                    Some(Submitting),
                    Some(Succeeded),
                ],
            ),
        ];
        assert_eq!(TABLE.len(), RefundState::ALL.len());
        for (state, outcomes) in TABLE {
            for (event, expected) in events.into_iter().zip(outcomes) {
                assert_eq!(step(state, event).ok(), expected, "{state} meets {event:?}");
            }
        }
    }
}
