//! People whose known choices are hidden, to see whether a model finds them.

use crate::interactions::{Event, Interactions};
use crate::measures;

/// At most so many people are tried.
const TRIALS: usize = 3000;
const K: usize = 10;

/// A person whose held-out items are to be predicted from the others.
pub(crate) struct Trial {
    pub events: Vec<Event>,
    pub targets: Vec<u32>,
}

impl Trial {
    /// NDCG@10 of the targets in a full ranking of the candidates, ties to the lower id.
    pub fn ndcg(&self, scores: &[f32], candidates: &[bool]) -> f64 {
        let places: Vec<usize> = self
            .targets
            .iter()
            .map(|target| {
                let own = scores[*target as usize];
                let ahead =
                    |(item, (score, is)): &(u32, (&f32, &bool))| **is && (**score > own || (**score == own && item < target));
                (0..).zip(scores.iter().zip(candidates)).filter(ahead).count()
            })
            .collect();
        measures::of_places(&places, self.targets.len(), K).ndcg
    }
}

/// Splits off what is to be predicted. People with fewer than two items cannot be tried and stay whole.
pub(crate) fn hold_out(interactions: &Interactions, ordered: bool) -> (Interactions, Vec<Trial>) {
    let mut train = interactions.clone();
    let fit: Vec<usize> = (0..train.people.len()).filter(|person| can_be_tried(&train.people[*person], ordered)).collect();
    let stride = fit.len().div_ceil(TRIALS).max(1);
    let mut trials = Vec::new();
    for person in fit.into_iter().step_by(stride) {
        let events = &mut train.people[person];
        let targets: Vec<u32> =
            if ordered { events.pop().map(|event| event.item).into_iter().collect() } else { random_part(person, events) };
        events.retain(|event| !targets.contains(&event.item));
        trials.push(Trial { events: events.clone(), targets });
    }
    (train, trials)
}

fn can_be_tried(events: &[Event], ordered: bool) -> bool {
    match events {
        [first, .., last] => !ordered || first.at < last.at,
        _ => false,
    }
}

/// About a fifth of the items, chosen by a hash so that every run chooses the same.
fn random_part(person: usize, events: &[Event]) -> Vec<u32> {
    let mut items: Vec<u32> = events.iter().map(|event| event.item).collect();
    items.sort_by_key(|item| mixed(((person as u64) << 32) | u64::from(*item)));
    items.truncate(events.len().div_ceil(5).min(events.len() - 1));
    items
}

/// The finaliser of SplitMix64.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(rows: &str) -> Interactions {
        Interactions::parse(&format!("user,item,value,timestamp\n{rows}")).unwrap()
    }

    #[test]
    fn the_last_event_of_a_person_is_predicted_from_the_earlier_ones() {
        let (train, trials) = hold_out(&people("a,x,1,1\na,y,1,3\na,z,1,2\nb,x,1,1\n"), true);
        assert_eq!(trials.len(), 1);
        assert_eq!(trials[0].targets, [1]);
        assert_eq!(train.len(), 3);
    }

    #[test]
    fn without_order_a_part_of_every_history_is_predicted_and_some_always_stays() {
        let rows: String = (0..20).flat_map(|user| (0..=user % 7).map(move |item| format!("{user},{item},1,0\n"))).collect();
        let interactions = people(&rows);
        let (train, trials) = hold_out(&interactions, false);
        let held: usize = trials.iter().map(|trial| trial.targets.len()).sum();
        assert_eq!(train.len() + held, interactions.len());
        assert!(trials.iter().all(|trial| !trial.events.is_empty() && !trial.targets.is_empty()));
    }

    #[test]
    fn a_target_behind_an_equal_lower_id_has_the_later_place() {
        let ndcg =
            |candidates: &[bool], target| Trial { events: Vec::new(), targets: vec![target] }.ndcg(&[1.0, 1.0, 0.5], candidates);
        let all = [true, true, true];
        assert_eq!(ndcg(&all, 0), 1.0);
        assert!((ndcg(&all, 1) - 3f64.log2().recip()).abs() < 1e-12);
        assert_eq!(ndcg(&[false, true, true], 1), 1.0);
    }
}
