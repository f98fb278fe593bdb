//! How good the model is on data that it has not seen.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::content::Content;
use crate::diversify::Candidate;
use crate::interactions::{Event, Interactions};
use crate::measures::{Measures, measure};
use crate::model::Model;
use crate::order;
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::tune;

/// Means over the people of the test file who have something new there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub users: usize,
    pub ndcg: f64,
    pub recall: f64,
    pub recall20: f64,
    pub hit: f64,
    /// Different items among the first k of everybody, over all items.
    pub coverage: f64,
    /// Mean surprise of the first k in bits: −log2 of the part of the people who have the item.
    pub novelty: f64,
    /// Tuning and fitting together.
    pub fit_seconds: f64,
    /// Time to rank for one person: the median and the 99th percentile.
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub model: ModelCard,
}

/// What was fitted, on what.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelCard {
    pub users: usize,
    pub items: usize,
    pub interactions: usize,
    /// Whether the timestamps were taken to say something.
    pub ordered: bool,
    pub settings: Settings,
}

/// A model tuned and fitted on everything it is given, with the people it knows.
pub(crate) struct Fitted {
    pub interactions: Interactions,
    pub model: Model,
}

impl Fitted {
    pub fn new(train: &Interactions, catalogue: &Catalogue) -> Self {
        let interactions = train.widened(catalogue.items.keys().map(String::as_str));
        let content = Arc::new(Content::new(catalogue, &interactions.items));
        let settings = tune::tune_wide(&interactions, &content, Settings::default());
        Self { model: Model::fit_wide(&interactions, content, settings), interactions }
    }

    /// The best items that a person does not have; for a stranger the popular ones.
    pub fn best(&self, user: &str, count: usize) -> Vec<Candidate> {
        self.model.best(&self.model.view_of_owner(self.interactions.of(user)), count)
    }
}

/// Tunes and fits on `train`, ranks everything a person does not have there, and compares with what they have in
/// `test`. Test rows of value 0 and items that the person already has are left out; items that nobody had before
/// count as missed.
pub fn evaluate(train: &Interactions, test: &Interactions, catalogue: &Catalogue, k: usize) -> Result<Report, Refusal> {
    let started = Instant::now();
    let fitted = Fitted::new(train, catalogue);
    let fit_seconds = started.elapsed().as_secs_f64();
    let mut tally = Tally::new(&fitted, k);
    for (user, events) in test.users.texts().zip(&test.people) {
        let relevant = relevant(user, events, test, train);
        if !relevant.is_empty() {
            tally.ask(user, &relevant);
        }
    }
    tally.report(fit_seconds, train).ok_or(Refusal::NothingToEvaluate)
}

fn relevant<'a>(user: &str, events: &[Event], test: &'a Interactions, train: &Interactions) -> Vec<&'a str> {
    let owned: BTreeSet<&str> = train.of(user).iter().map(|event| train.items.text(event.item)).collect();
    let wanted = events.iter().filter(|event| event.weight > 0.0).map(|event| test.items.text(event.item));
    wanted.filter(|item| !owned.contains(item)).collect()
}

struct Tally<'a> {
    fitted: &'a Fitted,
    k: usize,
    audience: Vec<u32>,
    sums: Measures,
    users: usize,
    shown: BTreeSet<u32>,
    surprise: f64,
    places: usize,
    times: Vec<f64>,
}

impl<'a> Tally<'a> {
    fn new(fitted: &'a Fitted, k: usize) -> Self {
        let audience = fitted.interactions.audience();
        let sums = Measures::default();
        Self { fitted, k, audience, sums, users: 0, shown: BTreeSet::new(), surprise: 0.0, places: 0, times: Vec::new() }
    }

    fn ask(&mut self, user: &str, relevant: &[&str]) {
        let started = Instant::now();
        let best = self.fitted.best(user, self.k.max(20));
        self.times.push(started.elapsed().as_secs_f64() * 1000.0);
        let names: Vec<&str> = best.iter().map(|candidate| self.fitted.model.name(candidate.item)).collect();
        let measures = measure(&names, relevant, self.k);
        self.sums.ndcg += measures.ndcg;
        self.sums.recall += measures.recall;
        self.sums.recall20 += measures.recall20;
        self.sums.hit += measures.hit;
        self.users += 1;
        let people = self.fitted.interactions.users().max(1) as f64;
        for candidate in best.iter().take(self.k) {
            self.shown.insert(candidate.item);
            self.surprise += (people / f64::from(self.audience[candidate.item as usize].max(1))).log2();
            self.places += 1;
        }
    }

    fn report(mut self, fit_seconds: f64, train: &Interactions) -> Option<Report> {
        if self.users == 0 {
            return None;
        }
        self.times.sort_by(f64::total_cmp);
        let users = self.users as f64;
        Some(Report {
            users: self.users,
            ndcg: self.sums.ndcg / users,
            recall: self.sums.recall / users,
            recall20: self.sums.recall20 / users,
            hit: self.sums.hit / users,
            coverage: self.shown.len() as f64 / self.audience.len().max(1) as f64,
            novelty: self.surprise / self.places.max(1) as f64,
            fit_seconds,
            p50_ms: percentile(&self.times, 0.5),
            p99_ms: percentile(&self.times, 0.99),
            model: ModelCard {
                users: train.users(),
                items: self.fitted.model.items(),
                interactions: train.len(),
                ordered: order::is_known(&self.fitted.interactions),
                settings: self.fitted.model.settings().clone(),
            },
        })
    }
}

/// The nearest rank of sorted values.
fn percentile(sorted: &[f64], part: f64) -> f64 {
    let place = ((sorted.len() as f64 * part).ceil() as usize).clamp(1, sorted.len());
    sorted[place - 1]
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let times = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(super::percentile(&times, 0.5), 2.0);
        assert_eq!(super::percentile(&times, 0.99), 4.0);
        assert_eq!(super::percentile(&[7.0], 0.01), 7.0);
    }
}
