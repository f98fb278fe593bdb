//! What people went on to: decayed counts from an item to the items that came after it.
//!
//! The counts only ever add up, so that an event counts the moment it happens and every order of arrival of
//! different people's events gives the same model.

use serde::{Deserialize, Serialize};

use crate::interactions::{Event, Interactions};
use crate::profile::Past;
use crate::rows::{Cell, Rows, Sum, keep_strongest};

/// An event follows at most this many earlier ones.
const REACH: usize = 20;
/// A row is cut to `KEPT` cells when it passes `CROWDED`.
const KEPT: usize = 512;
const CROWDED: usize = 640;

/// How steps are counted (`forget`, `back`) and read (`own`, `other`, `fade`).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    /// A step over g events counts `e^(−(g−1)/forget)`.
    pub forget: f32,
    /// How much a step counts in the other direction, 0..=1.
    pub back: f32,
    /// Exponent of the division by all that leaves the earlier item.
    pub own: f32,
    /// Exponent of the division by all that arrives at the later item.
    pub other: f32,
    /// A history item with p later ones speaks with `e^(−p/fade)`.
    pub fade: f32,
}

impl Default for Steps {
    fn default() -> Self {
        Self { forget: 8.0, back: 0.3, own: 0.5, other: 0.0, fade: 4.0 }
    }
}

impl Steps {
    fn count(&self, distance: usize) -> f32 {
        (-(distance.saturating_sub(1) as f32) / self.forget).exp()
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Transitions {
    steps: Steps,
    rows: Vec<Vec<Cell>>,
    out: Vec<f32>,
    arriving: Vec<f32>,
    /// `out^own` and `arriving^other`, kept beside the sums because powers are slow.
    out_divisor: Vec<f32>,
    arriving_divisor: Vec<f32>,
}

impl Transitions {
    pub fn new(interactions: &Interactions, steps: Steps) -> Self {
        let items = interactions.items.len();
        let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); items];
        for (person, events) in interactions.people.iter().enumerate() {
            for (place, event) in events.iter().enumerate() {
                places[event.item as usize].push((person as u32, place as u32));
            }
        }
        let rows = Rows::build(items, KEPT, |item, sum: &mut Sum| {
            for &(person, place) in &places[item as usize] {
                let events = &interactions.people[person as usize];
                let own = events[place as usize];
                for (other, distance) in around(events, place as usize) {
                    sum.add(other.item, steps.part(&own, other) * steps.count(distance));
                }
            }
        });
        let mut transitions = Self {
            steps,
            rows: rows.into_inner(),
            out: vec![0.0; items],
            arriving: vec![0.0; items],
            out_divisor: Vec::new(),
            arriving_divisor: Vec::new(),
        };
        transitions.add_up();
        transitions.read_with(steps);
        transitions
    }

    /// Changes how the counts are read; how they were counted stays.
    pub fn read_with(&mut self, steps: Steps) {
        self.steps = Steps { forget: self.steps.forget, back: self.steps.back, ..steps };
        self.out_divisor = self.out.iter().map(|sum| divisor(*sum, steps.own)).collect();
        self.arriving_divisor = self.arriving.iter().map(|sum| divisor(*sum, steps.other)).collect();
    }

    /// Counts one more event of a person with these earlier events (oldest first, without the new one).
    pub fn observe(&mut self, earlier: &[Event], event: Event) {
        for (distance, before) in (1..=REACH).zip(earlier.iter().rev()) {
            let count = self.steps.count(distance);
            self.add(before.item, event.item, self.steps.part(before, &event) * count);
            self.add(event.item, before.item, self.steps.part(&event, before) * count);
        }
    }

    fn add(&mut self, from: u32, to: u32, count: f32) {
        if from == to || count <= 0.0 {
            return;
        }
        let row = &mut self.rows[from as usize];
        match row.binary_search_by_key(&to, |cell| cell.item) {
            Ok(place) => row[place].weight += count,
            Err(place) => row.insert(place, Cell { item: to, weight: count }),
        }
        if row.len() > CROWDED {
            keep_strongest(row, KEPT);
        }
        self.out[from as usize] += count;
        self.arriving[to as usize] += count;
        self.out_divisor[from as usize] = divisor(self.out[from as usize], self.steps.own);
        self.arriving_divisor[to as usize] = divisor(self.arriving[to as usize], self.steps.other);
    }

    fn add_up(&mut self) {
        for (from, row) in self.rows.iter().enumerate() {
            for cell in row {
                self.out[from] += cell.weight;
                self.arriving[cell.item as usize] += cell.weight;
            }
        }
    }

    /// How strongly a history item speaks at all, before its row is read.
    fn voice(&self, past: &Past) -> f32 {
        past.weight.max(0.0) * past.recency(self.steps.fade) / self.out_divisor[past.item as usize]
    }

