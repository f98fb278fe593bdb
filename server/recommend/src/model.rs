//! The fitted model: for a person, every item's score, the best of them in a good order, and why.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::blend::Parts;
use crate::catalogue::Catalogue;
use crate::content::Content;
use crate::diversify::{self, Candidate};
use crate::ease;
use crate::interactions::{Event, Interactions};
use crate::names::Names;
use crate::opinions;
use crate::popularity::Popularity;
use crate::profile::{self, Past, Profile, Seen};
use crate::reason::{self, Reason, Why};
use crate::rows::{Cell, Rows};
use crate::settings::{Settings, Similarity};
use crate::transitions::Transitions;

/// A new item is half as new after this many seconds.
const NOVELTY: f64 = 30.0 * 86_400.0;

/// An item of a feed. `why` is never empty and starts with the strongest reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    pub item: String,
    pub score: f64,
    pub why: Vec<Why>,
}

impl Ranked {
    pub fn reason(&self) -> &Reason {
        const NEW: &Reason = &Reason::New;
        self.why.first().map_or(NEW, |why| &why.reason)
    }
}

/// Fitted once over everything, then kept up to date event by event with [`Model::observe`].
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) settings: Settings,
    pub(crate) popularity: Popularity,
    pub(crate) similar: Rows,
    pub(crate) transitions: Transitions,
    pub(crate) items: Arc<Names>,
    pub(crate) content: Arc<Content>,
    pub(crate) audience: Vec<u32>,
    pub(crate) fresh: Vec<f32>,
    /// For every item the well-known items like it; see `opinions.rs`.
    pub(crate) bridges: Vec<Vec<Cell>>,
}

/// A person in numbers.
pub(crate) struct View {
    pub past: Vec<Past>,
    pub candidates: Vec<bool>,
    pub interests: Vec<Interest>,
    pub language: Option<u32>,
}

/// A chosen topic and the features of the catalogue that it means.
pub(crate) struct Interest {
    pub topic: String,
    pub features: Vec<u32>,
}

impl Model {
    pub fn fit(interactions: &Interactions, catalogue: &Catalogue, settings: Settings) -> Self {
        let interactions = interactions.widened(catalogue.items.keys().map(String::as_str));
        let content = Arc::new(Content::new(catalogue, &interactions.items));
        Self::fit_wide(&interactions, content, settings)
    }

