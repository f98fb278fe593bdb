//! Where a person is in a lesson, merged from events that may come in any order, twice, and from several devices. Pure.
//!
//! Watched stretches are a union, the position and the tick by hand belong to the latest event. So the state depends on
//! the set of events alone.

use model::Moment;

/// Stretches closer to each other than this are one, in milliseconds: players report to the nearest frame.
const GAP: i64 = 500;

/// Sorted stretches of a recording in milliseconds, none touching another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranges(Vec<(i64, i64)>);

impl Ranges {
    /// As it is stored; what cannot be read is nothing.
    pub fn read(text: &str) -> Self {
        let mut ranges = Self::default();
        ranges.join(&serde_json::from_str::<Vec<(i64, i64)>>(text).unwrap_or_default());
        ranges
    }

    pub fn text(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_else(|_| "[]".into())
    }

    /// Adds stretches, in any order.
    pub fn join(&mut self, more: &[(i64, i64)]) {
        let mut all: Vec<_> = self.0.iter().chain(more).copied().filter(|(from, to)| from < to).collect();
        all.sort_unstable();
        self.0.clear();
        for (from, to) in all {
            match self.0.last_mut() {
                Some(last) if from <= last.1 + GAP => last.1 = last.1.max(to),
                _ => self.0.push((from, to)),
            }
        }
    }

    /// How much was watched, every moment once.
    pub fn total(&self) -> i64 {
        self.0.iter().map(|(from, to)| to - from).sum()
    }

    pub fn in_seconds(&self) -> Vec<(f64, f64)> {
        self.0.iter().map(|(from, to)| (*from as f64 / 1000.0, *to as f64 / 1000.0)).collect()
    }
}

/// Something that happened to a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    pub id: String,
    pub at: Moment,
    pub deed: Deed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Stretches watched since the last report, and where the recording stands now; milliseconds.
    Watched { position: i64, ranges: Vec<(i64, i64)> },
    /// Marked as done, or as not done, by hand.
    Ticked(bool),
}

/// A value with the event it comes from; the latest event wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latest<T> {
    pub value: T,
    pub at: Moment,
    pub event: String,
}

impl<T> Latest<T> {
    fn offer(&mut self, value: T, happened: &Happened) {
        if (happened.at, happened.id.as_str()) > (self.at, self.event.as_str()) {
            *self = Latest { value, at: happened.at, event: happened.id.clone() };
        }
    }
}

/// The merge of a lesson's events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    pub ranges: Ranges,
    pub position: Latest<i64>,
    pub tick: Latest<Option<bool>>,
}

impl State {
    /// Takes in one event. `length` of the recording in milliseconds; 0: not known.
    pub fn apply(&mut self, happened: &Happened, length: i64) {
        match &happened.deed {
            Deed::Watched { position, ranges } => {
                let end = if length > 0 { length } else { i64::MAX };
                let inside: Vec<_> = ranges.iter().map(|(from, to)| (*from, (*to).min(end))).collect();
                self.ranges.join(&inside);
                self.position.offer((*position).min(end), happened);
            }
            Deed::Ticked(done) => self.tick.offer(Some(*done), happened),
        }
    }

    /// Done by hand, or nine tenths of it watched where no hand said otherwise.
    pub fn done(&self, length: i64) -> bool {
        self.tick.value.unwrap_or(length > 0 && self.ranges.total() * 10 >= length * 9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LENGTH: i64 = 60_000;

    fn merged<'e>(events: impl IntoIterator<Item = &'e Happened>) -> State {
        let mut state = State::default();
        events.into_iter().for_each(|event| state.apply(event, LENGTH));
        state
    }

    fn watched(id: &str, at: i64, position: i64, ranges: &[(i64, i64)]) -> Happened {
        Happened { id: id.into(), at: Moment::from_millis(at), deed: Deed::Watched { position, ranges: ranges.to_vec() } }
    }

    fn ticked(id: &str, at: i64, done: bool) -> Happened {
        Happened { id: id.into(), at: Moment::from_millis(at), deed: Deed::Ticked(done) }
    }

    #[test]
    fn a_moment_watched_twice_counts_once() {
        let state = merged(&[watched("a", 1, 30_000, &[(0, 30_000)]), watched("b", 2, 40_000, &[(20_000, 40_000)])]);
        assert_eq!(state.ranges.total(), 40_000);
        assert_eq!(state.position.value, 40_000);
        assert!(!state.done(LENGTH));
    }

    #[test]
    fn nine_tenths_watched_is_done() {
        assert!(merged(&[watched("a", 1, 54_000, &[(0, 54_000)])]).done(LENGTH));
        assert!(!merged(&[watched("a", 1, 53_000, &[(0, 53_000)])]).done(LENGTH));
        assert!(!merged(&[watched("a", 1, 53_000, &[(0, 53_000)])]).done(0), "nothing is done of an unknown length");
    }

    #[test]
    fn what_lies_behind_the_end_does_not_count() {
        assert_eq!(merged(&[watched("a", 1, 90_000, &[(50_000, 90_000)])]).ranges.total(), 10_000);
    }

    #[test]
    fn the_latest_hand_stands_above_what_was_watched() {
        let whole = watched("a", 1, 60_000, &[(0, 60_000)]);
        assert!(!merged(&[whole.clone(), ticked("b", 2, false)]).done(LENGTH));
        assert!(merged(&[ticked("c", 3, true), ticked("b", 2, false), whole]).done(LENGTH));
    }

    #[test]
    fn the_position_is_of_the_event_that_happened_last_not_of_the_one_that_came_last() {
        let state = merged(&[watched("late", 9, 5_000, &[]), watched("early", 4, 50_000, &[])]);
        assert_eq!(state.position.value, 5_000);
    }

    fn event() -> impl Strategy<Value = Happened> {
        let deed = prop_oneof![
            3 => (0i64..70_000, prop::collection::vec((0i64..70_000, 0i64..9_000), 0..4)).prop_map(|(position, ranges)| {
                Deed::Watched { position, ranges: ranges.into_iter().map(|(from, long)| (from, from + long)).collect() }
            }),
            1 => any::<bool>().prop_map(Deed::Ticked),
        ];
        ("[a-f0-9]{12}", 0i64..40, deed).prop_map(|(id, at, deed)| Happened { id, at: Moment::from_millis(at), deed })
    }

    /// Different events have different ids.
    fn events() -> impl Strategy<Value = Vec<Happened>> {
        prop::collection::vec(event(), 0..20).prop_map(|mut events| {
            events.sort_by(|a, b| a.id.cmp(&b.id));
            events.dedup_by(|a, b| a.id == b.id);
            events
        })
    }

    proptest! {
        #[test]
        fn any_order_and_any_repetition_of_events_gives_the_same_state(
            (events, shuffled) in events().prop_flat_map(|events| {
                let doubled: Vec<Happened> = events.iter().chain(&events).cloned().collect();
                (Just(events), Just(doubled).prop_shuffle())
            })
        ) {
            let state = merged(&events);
            prop_assert_eq!(&state, &merged(&shuffled));
            prop_assert_eq!(&Ranges::read(&state.ranges.text()), &state.ranges);
            prop_assert!(state.ranges.total() <= LENGTH);
        }
    }
}
