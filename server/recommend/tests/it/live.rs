use recommend::{Interaction, Interactions, Model, Profile, Seen, Settings, Weights};

use crate::school::{self, course};

/// Only what is kept up to date event by event.
fn live() -> Settings {
    let weights = Weights { similar: 0.0, ..Weights::default() };
    Settings { weights, half_life: None, ..Settings::default() }
}

#[test]
fn an_event_counts_at_once_and_exactly_as_if_it_had_always_been_there() {
    let rows = school::rows(|user, step| (user * 1000 + step * 10) as f64);
    let (early, late): (Vec<Interaction>, Vec<Interaction>) =
        rows.into_iter().enumerate().partition_map(|(place, row)| if place % 5 < 3 { Ok(row) } else { Err(row) });
    let all = Interactions::from_rows(early.iter().chain(&late).cloned());
    let whole = Model::fit(&all, &school::catalogue(), live());
    let mut grown = Model::fit(&Interactions::from_rows(early.clone()), &school::catalogue(), live());
    let mut known = early;
    for row in late {
        let mut before = Profile::default();
        for seen in known.iter().filter(|seen| seen.user == row.user) {
            before = before.owning(&seen.item, seen.timestamp);
        }
        assert!(grown.observe(&before, &Seen { item: row.item.clone(), weight: 1.0, at: row.timestamp }));
        known.push(row);
    }
    for topic in 0..school::TOPICS {
        let profile = Profile::default().owning(&course(topic, 3), 1.0).owning(&course(topic, 6), 2.0);
        for (a, b) in whole.rank(&profile, 20).iter().zip(grown.rank(&profile, 20)) {
            assert_eq!(a.item, b.item);
            assert!((a.score - b.score).abs() < 1e-5, "{a:?} {b:?}");
        }
    }
}

#[test]
fn a_step_nobody_took_before_is_known_to_the_next_learner() {
    let mut model = Model::fit(&school::interactions(), &school::catalogue(), live());
    let before = Profile::default().owning(&course(0, 0), 1.0);
    let place = |model: &Model| model.rank(&before, 39).iter().position(|ranked| ranked.item == course(3, 8)).unwrap();
    let first = place(&model);
    for _ in 0..30 {
        model.observe(&before, &Seen { item: course(3, 8), weight: 1.0, at: 2.0 });
    }
    assert!(place(&model) < first);
    assert_eq!(place(&model), 0);
}

#[test]
fn what_cannot_be_counted_is_not() {
    let mut model = Model::fit(&school::interactions(), &school::catalogue(), live());
    let event = |item: &str, weight: f32, at: f64| Seen { item: item.into(), weight, at };
    assert!(!model.observe(&Profile::default(), &event("no such course", 1.0, 1.0)));
    assert!(!model.observe(&Profile::default(), &event(&course(0, 0), f32::NAN, 1.0)));
    assert!(!model.observe(&Profile::default(), &event(&course(0, 0), -0.5, 1.0)));
    assert!(!model.observe(&Profile::default(), &event(&course(0, 0), 1.0, f64::INFINITY)));
}

trait PartitionMap: Iterator + Sized {
    /// Splits by what `split` makes of every element.
    fn partition_map<A, B>(self, split: impl Fn(Self::Item) -> Result<A, B>) -> (Vec<A>, Vec<B>) {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for element in self {
            match split(element) {
                Ok(element) => left.push(element),
                Err(element) => right.push(element),
            }
        }
        (left, right)
    }
}

impl<I: Iterator> PartitionMap for I {}
