//! Finding the settings that a data set wants, by predicting a part of it from the rest.
//!
//! Where the times say something, the part is the last event of every person: the way the model will be used.
//! Where they do not, it is a random part of every history, and nothing that depends on time is even tried.

use std::sync::Arc;

use crate::blend::Weights;
use crate::catalogue::Catalogue;
use crate::content::Content;
use crate::ease;
use crate::interactions::Interactions;
use crate::model::{self, Model};
use crate::neighbours::Neighbourhood;
use crate::order;
use crate::parallel;
use crate::popularity::Popularity;
use crate::settings::{Settings, Similarity};
use crate::transitions::{Steps, Transitions};
use crate::trials::{self, Trial};

/// Tenths of transition against similarity, the likeliest first.
const MIXTURES: [u8; 11] = [6, 5, 7, 4, 8, 3, 9, 2, 10, 1, 0];

/// The best settings found for these data; what cannot be tried on them (interests, diversity) stays as it is
/// in `start`, and without enough data everything does but recency, which needs an order.
pub fn tune(interactions: &Interactions, catalogue: &Catalogue, start: Settings) -> Settings {
    let interactions = interactions.widened(catalogue.items.keys().map(String::as_str));
    let content = Arc::new(Content::new(catalogue, &interactions.items));
    tune_wide(&interactions, &content, start)
}

pub(crate) fn tune_wide(interactions: &Interactions, content: &Arc<Content>, start: Settings) -> Settings {
    let ordered = order::is_known(interactions);
    let start = if ordered { start } else { without_time(start) };
    let Some(mut search) = Search::new(interactions, content, start.clone(), ordered) else { return start };
    search.popularity();
    search.similarity();
    if ordered {
        search.steps();
    }
    search.weights();
    search.model.settings
}

fn without_time(start: Settings) -> Settings {
    let weights = Weights { transition: 0.0, similar: start.weights.similar + start.weights.transition, ..start.weights };
    Settings { fade: None, half_life: None, weights, ..start }
}

struct Search {
    train: Interactions,
    trials: Vec<Trial>,
    model: Model,
    ordered: bool,
    has_content: bool,
}

impl Search {
    fn new(interactions: &Interactions, content: &Arc<Content>, start: Settings, ordered: bool) -> Option<Self> {
        let (train, trials) = trials::hold_out(interactions, ordered);
        if trials.len() < 5 {
            return None;
        }
        let model = Model::fit_wide(&train, content.clone(), start);
        Some(Self { train, trials, model, ordered, has_content: !content.is_empty() })
    }

    fn popularity(&mut self) {
        if !self.ordered {
            return;
        }
        let first = self.train.people.iter().flatten().map(|event| event.at).fold(f64::INFINITY, f64::min);
        let span = self.train.latest() - first;
        let half_lives = [1.0, 4.0, 16.0, 64.0].map(|part| Some(span / part).filter(|life| *life > 0.0 && life.is_finite()));
        let weights = only(|weights| weights.popular = 1.0);
        let mut best = (f64::MIN, None);
        for half_life in std::iter::once(None).chain(half_lives) {
            self.model.popularity = Popularity::new(&self.train, half_life);
            keep_better(&mut best, self.quality(weights), half_life);
        }
        self.model.settings.half_life = best.1;
        self.model.popularity = Popularity::new(&self.train, best.1);
    }

    fn similarity(&mut self) {
        let weights = only(|weights| weights.similar = 1.0);
        let glance: &[Option<f32>] = if self.ordered { &[None, Some(2.0)] } else { &[None] };
        let fades: &[Option<f32>] = if self.ordered { &[None, Some(8.0), Some(4.0), Some(2.0), Some(1.0)] } else { &[None] };
        let mut best = (f64::MIN, self.model.settings.similarity);
        for similarity in similarities(self.train.items()) {
            self.model.similar = model::similar(&self.train, &similarity);
            for fade in glance {
                self.model.settings.fade = *fade;
                keep_better(&mut best, self.quality(weights), similarity);
            }
        }
        self.model.settings.similarity = best.1;
        self.model.similar = model::similar(&self.train, &best.1);
        let mut best = (f64::MIN, None);
        for fade in fades {
            self.model.settings.fade = *fade;
            keep_better(&mut best, self.quality(weights), *fade);
        }
        self.model.settings.fade = best.1;
    }

    fn steps(&mut self) {
        let weights = only(|weights| weights.transition = 1.0);
        let mut best = (f64::MIN, self.model.settings.steps);
        for forget in [8.0, 3.0, 1.0] {
            for back in [0.3, 0.0, 1.0] {
                let steps = Steps { forget, back, ..self.model.settings.steps };
                self.model.transitions = Transitions::new(&self.train, steps);
                keep_better(&mut best, self.quality(weights), steps);
            }
        }
        self.model.transitions = Transitions::new(&self.train, best.1);
        for fade in [0.7, 2.0, 4.0, 8.0] {
            for (own, other) in [(0.5, 0.0), (0.5, 0.3), (0.5, 0.5), (1.0, 0.0), (1.0, 0.3), (1.0, 0.5)] {
                let steps = Steps { own, other, fade, ..best.1 };
                self.model.transitions.read_with(steps);
                keep_better(&mut best, self.quality(weights), steps);
            }
        }
        self.model.settings.steps = best.1;
        self.model.transitions.read_with(best.1);
    }