    pub fn speaks(&self, past: &Past) -> bool {
        self.voice(past) > 0.0
    }

    pub fn score(&self, past: &[Past], out: &mut [f32]) {
        for past in past {
            let voice = self.voice(past);
            if voice > 0.0 {
                for cell in &self.rows[past.item as usize] {
                    out[cell.item as usize] += voice * cell.weight / self.arriving_divisor[cell.item as usize];
                }
            }
        }
    }

    /// The part of `score` at `to` that this history item gives.
    pub fn share(&self, past: &Past, to: u32) -> f32 {
        self.voice(past) * self.count(past.item, to) / self.arriving_divisor[to as usize]
    }

    pub fn count(&self, from: u32, to: u32) -> f32 {
        let row = &self.rows[from as usize];
        row.binary_search_by_key(&to, |cell| cell.item).map_or(0.0, |place| row[place].weight)
    }
}

impl Steps {
    /// The direction of a pair: forward counts fully, backward by `back`; at the same time both count half.
    fn part(&self, from: &Event, to: &Event) -> f32 {
        let direction = if from.at < to.at {
            1.0
        } else if from.at > to.at {
            self.back
        } else {
            0.5 + 0.5 * self.back
        };
        direction * from.weight.clamp(0.0, 1.0) * to.weight.clamp(0.0, 1.0)
    }
}

fn divisor(sum: f32, exponent: f32) -> f32 {
    if exponent == 0.0 || sum <= 0.0 { 1.0 } else { sum.powf(exponent) }
}

/// The events within reach before and after a place, with their distance.
fn around(events: &[Event], place: usize) -> impl Iterator<Item = (&Event, usize)> {
    let before = events[..place].iter().rev().take(REACH).zip(1..);
    let after = events[place + 1..].iter().take(REACH).zip(1..);
    before.chain(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::past;

    const PLAIN: Steps = Steps { forget: 1.0, back: 0.25, own: 0.0, other: 0.0, fade: 1.0 };

    fn abc() -> Interactions {
        Interactions::parse("user,item,value,timestamp\nu,a,1,1\nu,b,1,2\nu,c,1,3\n").unwrap()
    }

    fn close(a: f32, b: f32) {
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }

    #[test]
    fn a_step_counts_forward_fades_with_distance_and_counts_less_backward() {
        let transitions = Transitions::new(&abc(), PLAIN);
        close(transitions.count(0, 1), 1.0);
        close(transitions.count(0, 2), (-1f32).exp());
        close(transitions.count(1, 0), 0.25);
        close(transitions.count(2, 0), 0.25 * (-1f32).exp());
    }

    #[test]
    fn without_order_both_directions_count_the_same() {
        let text = "user,item,value,timestamp\nu,a,1,7\nu,b,1,7\n";
        let transitions = Transitions::new(&Interactions::parse(text).unwrap(), PLAIN);
        close(transitions.count(0, 1), transitions.count(1, 0));
        close(transitions.count(0, 1), 0.625);
    }

    #[test]
    fn the_latest_item_speaks_loudest() {
        let transitions = Transitions::new(&abc(), PLAIN);
        let history = [Event { item: 0, weight: 1.0, at: 1.0 }, Event { item: 1, weight: 1.0, at: 2.0 }];
        let past = past(&history);
        let mut out = [0.0; 3];
        transitions.score(&past, &mut out);
        close(out[2], 1.0 + (-1f32).exp() * (-1f32).exp());
        close(transitions.share(&past[0], 2), 1.0);
        close(out[2], past.iter().map(|past| transitions.share(past, 2)).sum());
    }

    #[test]
    fn a_rejection_is_no_step() {
        let mut transitions = Transitions::new(&abc(), PLAIN);
        transitions.observe(&[Event { item: 0, weight: 1.0, at: 1.0 }], Event { item: 1, weight: -0.5, at: 2.0 });
        close(transitions.count(0, 1), 1.0);
    }

    #[test]
    fn a_crowded_row_is_cut_and_its_strongest_cells_stay() {
        let rows: String = (0..700).map(|item| format!("u{item},{item},1,0\n")).collect();
        let interactions = Interactions::parse(&format!("user,item,value,timestamp\n{rows}")).unwrap();
        let mut transitions = Transitions::new(&interactions, PLAIN);
        let first = Event { item: 0, weight: 1.0, at: 0.0 };
        for _ in 0..2 {
            transitions.observe(&[first], Event { item: 1, weight: 1.0, at: 1.0 });
        }
        for item in 2..700 {
            transitions.observe(&[first], Event { item, weight: 1.0, at: 1.0 });
        }
        assert!(transitions.rows[0].len() <= CROWDED);
        close(transitions.count(0, 1), 2.0);
    }
}
