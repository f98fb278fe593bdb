//! Why an item is in a feed, as data: the pages make sentences of it.

use serde::{Deserialize, Serialize};

/// The evidence for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// The item is like this one of the person's history.
    BecauseYouStudied { item: String },
    /// People who had this item of the person's history went on to it.
    LearnersAlsoWentOn { item: String },
    /// It is about a topic that the person has chosen.
    MatchesInterest { topic: String },
    /// It is by someone of whom the person has had something.
    SameInstructor { instructor: String },
    /// Many choose it, and the person knows its topic.
    PopularInTopic { topic: String },
    /// Many choose it.
    Popular,
    /// It has just appeared, or hardly anybody knows it yet.
    New,
}

/// A reason and the part of the score that it explains, 0..=1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Why {
    pub reason: Reason,
    pub share: f64,
}

/// Evidence with its weight in the score, not yet a share.
pub(crate) struct Evidence {
    pub reason: Reason,
    pub weight: f32,
}

/// The strongest reasons, strongest first, at most three; never empty.
pub(crate) fn strongest(mut evidence: Vec<Evidence>) -> Vec<Why> {
    const SHOWN: usize = 3;
    evidence.retain(|evidence| evidence.weight > 0.0);
    let total: f32 = evidence.iter().map(|evidence| evidence.weight).sum();
    if total <= 0.0 {
        return vec![Why { reason: Reason::New, share: 1.0 }];
    }
    evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut whys: Vec<Why> = Vec::with_capacity(SHOWN);
    for Evidence { reason, weight } in evidence {
        let share = f64::from(weight / total);
        match whys.iter().position(|why| why.reason == reason) {
            Some(place) => whys[place].share += share,
            None if whys.len() < SHOWN => whys.push(Why { reason, share }),
            None => {}
        }
    }
    whys.sort_by(|a, b| b.share.total_cmp(&a.share));
    whys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn studied(item: &str, weight: f32) -> Evidence {
        Evidence { reason: Reason::BecauseYouStudied { item: item.into() }, weight }
    }

    #[test]
    fn the_strongest_comes_first_and_shares_are_of_the_whole() {
        let whys = strongest(vec![studied("a", 1.0), studied("b", 2.0), studied("c", 0.5), studied("d", 0.5)]);
        assert_eq!(whys.len(), 3);
        assert_eq!(whys[0], Why { reason: Reason::BecauseYouStudied { item: "b".into() }, share: 0.5 });
        assert_eq!(whys[1].share, 0.25);
    }

    #[test]
    fn the_same_reason_is_told_once() {
        let by = |weight| Evidence { reason: Reason::SameInstructor { instructor: "ada".into() }, weight };
        let whys = strongest(vec![studied("a", 2.0), by(1.5), by(1.5)]);
        assert_eq!(whys.len(), 2);
        assert_eq!(whys[0].reason, Reason::SameInstructor { instructor: "ada".into() });
    }

    #[test]
    fn an_item_that_nothing_speaks_for_is_new() {
        assert_eq!(strongest(vec![studied("a", -1.0)]), [Why { reason: Reason::New, share: 1.0 }]);
    }

    #[test]
    fn a_reason_is_written_with_its_kind() {
        let text = serde_json::to_string(&Reason::MatchesInterest { topic: "rust".into() }).unwrap();
        assert_eq!(text, r#"{"kind":"matches_interest","topic":"rust"}"#);
        assert_eq!(serde_json::from_str::<Reason>(r#"{"kind":"popular"}"#).unwrap(), Reason::Popular);
    }
}