    fn weights(&mut self) {
        let start = Weights { content: 0.0, popular: Weights::LEAST_POPULAR, ..self.model.settings.weights };
        let mixtures: Vec<Weights> = match self.ordered {
            true => MIXTURES.map(|tenths| mixture(start, tenths)).into(),
            false => vec![Weights { similar: 1.0, transition: 0.0, ..start }],
        };
        let mut best = (f64::MIN, start);
        self.try_all(&mixtures, &mut best);
        best.0 = f64::MIN;
        let contents: &[f32] = if self.has_content { &[0.1, 0.0, 0.2, 0.3, 0.5] } else { &[0.0] };
        let additions: Vec<Weights> = contents
            .iter()
            .flat_map(|content| [Weights::LEAST_POPULAR, 0.03, 0.08, 0.2].map(|popular| (*content, popular)))
            .map(|(content, popular)| Weights { content, popular, ..best.1 })
            .collect();
        self.try_all(&additions, &mut best);
        if self.ordered {
            self.try_all(&MIXTURES.map(|tenths| mixture(best.1, tenths)), &mut best);
        }
        self.model.settings.weights = best.1;
    }

    fn try_all(&mut self, weights: &[Weights], best: &mut (f64, Weights)) {
        for (quality, weights) in self.qualities(weights).into_iter().zip(weights) {
            keep_better(best, quality, *weights);
        }
    }

    fn quality(&mut self, weights: Weights) -> f64 {
        self.qualities(&[weights])[0]
    }

    /// Mean NDCG@10 for each of the weights; the opinions of a person are formed once for all of them.
    fn qualities(&mut self, weights: &[Weights]) -> Vec<f64> {
        let before = self.model.settings.weights;
        self.model.settings.weights = widest(weights);
        let (model, trials) = (&self.model, &self.trials);
        let sums = parallel::chunks(trials.len(), |range| {
            let mut sums = vec![0.0; weights.len()];
            for trial in &trials[range] {
                let view = model.view_of_owner(&trial.events);
                let parts = model.parts(&view);
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    let scores = parts.blend(weights, model.items());
                    *sum += trial.ndcg(&scores, &view.candidates);
                }
            }
            sums
        });
        self.model.settings.weights = before;
        (0..weights.len()).map(|place| sums.iter().map(|sums| sums[place]).sum::<f64>() / trials.len() as f64).collect()
    }
}

/// Better means better, not as good: the first, simplest choice stays on a tie.
fn keep_better<T>(best: &mut (f64, T), quality: f64, choice: T) {
    if quality > best.0 + 1e-9 {
        *best = (quality, choice);
    }
}

fn similarities(items: usize) -> Vec<Similarity> {
    let cosine = [20.0, 0.0, 5.0, 100.0].map(Neighbourhood::cosine);
    let damped = Neighbourhood { damping: 0.5, ..Neighbourhood::cosine(10.0) };
    let walks =
        [(0.6, 0.0), (0.6, 0.2), (0.6, 0.6), (1.0, 0.4), (1.4, 0.8)].map(|(alpha, beta)| Neighbourhood::walk(alpha, beta));
    let mut all: Vec<Similarity> = cosine.into_iter().chain([damped]).chain(walks).map(Similarity::Neighbours).collect();
    if items <= ease::HEAD {
        all.extend([150.0, 20.0, 500.0].map(|lambda| Similarity::Ease { lambda }));
    }
    all
}

fn only(choose: impl Fn(&mut Weights)) -> Weights {
    let popular = Weights::LEAST_POPULAR;
    let mut weights = Weights { similar: 0.0, transition: 0.0, content: 0.0, popular, interest: 0.0, fresh: 0.0 };
    choose(&mut weights);
    weights
}

fn mixture(weights: Weights, tenths: u8) -> Weights {
    let transition = f32::from(tenths) / 10.0;
    Weights { similar: 1.0 - transition, transition, ..weights }
}

/// Has every part that any of them has.
fn widest(all: &[Weights]) -> Weights {
    let mut widest = only(|_| {});
    for weights in all {
        widest.similar = widest.similar.max(weights.similar);
        widest.transition = widest.transition.max(weights.transition);
        widest.content = widest.content.max(weights.content);
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(rows: &str) -> Interactions {
        Interactions::parse(&format!("user,item,value,timestamp\n{rows}")).unwrap()
    }

    #[test]
    fn too_few_data_leave_the_start_as_it_is() {
        let start = Settings::default();
        assert_eq!(tune(&people("a,x,1,1\na,y,1,2\n"), &Catalogue::default(), start.clone()), start);
    }
}
