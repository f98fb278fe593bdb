//! The fitted model: for a person, every item's score, the best of them in a good order, and why.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::blend::{Part, Parts};
use crate::catalogue::Catalogue;
use crate::content::Content;
use crate::diversify::{self, Candidate};
use crate::ease;
use crate::interactions::{Event, Interactions};
use crate::names::Names;
use crate::popularity::Popularity;
use crate::profile::{self, Past, Profile, Seen};
use crate::reason::{self, Evidence, Reason, Why};
use crate::rows::{Cell, Rows};
use crate::settings::{Settings, Similarity};
use crate::transitions::Transitions;

/// From this many people on, an item is judged by what they did; below, more and more by items like it.
const KNOWN_WELL: f32 = 5.0;
/// How many similar items speak for one that hardly anybody knows.
const BRIDGES: usize = 30;
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
    items: Arc<Names>,
    content: Arc<Content>,
    audience: Vec<u32>,
    fresh: Vec<f32>,
}

/// A person in numbers.
pub(crate) struct View {
    pub past: Vec<Past>,
    pub candidates: Vec<bool>,
    interests: Vec<Interest>,
    language: Option<u32>,
}

struct Interest {
    topic: String,
    features: Vec<u32>,
}

impl Model {
    pub fn fit(interactions: &Interactions, catalogue: &Catalogue, settings: Settings) -> Self {
        let interactions = interactions.widened(catalogue.items.keys().map(String::as_str));
        let content = Arc::new(Content::new(catalogue, &interactions.items));
        Self::fit_wide(&interactions, content, settings)
    }

