//! The life of a dispute. Pure.

use crate::payments::DisputeFact;
use model::orders::DisputeState;

/// The state after `fact`; the same where it changes nothing, none where it cannot be.
pub fn step(state: Option<DisputeState>, fact: DisputeFact) -> Option<DisputeState> {
    use DisputeState::{Lost, None as No, Open, Won};
    match (state.unwrap_or(No), fact) {
        (No, DisputeFact::Opened) => Some(Open),
        (No, _) => None,
        (Open, DisputeFact::Won) => Some(Won),
        (Open, DisputeFact::Lost) => Some(Lost),
        (Open | Won, DisputeFact::Opened) | (Won, DisputeFact::Won) | (Lost, DisputeFact::Opened | DisputeFact::Lost) => state,
        (Won, DisputeFact::Lost) | (Lost, DisputeFact::Won) => None,
    }
}

/// How an order stands with all disputes about its payment: what is lost stays lost, what is open is not won yet.
pub fn together(all: &[DisputeState]) -> DisputeState {
    let worst = [DisputeState::Lost, DisputeState::Open, DisputeState::Won];
    worst.into_iter().find(|state| all.contains(state)).unwrap_or(DisputeState::None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DisputeState::{Lost, Open, Won};

    #[test]
    fn of_several_disputes_the_worst_counts() {
        assert_eq!(together(&[Won, Open]), Open);
        assert_eq!(together(&[Lost, Won, Open]), Lost);
        assert_eq!(together(&[Won, Won]), Won);
        assert_eq!(together(&[]), DisputeState::None);
    }

    #[test]
    fn sm_1_a_dispute_opens_once_and_ends_once() {
        let facts = [DisputeFact::Opened, DisputeFact::Won, DisputeFact::Lost];
        let table = [
            (None, [Some(Open), None, None]),
            (Some(Open), [Some(Open), Some(Won), Some(Lost)]),
            (Some(Won), [Some(Won), Some(Won), None]),
            (Some(Lost), [Some(Lost), None, Some(Lost)]),
        ];
        for (state, outcomes) in table {
            for (fact, expected) in facts.into_iter().zip(outcomes) {
                assert_eq!(step(state, fact), expected, "{state:?} meets {fact:?}");
            }
        }
    }
}
