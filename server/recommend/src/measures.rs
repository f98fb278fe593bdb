//! Figures of merit of one ranked list against the items that were really chosen.

/// All within 0..=1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Discounted gain over its ideal, which is min(relevant, k) items in front; binary gain.
    pub ndcg: f64,
    /// Relevant items among the first k over all relevant items.
    pub recall: f64,
    /// The same for the first 20.
    pub recall20: f64,
    /// Whether any relevant item is among the first k.
    pub hit: f64,
}

/// Measures a list, best first, against the relevant items (each once); without any, everything is 0.
pub fn measure<T: PartialEq>(ranked: &[T], relevant: &[T], k: usize) -> Measures {
    let places: Vec<usize> = (0..ranked.len()).filter(|place| relevant.contains(&ranked[*place])).collect();
    of_places(&places, relevant.len(), k)
}

/// The same from the places (0 is the first) at which relevant items were found.
pub(crate) fn of_places(places: &[usize], relevant: usize, k: usize) -> Measures {
    if relevant == 0 || k == 0 {
        return Measures::default();
    }
    let within = |limit: usize| places.iter().filter(move |place| **place < limit);
    let found = within(k).count();
    let gained: f64 = within(k).map(|place| gain(*place)).sum();
    let ideal: f64 = (0..relevant.min(k)).map(gain).sum();
    Measures {
        ndcg: gained / ideal,
        recall: found as f64 / relevant as f64,
        recall20: within(20).count() as f64 / relevant as f64,
        hit: if found > 0 { 1.0 } else { 0.0 },
    }
}

fn gain(place: usize) -> f64 {
    ((place + 2) as f64).log2().recip()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_agree_with_a_calculation_by_hand() {
        let measures = measure(&["a", "b", "c", "d"], &["b", "d", "x"], 3);
        // Found at place 2 of 3: 1/log2(3) over 1 + 1/log2(3) + 1/log2(4).
        assert!((measures.ndcg - 0.630_930 / 2.130_930).abs() < 1e-6);
        assert!((measures.recall - 1.0 / 3.0).abs() < 1e-12);
        assert!((measures.recall20 - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(measures.hit, 1.0);
    }

    #[test]
    fn a_perfect_list_has_one_and_a_useless_one_nothing() {
        assert_eq!(measure(&[1, 2], &[2, 1], 10), Measures { ndcg: 1.0, recall: 1.0, recall20: 1.0, hit: 1.0 });
        assert_eq!(measure(&[1, 2], &[3], 10), Measures::default());
        assert_eq!(measure::<u8>(&[], &[], 10), Measures::default());
    }

    #[test]
    fn more_relevant_items_than_places_do_not_lower_the_ideal() {
        assert_eq!(measure(&[1, 2], &[1, 2, 3, 4], 2).ndcg, 1.0);
    }

    proptest! {
        #[test]
        fn every_figure_is_between_nothing_and_one(ranked in prop::collection::hash_set(0u8..40, 0..40), relevant in prop::collection::hash_set(0u8..40, 0..20), k in 0usize..30) {
            let (ranked, relevant): (Vec<u8>, Vec<u8>) = (ranked.into_iter().collect(), relevant.into_iter().collect());
            let measures = measure(&ranked, &relevant, k);
            for figure in [measures.ndcg, measures.recall, measures.recall20, measures.hit] {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&figure));
            }
            prop_assert_eq!(measures.hit > 0.0, measures.ndcg > 0.0);
        }
    }
}
