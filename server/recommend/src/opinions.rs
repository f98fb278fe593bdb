//! What each part of the model thinks of every item, for one person.

use crate::blend::{Part, Parts};
use crate::content::Content;
use crate::model::{Interest, Model, View};
use crate::profile::Past;
use crate::rows::{Cell, Rows, keep_strongest};

/// From this many people on, an item is judged by what they did; below, more and more by items like it.
const KNOWN_WELL: f32 = 5.0;
/// How many similar items speak for one that hardly anybody knows.
const BRIDGES: usize = 30;

impl Model {
    pub(crate) fn parts(&self, view: &View) -> Parts {
        let weights = &self.settings.weights;
        let wanted = |weight: f32, fill: &dyn Fn(&mut [f32])| {
            (weight > 0.0).then(|| {
                let mut values = vec![0.0; self.items.len()];
                fill(&mut values);
                Part::new(values, &view.candidates)
            })
        };
        let mut parts = Parts::default();
        if !view.past.is_empty() {
            parts.similar = wanted(weights.similar, &|out| self.score_rows(&self.similar, &view.past, out));
            parts.transition = wanted(weights.transition, &|out| self.transitions.score(&view.past, out));
            if !self.content.is_empty() {
                parts.content = wanted(weights.content, &|out| self.score_rows(self.content.rows(), &view.past, out));
                self.bridge(&mut parts, &view.candidates);
            }
        }
        parts.popular = wanted(1.0, &|out| self.popularity.fill(out));
        if let (false, Some(popular)) = (view.interests.is_empty(), &parts.popular) {
            let values = popular.values.clone();
            parts.interest = wanted(weights.interest, &|out| self.score_interests(view, &values, out));
        }
        if self.fresh.iter().any(|value| *value > 0.0) {
            parts.fresh = wanted(weights.fresh, &|out| out.copy_from_slice(&self.fresh));
        }
        parts
    }

    pub(crate) fn voice(&self, past: &Past) -> f32 {
        past.weight * self.settings.fade.map_or(1.0, |fade| past.recency(fade))
    }

    fn score_rows(&self, rows: &Rows, past: &[Past], out: &mut [f32]) {
        for past in past {
            let voice = self.voice(past);
            if voice != 0.0 {
                rows.row(past.item).iter().for_each(|cell| out[cell.item as usize] += voice * cell.weight);
            }
        }
    }

    /// Each interest has its own favourite with 1; the popular items of an interest come first.
    fn score_interests(&self, view: &View, popular: &[f32], out: &mut [f32]) {
        let fade = 3.0 / (3.0 + view.past.iter().filter(|past| past.weight > 0.0).count() as f32);
        for interest in &view.interests {
            let matching: Vec<usize> =
                (0..self.items.len()).filter(|item| view.candidates[*item] && self.matches(*item as u32, interest)).collect();
            let most = matching.iter().map(|item| popular[*item]).fold(f32::MIN_POSITIVE, f32::max);
            for item in matching {
                let worth = fade * (0.5 + 0.5 * popular[item] / most);
                out[item] = out[item].max(worth) + if out[item] > 0.0 { 0.1 * fade } else { 0.0 };
            }
        }
    }

    pub(crate) fn matches(&self, item: u32, interest: &Interest) -> bool {
        interest.features.iter().any(|feature| self.content.has(item, *feature))
    }

    /// What people do with the most similar well-known items stands in for what they would do with an item that
    /// hardly anybody knows yet.
    fn bridge(&self, parts: &mut Parts, candidates: &[bool]) {
        for part in [&mut parts.similar, &mut parts.transition].into_iter().flatten() {
            let known = part.values.clone();
            for item in (0..self.items.len() as u32).filter(|item| candidates[*item as usize]) {
                let bridges = self.bridges(item);
                if !bridges.is_empty() {
                    let own = self.trust(item);
                    let lent: f32 = bridges.iter().map(|cell| cell.weight * known[cell.item as usize]).sum();
                    part.values[item as usize] = own * known[item as usize] + (1.0 - own) * lent;
                }
            }
        }
    }

    /// How much the people who have an item say about it, 0..=1.
    pub(crate) fn trust(&self, item: u32) -> f32 {
        (self.audience[item as usize] as f32 / KNOWN_WELL).min(1.0)
    }

    /// The items that speak for one that is hardly known, with weights that add up to 1; none for any other.
    pub(crate) fn bridges(&self, item: u32) -> &[Cell] {
        if self.trust(item) < 1.0 { &self.bridges[item as usize] } else { &[] }
    }
}

/// For every item that hardly anybody knows yet, the well-known items like it.
pub(crate) fn bridges(content: &Content, audience: &[u32]) -> Vec<Vec<Cell>> {
    let is_known = |item: u32| audience[item as usize] as f32 >= KNOWN_WELL;
    let of = |item: u32| {
        let mut cells: Vec<Cell> = content.rows().row(item).iter().filter(|cell| is_known(cell.item)).copied().collect();
        keep_strongest(&mut cells, BRIDGES);
        let total: f32 = cells.iter().map(|cell| cell.weight).sum();
        cells.iter_mut().for_each(|cell| cell.weight /= total.max(f32::MIN_POSITIVE));
        cells
    };
    (0..audience.len() as u32).map(|item| if is_known(item) { Vec::new() } else { of(item) }).collect()
}
