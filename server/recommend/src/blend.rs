//! Several opinions about every item, each scaled so that its favourite has 1, added up by weight.

use serde::{Deserialize, Serialize};

/// How much each opinion counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// Items that the same people have.
    pub similar: f32,
    /// Items that people went on to.
    pub transition: f32,
    /// Items about the same things.
    pub content: f32,
    /// Items that many have; never quite 0, because for a stranger it is all there is.
    pub popular: f32,
    /// Items of the chosen interests; fades as a history grows.
    pub interest: f32,
    /// Items that have just appeared.
    pub fresh: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { similar: 0.4, transition: 0.6, content: 0.2, popular: 0.05, interest: 0.5, fresh: 0.03 }
    }
}

/// One opinion: a value for every item. `scale` is what the raw values were divided by, for explanations.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub values: Vec<f32>,
    pub scale: f32,
}

impl Part {
    /// Scales by the maximum over the candidates; an opinion without a favourite stays as it is.
    pub fn new(mut values: Vec<f32>, candidates: &[bool]) -> Self {
        let most = values.iter().zip(candidates).filter(|(_, is)| **is).map(|(value, _)| *value).fold(0.0, f32::max);
        let scale = if most > 0.0 { most } else { 1.0 };
        values.iter_mut().for_each(|value| *value /= scale);
        Self { values, scale }
    }
}

/// All opinions about all items for one person. A part that is not wanted is absent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    pub similar: Option<Part>,
    pub transition: Option<Part>,
    pub content: Option<Part>,
    pub popular: Option<Part>,
    pub interest: Option<Part>,
    pub fresh: Option<Part>,
}

impl Parts {
    pub fn blend(&self, weights: &Weights, items: usize) -> Vec<f32> {
        let mut totals = vec![0.0; items];
        for (part, weight) in self.weighted(weights) {
            for (total, value) in totals.iter_mut().zip(&part.values) {
                *total += weight * value;
            }
        }
        totals
    }

    fn weighted(&self, weights: &Weights) -> impl Iterator<Item = (&Part, f32)> {
        let pairs = [
            (&self.similar, weights.similar),
            (&self.transition, weights.transition),
            (&self.content, weights.content),
            (&self.popular, weights.popular.max(Weights::LEAST_POPULAR)),
            (&self.interest, weights.interest),
            (&self.fresh, weights.fresh),
        ];
        pairs.into_iter().filter_map(|(part, weight)| Some((part.as_ref()?, weight)))
    }
}

impl Weights {
    /// Only breaks ties where there is anything else to go by.
    pub(crate) const LEAST_POPULAR: f32 = 0.001;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opinion_is_scaled_by_its_favourite_among_the_candidates() {
        let part = Part::new(vec![4.0, 2.0, 1.0], &[false, true, true]);
        assert_eq!((part.values, part.scale), (vec![2.0, 1.0, 0.5], 2.0));
        let silent = Part::new(vec![0.0, -1.0], &[true, true]);
        assert_eq!((silent.values, silent.scale), (vec![0.0, -1.0], 1.0));
    }

    #[test]
    fn opinions_add_up_by_weight() {
        let part = |values: [f32; 2]| Some(Part::new(values.into(), &[true, true]));
        let parts = Parts { similar: part([1.0, 0.0]), popular: part([1.0, 2.0]), ..Parts::default() };
        let weights = Weights { similar: 0.5, popular: 0.25, ..Weights::default() };
        assert_eq!(parts.blend(&weights, 2), [0.625, 0.25]);
    }
}
