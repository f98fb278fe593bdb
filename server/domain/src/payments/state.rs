//! SM-2: the life of one attempt. Pure.
//!
//! Evidence joins by the greatest rank, so the order of arrival, duplicates and losses of smaller facts never matter.

use model::payments::AttemptState;

model::words! {
    /// What a provider says about an attempt.
    pub enum Fact {
        /// The payer can decide.
        Open = "open",
        Processing = "processing",
        Failed = "failed",
        Canceled = "canceled",
        Succeeded = "succeeded",
    }
}

impl Fact {
    const fn state(self) -> AttemptState {
        match self {
            Fact::Open => AttemptState::Pending,
            Fact::Processing => AttemptState::Processing,
            Fact::Failed => AttemptState::Failed,
            Fact::Canceled => AttemptState::Canceled,
            Fact::Succeeded => AttemptState::Succeeded,
        }
    }
}

/// What happens to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It is about to be sent.
    Submit,
    /// No answer came, or none that says anything.
    Lost,
    /// The provider has never heard of it, and would have by now.
    Gone,
    Evidence(Fact),
}

/// This cannot happen to an attempt in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPossible;

/// How much a state knows; evidence never goes back.
const fn rank(state: AttemptState) -> u8 {
    match state {
        AttemptState::Created | AttemptState::Submitting | AttemptState::Unknown => 0,
        AttemptState::Pending => 1,
        AttemptState::Processing => 2,
        AttemptState::Failed => 3,
        AttemptState::Canceled => 4,
        AttemptState::Succeeded => 5,
    }
}

/// The state after `event`; the same state where it changes nothing.
pub fn step(state: AttemptState, event: Event) -> Result<AttemptState, NotPossible> {
    use AttemptState::{Created, Failed, Submitting, Unknown};
    match (state, event) {
        (Created, Event::Submit) => Ok(Submitting),
        (_, Event::Submit) | (Created, _) => Err(NotPossible),
        (Submitting, Event::Lost) => Ok(Unknown),
        (state, Event::Lost) => Ok(state),
        (Unknown, Event::Gone) => Ok(Failed),
        (_, Event::Gone) => Err(NotPossible),
        (state, Event::Evidence(fact)) => Ok([state, fact.state()].into_iter().max_by_key(|state| rank(*state)).unwrap_or(state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttemptState::{Canceled, Created, Failed, Pending, Processing, Submitting, Succeeded, Unknown};
    use proptest::prelude::*;

    const FACTS: [Fact; 5] = [Fact::Open, Fact::Processing, Fact::Failed, Fact::Canceled, Fact::Succeeded];

    /// The whole table: for each state, what submit, lost, gone and the five facts lead to (none: not possible).
    #[test]
    fn sm_2_every_state_meets_every_event_as_the_table_says() {
        type Row = (AttemptState, [Option<AttemptState>; 8]);
        const TABLE: [Row; 8] = [
            (Created, [Some(Submitting), None, None, None, None, None, None, None]),
            (
                Submitting,
                [None, Some(Unknown), None, Some(Pending), Some(Processing), Some(Failed), Some(Canceled), Some(Succeeded)],
            ),
            (
                Pending,
                [None, Some(Pending), None, Some(Pending), Some(Processing), Some(Failed), Some(Canceled), Some(Succeeded)],
            ),
            (
                Processing,
                [None, Some(Processing), None, Some(Processing), Some(Processing), Some(Failed), Some(Canceled), Some(Succeeded)],
            ),
            (
                Unknown,
                [
                    None,
                    Some(Unknown),
                    Some(Failed),
                    Some(Pending),
                    Some(Processing),
                    Some(Failed),
                    Some(Canceled),
                    Some(Succeeded),
                ],
            ),
            (
                Succeeded,
                [
                    None,
                    Some(Succeeded),
                    None,
                    Some(Succeeded),
                    Some(Succeeded),
                    Some(Succeeded),
                    Some(Succeeded),
                    Some(Succeeded),
                ],
            ),
            (Failed, [None, Some(Failed), None, Some(Failed), Some(Failed), Some(Failed), Some(Canceled), Some(Succeeded)]),
            (
                Canceled,
                [None, Some(Canceled), None, Some(Canceled), Some(Canceled), Some(Canceled), Some(Canceled), Some(Succeeded)],
            ),
        ];
        assert_eq!(TABLE.len(), AttemptState::ALL.len());
        for (state, outcomes) in TABLE {
            let events = [Event::Submit, Event::Lost, Event::Gone].into_iter().chain(FACTS.map(Event::Evidence));
            for (event, expected) in events.zip(outcomes) {
                assert_eq!(step(state, event).ok(), expected, "{state} meets {event:?}");
            }
        }
    }

    fn after(facts: &[Fact]) -> AttemptState {
        facts.iter().fold(Submitting, |state, fact| step(state, Event::Evidence(*fact)).unwrap())
    }

    proptest! {
        /// SM-2.P on the pure machine; the stories do it with the database.
        #[test]
        fn sm_2_p_arrival_order_duplicates_and_lost_lesser_facts_do_not_matter(
            facts in prop::collection::vec(prop::sample::select(FACTS.to_vec()), 1..8),
            order in any::<prop::sample::Index>(),
            drop_lesser in any::<u8>(),
        ) {
            let whole = after(&facts);
            let mut shuffled = facts.clone();
            shuffled.rotate_left(order.index(facts.len()));
            shuffled.reverse();
            shuffled.extend(facts.iter().copied());
            prop_assert_eq!(after(&shuffled), whole);
            let greatest = facts.iter().copied().max().unwrap();
            let kept: Vec<Fact> = facts
                .iter()
                .enumerate()
                .filter(|(index, fact)| **fact == greatest || drop_lesser & (1 << index) == 0)
                .map(|(_, fact)| *fact)
                .collect();
            prop_assert_eq!(after(&kept), whole);
        }
    }
}
