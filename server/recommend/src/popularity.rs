//! What many people chose, the recent choices counting more.

use crate::interactions::Interactions;

/// Sums of weights, each halved for every half-life between it and `reference`. Purely additive: a choice made
/// after `reference` counts more than one.
#[derive(Debug, Clone)]
pub(crate) struct Popularity {
    counts: Vec<f64>,
    reference: f64,
    /// Seconds; none means that age does not matter.
    half_life: Option<f64>,
}

impl Popularity {
    pub fn new(interactions: &Interactions, half_life: Option<f64>) -> Self {
        let half_life = half_life.filter(|seconds| *seconds > 0.0);
        let mut popularity = Self { counts: vec![0.0; interactions.items.len()], reference: interactions.latest(), half_life };
        for event in interactions.people.iter().flatten() {
            popularity.observe(event.item, event.weight, event.at);
        }
        popularity
    }

    pub fn observe(&mut self, item: u32, weight: f32, at: f64) {
        self.counts[item as usize] += f64::from(weight) * self.decay(at);
    }

    fn decay(&self, at: f64) -> f64 {
        // The bound keeps a wrong date in the far future from drowning everything else.
        self.half_life.map_or(1.0, |half_life| ((at - self.reference) / half_life).min(30.0).exp2())
    }

    /// Counts so that the most popular item has 1 (all 0 when nothing was chosen).
    pub fn fill(&self, out: &mut [f32]) {
        let most = self.counts.iter().copied().fold(0.0, f64::max);
        let scale = if most > 0.0 { most.recip() } else { 0.0 };
        for (value, count) in out.iter_mut().zip(&self.counts) {
            *value = (count * scale) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(half_life: Option<f64>) -> Vec<f32> {
        let text = "user,item,value,timestamp\na,old,1,0\nb,old,1,0\nc,new,1,200\n";
        let mut out = vec![0.0; 2];
        Popularity::new(&Interactions::parse(text).unwrap(), half_life).fill(&mut out);
        out
    }

    #[test]
    fn without_a_half_life_every_choice_counts_the_same() {
        assert_eq!(shares(None), [0.5, 1.0]);
    }

    #[test]
    fn after_two_half_lives_a_choice_counts_a_quarter() {
        assert_eq!(shares(Some(100.0)), [1.0, 0.5]);
    }

    #[test]
    fn nothing_chosen_is_popular_nowhere_and_a_wrong_date_does_not_overflow() {
        let mut popularity = Popularity::new(&Interactions::default(), Some(1.0));
        popularity.fill(&mut []);
        popularity.counts = vec![0.0; 2];
        popularity.observe(1, 1.0, 1e300);
        let mut out = [0.0; 2];
        popularity.fill(&mut out);
        assert_eq!(out, [0.0, 1.0]);
    }
}