    /// `interactions` already know every item of the content.
    pub(crate) fn fit_wide(interactions: &Interactions, content: Arc<Content>, settings: Settings) -> Self {
        let audience = interactions.audience();
        Self {
            popularity: Popularity::new(interactions, settings.half_life),
            similar: similar(interactions, &settings.similarity),
            transitions: Transitions::new(interactions, settings.steps),
            items: interactions.items.clone(),
            bridges: opinions::bridges(&content, &audience),
            audience,
            fresh: fresh(interactions, &content),
            content,
            settings,
        }
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How many items can be ranked or can speak for others.
    pub fn items(&self) -> usize {
        self.items.len()
    }

    /// Counts what a person has just done, so that the next feed of everybody knows it. `before` is the person
    /// without it. An item that is not known yet is not counted (false) and waits for the next fit.
    pub fn observe(&mut self, before: &Profile, event: &Seen) -> bool {
        let Some(item) = self.items.number(&event.item) else { return false };
        let weight = event.weight.clamp(0.0, 1.0);
        if !weight.is_finite() || weight == 0.0 || !event.at.is_finite() {
            return false;
        }
        let mut earlier = profile::events(&before.history, &self.items);
        let known = earlier.iter().any(|earlier| earlier.item == item && earlier.weight > 0.0);
        earlier.retain(|earlier| earlier.item != item);
        self.transitions.observe(&earlier, Event { item, weight, at: event.at });
        if !known {
            self.popularity.observe(item, weight, event.at);
            self.audience[item as usize] += 1;
        }
        true
    }

    /// The next `count` items for a person, in an order that keeps neighbours apart, each with its reasons.
    /// Nothing the person has excluded is among them; the same question always has the same answer.
    pub fn rank(&self, profile: &Profile, count: usize) -> Vec<Ranked> {
        let view = self.view(profile);
        let parts = self.parts(&view);
        let scores = self.scores(&view, &parts);
        let rule = self.settings.diversity;
        let mut pool = best(&scores, &view.candidates, count.saturating_mul(4).max(100));
        let mut order = diversify::order(&pool, count, &self.content, rule);
        if order.bent && pool.len() < view.candidates.len() {
            pool = best(&scores, &view.candidates, view.candidates.len());
            order = diversify::order(&pool, count, &self.content, rule);
        }
        let explain = |candidate: Candidate| Ranked {
            item: self.items.text(candidate.item).to_owned(),
            score: f64::from(candidate.score),
            why: reason::strongest(self.evidence(&view, &parts, candidate.item)),
        };
        order.placed.into_iter().map(explain).collect()
    }

    /// The items nearest to one item, for "similar courses": what people went on to, had with it, and what it is about.
    pub fn similar_to(&self, item: &str, count: usize) -> Vec<Ranked> {
        self.rank(&Profile::default().owning(item, 0.0), count)
    }

    /// The best by score alone.
    pub(crate) fn best(&self, view: &View, count: usize) -> Vec<Candidate> {
        best(&self.scores(view, &self.parts(view)), &view.candidates, count)
    }

    pub(crate) fn name(&self, item: u32) -> &str {
        self.items.text(item)
    }

    fn view(&self, profile: &Profile) -> View {
        let mut view = self.view_of(&profile::events(&profile.history, &self.items));
        for item in profile.excluded.iter().filter_map(|item| self.items.number(item)) {
            view.candidates[item as usize] = false;
        }
        for topic in &profile.interests {
            let features = self.content.named(topic);
            if !features.is_empty() {
                view.interests.push(Interest { topic: topic.clone(), features });
            }
        }
        view.language = profile.language.as_deref().and_then(|language| self.content.language(language));
        view
    }

    fn view_of(&self, events: &[Event]) -> View {
        let listed_only = self.settings.listed_only;
        let candidates = (0..self.items.len() as u32).map(|item| !listed_only || self.content.facets(item).listed);
        View { past: profile::past(events), candidates: candidates.collect(), interests: Vec::new(), language: None }
    }

    /// A person of the interactions: all that they have is excluded.
    pub(crate) fn view_of_owner(&self, events: &[Event]) -> View {
        let mut view = self.view_of(events);
        events.iter().for_each(|event| view.candidates[event.item as usize] = false);
        view
    }

    pub(crate) fn scores(&self, view: &View, parts: &Parts) -> Vec<f32> {
        let mut scores = parts.blend(&self.settings.weights, self.items.len());
        if let Some(language) = view.language {
            let chosen = |other: &u32| view.past.iter().any(|past| past.weight > 0.0 && self.content.has(past.item, *other));
            for (item, score) in (0..).zip(&mut scores) {
                let languages = &self.content.facets(item).languages;
                if !languages.is_empty() && !languages.contains(&language) && *score > 0.0 && !languages.iter().any(chosen) {
                    *score *= self.settings.other_language;
                }
            }
        }
        scores
    }
}

pub(crate) fn similar(interactions: &Interactions, similarity: &Similarity) -> Rows {
    match similarity {
        Similarity::Neighbours(neighbourhood) => neighbourhood.rows(interactions),
        Similarity::Ease { lambda } => ease::rows(interactions, *lambda, ease::HEAD),
    }
}

fn fresh(interactions: &Interactions, content: &Content) -> Vec<f32> {
    let published: Vec<Option<f64>> = (0..interactions.items.len() as u32).map(|item| content.facets(item).published).collect();
    let now = published.iter().flatten().copied().fold(interactions.latest(), f64::max);
    published.into_iter().map(|at| at.map_or(0.0, |at| ((at - now) / NOVELTY).exp2() as f32)).collect()
}

/// The best candidates, best first, ties to the lower id.
fn best(scores: &[f32], candidates: &[bool], count: usize) -> Vec<Candidate> {
    let better = |a: &Candidate, b: &Candidate| b.score.total_cmp(&a.score).then(a.item.cmp(&b.item));
    let room = count.max(50).saturating_mul(2);
    let mut pool: Vec<Candidate> = Vec::with_capacity(room.min(scores.len()).saturating_add(1));
    // Once `count` are known that are at least this good, a later item must be better to matter.
    let mut bar = f32::NEG_INFINITY;
    for (item, (&score, _)) in (0..).zip(scores.iter().zip(candidates)).filter(|(_, (_, is))| **is) {
        if score > bar {
            pool.push(Candidate { item, score });
        }
        if pool.len() > room {
            pool.select_nth_unstable_by(count, better);
            pool.truncate(count);
            bar = pool.iter().map(|candidate| candidate.score).fold(f32::INFINITY, f32::min);
        }
    }
    pool.sort_unstable_by(better);
    pool.truncate(count);
    pool
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_of_a_full_sort(scores in prop::collection::vec((0u8..60, prop::bool::weighted(0.8)), 0..600), count in 0usize..70) {
            let (values, candidates): (Vec<f32>, Vec<bool>) = scores.iter().map(|(score, is)| (f32::from(*score), *is)).unzip();
            let mut all: Vec<u32> = (0..values.len() as u32).filter(|item| candidates[*item as usize]).collect();
            all.sort_by(|a, b| values[*b as usize].total_cmp(&values[*a as usize]).then(a.cmp(b)));
            all.truncate(count);
            let found: Vec<u32> = best(&values, &candidates, count).into_iter().map(|candidate| candidate.item).collect();
            prop_assert_eq!(found, all);
        }
    }
}
