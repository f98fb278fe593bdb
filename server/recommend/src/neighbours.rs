//! Items that the same people have: cosine and its relatives over implicit interactions.

use serde::{Deserialize, Serialize};

use crate::interactions::{Event, Interactions};
use crate::rows::{Rows, Sum};

/// Only a person's latest events are paired, so that one very busy person costs no more than this squared.
const BUSIEST: usize = 500;

/// `Σ_people 1/|history|^damping / (n_i^own · n_j^other + shrinkage)`. Cosine is damping 0, own and other ½;
/// random walks with a popularity penalty (RP3β) are damping = own = α, other = β.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Neighbourhood {
    /// How much less a person with many items says about each pair.
    pub damping: f32,
    pub own: f32,
    pub other: f32,
    /// Pulls pairs that few people share towards 0; in people.
    pub shrinkage: f32,
    /// How many neighbours an item keeps.
    pub keep: usize,
}

impl Neighbourhood {
    pub const fn cosine(shrinkage: f32) -> Self {
        Self { damping: 0.0, own: 0.5, other: 0.5, shrinkage, keep: 200 }
    }

    pub const fn walk(alpha: f32, beta: f32) -> Self {
        Self { damping: alpha, own: alpha, other: beta, shrinkage: 0.0, keep: 200 }
    }

    pub(crate) fn rows(&self, interactions: &Interactions) -> Rows {
        let items = interactions.items.len();
        let people: Vec<&[Event]> = interactions.people.iter().map(|events| latest(events)).collect();
        let mut owners: Vec<Vec<(u32, f32)>> = vec![Vec::new(); items];
        let mut squares = vec![0.0f32; items];
        for (person, events) in people.iter().enumerate() {
            let part = (events.len() as f32).powf(-self.damping);
            for event in events.iter().filter(|event| event.weight > 0.0) {
                owners[event.item as usize].push((person as u32, event.weight * part));
                squares[event.item as usize] += event.weight * event.weight;
            }
        }
        let own: Vec<f32> = squares.iter().map(|square| square.powf(self.own)).collect();
        let other: Vec<f32> = squares.iter().map(|square| square.powf(self.other)).collect();
        Rows::build(items, self.keep, |item, sum: &mut Sum| {
            for &(person, weight) in &owners[item as usize] {
                for event in people[person as usize] {
                    sum.add(event.item, weight * event.weight);
                }
            }
            let own = own[item as usize];
            sum.map(|item, shared| shared / (own * other[item as usize] + self.shrinkage).max(f32::MIN_POSITIVE));
        })
    }
}

fn latest(events: &[Event]) -> &[Event] {
    &events[events.len().saturating_sub(BUSIEST)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// a: x y, b: x y z, c: x
    fn three() -> Interactions {
        Interactions::parse("user,item,value,timestamp\na,x,1,0\na,y,1,0\nb,x,1,0\nb,y,1,0\nb,z,1,0\nc,x,1,0\n").unwrap()
    }

    fn close(a: f32, b: f32) {
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }

    #[test]
    fn cosine_is_the_shared_people_over_the_root_of_both_audiences() {
        let rows = Neighbourhood::cosine(0.0).rows(&three());
        close(rows.get(0, 1), 2.0 / 6f32.sqrt());
        close(rows.get(1, 0), 2.0 / 6f32.sqrt());
        close(rows.get(1, 2), 1.0 / 2f32.sqrt());
        close(rows.get(0, 0), 0.0);
    }

    #[test]
    fn shrinkage_pulls_rare_pairs_down_more() {
        let rows = Neighbourhood::cosine(10.0).rows(&three());
        close(rows.get(0, 1), 2.0 / (6f32.sqrt() + 10.0));
        close(rows.get(1, 2), 1.0 / (2f32.sqrt() + 10.0));
    }

    #[test]
    fn a_walk_goes_from_item_to_person_to_item() {
        let rows = Neighbourhood::walk(1.0, 0.0).rows(&three());
        close(rows.get(0, 1), (1.0 / 2.0 + 1.0 / 3.0) / 3.0);
        close(rows.get(2, 0), 1.0 / 3.0);
    }

    #[test]
    fn only_the_nearest_are_kept() {
        let rows = Neighbourhood { keep: 1, ..Neighbourhood::cosine(0.0) }.rows(&three());
        assert_eq!(rows.row(0).len(), 1);
        assert_eq!(rows.row(0)[0].item, 1);
    }
}