    /// `interactions` already know every item of the content.
    pub(crate) fn fit_wide(interactions: &Interactions, content: Arc<Content>, settings: Settings) -> Self {
        Self {
            popularity: Popularity::new(interactions, settings.half_life),
            similar: similar(interactions, &settings.similarity),
            transitions: Transitions::new(interactions, settings.steps),
            items: interactions.items.clone(),
            audience: interactions.audience(),
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
        let mut pool = best(&scores, &view.candidates, (4 * count).max(100));
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

    fn voice(&self, past: &Past) -> f32 {
        past.weight * self.settings.fade.map_or(1.0, |fade| (-past.position / fade).exp())
    }

    fn score_rows(&self, rows: &Rows, past: &[Past], out: &mut [f32]) {
        for past in past {
            let voice = self.voice(past);
            if voice.abs() > 1e-9 {
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

    fn matches(&self, item: u32, interest: &Interest) -> bool {
        interest.features.iter().any(|feature| self.content.has(item, *feature))
    }

    /// What people do with the most similar well-known items stands in for what they would do with an item that
    /// hardly anybody knows yet.
    fn bridge(&self, parts: &mut Parts, candidates: &[bool]) {
        for part in [&mut parts.similar, &mut parts.transition].into_iter().flatten() {
            let known = part.values.clone();
            for item in (0..self.items.len() as u32).filter(|item| candidates[*item as usize]) {
                if let Some(bridges) = self.bridges(item) {
                    let own = self.trust(item);
                    let lent: f32 = bridges.iter().map(|cell| cell.weight * known[cell.item as usize]).sum();
                    part.values[item as usize] = own * known[item as usize] + (1.0 - own) * lent;
                }
            }
        }
    }

    fn trust(&self, item: u32) -> f32 {
        (self.audience[item as usize] as f32 / KNOWN_WELL).min(1.0)
    }

    /// The items that speak for one that is hardly known, with weights that add up to 1.
    fn bridges(&self, item: u32) -> Option<Vec<Cell>> {
        if self.trust(item) >= 1.0 {
            return None;
        }
        let well_known = |cell: &&Cell| self.audience[cell.item as usize] as f32 >= KNOWN_WELL;
        let mut cells: Vec<Cell> = self.content.rows().row(item).iter().filter(well_known).copied().collect();
        crate::rows::keep_strongest(&mut cells, BRIDGES);
        let total: f32 = cells.iter().map(|cell| cell.weight).sum();
        cells.iter_mut().for_each(|cell| cell.weight /= total.max(f32::MIN_POSITIVE));
        (!cells.is_empty()).then_some(cells)
    }

    /// Everything that speaks for an item. Exact, because a score is a sum.
    fn evidence(&self, view: &View, parts: &Parts, item: u32) -> Vec<Evidence> {
        let mut evidence: Vec<Evidence> = view.past.iter().filter_map(|past| self.testimony(parts, past, item)).collect();
        let weights = &self.settings.weights;
        let value = |part: &Option<Part>| part.as_ref().map_or(0.0, |part| part.values[item as usize]);
        for interest in view.interests.iter().filter(|interest| self.matches(item, interest)) {
            let reason = Reason::MatchesInterest { topic: interest.topic.clone() };
            evidence.push(Evidence { reason, weight: weights.interest * value(&parts.interest) });
        }
        let popular = weights.popular.max(crate::blend::Weights::LEAST_POPULAR) * value(&parts.popular);
        evidence.push(Evidence { reason: self.popular_where(view, item), weight: popular });
        evidence.push(Evidence { reason: Reason::New, weight: weights.fresh * value(&parts.fresh) });
        evidence
    }

    /// What one item of the past says for an item.
    fn testimony(&self, parts: &Parts, past: &Past, item: u32) -> Option<Evidence> {
        let weights = &self.settings.weights;
        let own = if self.content.is_empty() { None } else { self.bridges(item) };
        let via_bridges = |share: &dyn Fn(u32) -> f32| match &own {
            None => share(item),
            Some(bridges) => {
                let trust = self.trust(item);
                trust * share(item) + (1.0 - trust) * bridges.iter().map(|cell| cell.weight * share(cell.item)).sum::<f32>()
            }
        };
        let part = |part: &Option<Part>, weight: f32, raw: &dyn Fn() -> f32| {
            part.as_ref().map_or(0.0, |part| weight * raw() / part.scale)
        };
        let voice = self.voice(past);
        let similar = part(&parts.similar, weights.similar, &|| via_bridges(&|to| voice * self.similar.get(past.item, to)));
        let went_on = part(&parts.transition, weights.transition, &|| via_bridges(&|to| self.transitions.share(past, to)));
        let content = part(&parts.content, weights.content, &|| voice * self.content.rows().get(past.item, item));
        let weight = similar + went_on + content;
        (weight > 0.0).then(|| {
            let studied = self.name(past.item).to_owned();
            let reason = if went_on > similar.max(content) {
                Reason::LearnersAlsoWentOn { item: studied }
            } else if let (true, Some(instructor)) = (content > similar, self.shared_instructor(past.item, item)) {
                Reason::SameInstructor { instructor }
            } else {
                Reason::BecauseYouStudied { item: studied }
            };
            Evidence { reason, weight }
        })
    }

    /// Only where that is all the two have in common; a shared topic says more.
    fn shared_instructor(&self, a: u32, b: u32) -> Option<String> {
        let (a, b) = (self.content.facets(a), self.content.facets(b));
        let same_topic = a.topics.iter().any(|topic| b.topics.contains(topic));
        let shared = a.instructors.iter().find(|instructor| b.instructors.contains(instructor));
        shared.filter(|_| !same_topic).map(|instructor| self.content.tag(*instructor).to_owned())
    }

    fn popular_where(&self, view: &View, item: u32) -> Reason {
        let known = |topic: &&u32| view.past.iter().any(|past| past.weight > 0.0 && self.content.has(past.item, **topic));
        match self.content.facets(item).topics.iter().find(known) {
            Some(topic) => Reason::PopularInTopic { topic: self.content.tag(*topic).to_owned() },
            None => Reason::Popular,
        }
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
    let all = (0..).zip(scores.iter().zip(candidates)).filter(|(_, (_, is))| **is);
    let mut pool: Vec<Candidate> = all.map(|(item, (score, _))| Candidate { item, score: *score }).collect();
    if pool.len() > count {
        pool.select_nth_unstable_by(count, better);
        pool.truncate(count);
    }
    pool.sort_unstable_by(better);
    pool
}
