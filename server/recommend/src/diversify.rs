//! A feed in which neighbours differ.
//!
//! Greedy: the next item is the one with the best mixture of score and unlikeness to what is already placed
//! (maximal marginal relevance), among those that would not make too long a run of one topic or instructor.

use crate::content::Content;
use crate::settings::Diversity;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub item: u32,
    pub score: f32,
}

/// The order, and whether it had to break the law of runs because no candidate was left that keeps it.
pub(crate) struct Order {
    pub placed: Vec<Candidate>,
    pub bent: bool,
}

/// Places `count` of the candidates, which come best first.
pub(crate) fn order(candidates: &[Candidate], count: usize, content: &Content, rule: Diversity) -> Order {
    let best = candidates.first().map_or(1.0, |candidate| candidate.score.abs().max(f32::MIN_POSITIVE));
    let mut left: Vec<Waiting> = candidates.iter().map(|candidate| Waiting { candidate: *candidate, likeness: 0.0 }).collect();
    let mut order = Order { placed: Vec::with_capacity(count.min(left.len())), bent: false };
    while order.placed.len() < count && !left.is_empty() {
        let fits = |waiting: &Waiting| keeps_law(&order.placed, waiting.candidate.item, content, rule.run);
        let worth =
            |waiting: &Waiting| rule.relevance * waiting.candidate.score / best - (1.0 - rule.relevance) * waiting.likeness;
        let next = first_best(&left, fits, worth);
        order.bent |= next.is_none();
        let chosen = left.remove(next.unwrap_or(0)).candidate;
        order.placed.push(chosen);
        if rule.relevance < 1.0 {
            for waiting in &mut left {
                waiting.likeness = waiting.likeness.max(content.similarity(chosen.item, waiting.candidate.item));
            }
        }
    }
    order
}

struct Waiting {
    candidate: Candidate,
    /// To the most similar item already placed.
    likeness: f32,
}

fn first_best(left: &[Waiting], fits: impl Fn(&Waiting) -> bool, worth: impl Fn(&Waiting) -> f32) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (place, waiting) in left.iter().enumerate() {
        let worth = worth(waiting);
        if best.is_none_or(|(_, most)| worth > most) && fits(waiting) {
            best = Some((place, worth));
        }
    }
    best.map(|(place, _)| place)
}

/// Whether an item may follow: no topic and no instructor of it is shared by all of the last `run` items.
fn keeps_law(placed: &[Candidate], item: u32, content: &Content, run: usize) -> bool {
    if run == 0 || placed.len() < run {
        return true;
    }
    let last = &placed[placed.len() - run..];
    let facets = content.facets(item);
    let in_all = |feature: &u32| last.iter().all(|placed| content.has(placed.item, *feature));
    !facets.topics.iter().chain(&facets.instructors).any(in_all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::names::Names;
    use proptest::prelude::*;

    const RULE: Diversity = Diversity { relevance: 0.8, run: 2 };

    fn content(rows: &[(u32, u32)]) -> Content {
        let lines: String =
            (0..).zip(rows).map(|(item, (topic, by))| format!("{item},topic,t{topic}\n{item},instructor,i{by}\n")).collect();
        let texts: Vec<String> = (0..rows.len()).map(|item| item.to_string()).collect();
        let catalogue = Catalogue::parse(&format!("item,relation,tag\n{lines}")).unwrap();
        Content::new(&catalogue, &Names::sorted(texts.iter().map(String::as_str)))
    }

    fn candidates(count: usize) -> Vec<Candidate> {
        (0..count).map(|item| Candidate { item: item as u32, score: 1.0 - item as f32 * 0.001 }).collect()
    }

    fn items(order: &Order) -> Vec<u32> {
        order.placed.iter().map(|candidate| candidate.item).collect()
    }

    #[test]
    fn a_third_of_a_topic_waits_for_another_topic() {
        let content = content(&[(0, 0), (0, 1), (0, 2), (0, 3), (1, 4)]);
        let order = order(&candidates(5), 3, &content, Diversity { relevance: 1.0, run: 2 });
        assert_eq!(items(&order), [0, 1, 4]);
        assert!(!order.bent);
    }

    #[test]
    fn a_third_of_an_instructor_waits_too() {
        let content = content(&[(0, 0), (1, 0), (2, 0), (3, 1)]);
        assert_eq!(items(&order(&candidates(4), 3, &content, Diversity { relevance: 1.0, run: 2 })), [0, 1, 3]);
    }

    #[test]
    fn a_school_of_one_topic_still_has_a_feed() {
        let content = content(&[(0, 0), (0, 1), (0, 2), (0, 3)]);
        let order = order(&candidates(4), 4, &content, RULE);
        assert_eq!(order.placed.len(), 4);
        assert!(order.bent);
    }

    #[test]
    fn at_equal_scores_the_unlike_item_comes_first() {
        let content = content(&[(0, 0), (0, 1), (1, 2)]);
        let equal: Vec<Candidate> = (0..3).map(|item| Candidate { item, score: 1.0 }).collect();
        assert_eq!(items(&order(&equal, 3, &content, RULE)), [0, 2, 1]);
    }

    proptest! {
        #[test]
        fn no_three_in_a_row_unless_nothing_else_was_left(rows in prop::collection::vec((0u32..4, 0u32..5), 1..40), count in 1usize..40) {
            let content = content(&rows);
            let order = order(&candidates(rows.len()), count, &content, RULE);
            let placed = items(&order);
            prop_assert_eq!(placed.len(), count.min(rows.len()));
            for end in 2..placed.len() {
                let (a, b, c) = (rows[placed[end - 2] as usize], rows[placed[end - 1] as usize], rows[placed[end] as usize]);
                if (a.0 == b.0 && b.0 == c.0) || (a.1 == b.1 && b.1 == c.1) {
                    prop_assert!(order.bent);
                    let breaks = |item: u32| {
                        let row = rows[item as usize];
                        (a.0 == b.0 && b.0 == row.0) || (a.1 == b.1 && b.1 == row.1)
                    };
                    let waiting = (0..rows.len() as u32).filter(|item| !placed[..end].contains(item));
                    prop_assert!(waiting.into_iter().all(breaks));
                }
            }
        }

        #[test]
        fn nothing_is_lost_and_nothing_comes_twice(rows in prop::collection::vec((0u32..4, 0u32..5), 0..30)) {
            let order = order(&candidates(rows.len()), rows.len(), &content(&rows), RULE);
            let mut placed = items(&order);
            placed.sort_unstable();
            prop_assert_eq!(placed, (0..rows.len() as u32).collect::<Vec<_>>());
        }
    }
}
