//! Items that are about the same things: TF-IDF cosine over topics, tags, level, language and instructor.

use std::collections::HashMap;

use crate::catalogue::{Catalogue, Feature, Item, Kind};
use crate::names::Names;
use crate::rows::{Rows, Sum};

const KEEP: usize = 200;
/// A feature that more than this part of the items has says nothing about any of them.
const TOO_COMMON: f32 = 0.6;

/// What an item is, for the rules of order and for explanations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facets {
    pub topics: Vec<u32>,
    pub instructors: Vec<u32>,
    pub languages: Vec<u32>,
    /// Unix seconds.
    pub published: Option<f64>,
    pub listed: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    features: Vec<Feature>,
    /// By item: feature and weight, of length 1, sorted by feature.
    vectors: Vec<Vec<(u32, f32)>>,
    facets: Vec<Facets>,
    rows: Rows,
}

impl Content {
    pub fn new(catalogue: &Catalogue, items: &Names) -> Self {
        let mut content = Self::default();
        let mut numbers: HashMap<Feature, u32> = HashMap::new();
        let nothing = Item::default();
        let mut counts = Vec::new();
        for id in items.texts() {
            let listed = catalogue.items.get(id);
            let item = listed.unwrap_or(&nothing);
            let mut own: Vec<u32> = item.features.iter().map(|feature| content.number(&mut numbers, feature)).collect();
            own.sort_unstable();
            own.dedup();
            counts.resize(content.features.len(), 0u32);
            own.iter().for_each(|feature| counts[*feature as usize] += 1);
            content.facets.push(content.facets_of(&own, item, listed.is_some()));
            content.vectors.push(own.into_iter().map(|feature| (feature, 0.0)).collect());
        }
        content.weigh(&counts);
        content.rows = content.similar();
        content
    }

    fn number(&mut self, numbers: &mut HashMap<Feature, u32>, feature: &Feature) -> u32 {
        if let Some(number) = numbers.get(feature) {
            return *number;
        }
        let number = self.features.len() as u32;
        self.features.push(feature.clone());
        numbers.insert(feature.clone(), number);
        number
    }

    fn facets_of(&self, own: &[u32], item: &Item, listed: bool) -> Facets {
        let of = |kind: Kind| own.iter().copied().filter(|feature| self.features[*feature as usize].kind() == kind).collect();
        Facets {
            topics: of(Kind::Topic),
            instructors: of(Kind::Instructor),
            languages: of(Kind::Language),
            published: item.published,
            listed,
        }
    }

    fn weigh(&mut self, counts: &[u32]) {
        let items = self.vectors.iter().filter(|vector| !vector.is_empty()).count() as f32;
        for vector in &mut self.vectors {
            for (feature, weight) in vector.iter_mut() {
                let rarity = ((items + 1.0) / (counts[*feature as usize] as f32 + 0.5)).ln().max(0.01);
                *weight = self.features[*feature as usize].kind().weight() * rarity;
            }
            let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
            vector.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
        }
    }

    fn similar(&self) -> Rows {
        let mut holders: Vec<Vec<(u32, f32)>> = vec![Vec::new(); self.features.len()];
        for (item, vector) in self.vectors.iter().enumerate() {
            for &(feature, weight) in vector {
                holders[feature as usize].push((item as u32, weight));
            }
        }
        let limit = ((self.vectors.len() as f32 * TOO_COMMON) as usize).max(10);
        Rows::build(self.vectors.len(), KEEP, |item, sum: &mut Sum| {
            for &(feature, weight) in &self.vectors[item as usize] {
                let holders = &holders[feature as usize];
                if holders.len() <= limit {
                    holders.iter().for_each(|&(other, other_weight)| sum.add(other, weight * other_weight));
                }
            }
        })
    }

    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    pub fn facets(&self, item: u32) -> &Facets {
        &self.facets[item as usize]
    }

    pub fn tag(&self, feature: u32) -> &str {
        &self.features[feature as usize].tag
    }

    /// Cosine of two items, 0..=1.
    pub fn similarity(&self, a: u32, b: u32) -> f32 {
        let (mut a, mut b) = (self.vectors[a as usize].as_slice(), self.vectors[b as usize].as_slice());
        let mut sum = 0.0;
        while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first()) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => a = rest_a,
                std::cmp::Ordering::Greater => b = rest_b,
                std::cmp::Ordering::Equal => {
                    sum += x.1 * y.1;
                    (a, b) = (rest_a, rest_b);
                }
            }
        }
        sum
    }

    /// The features that a chosen interest means: topics and tags of that name.
    pub fn named(&self, interest: &str) -> Vec<u32> {
        let meant = |feature: &Feature| feature.tag == interest && matches!(feature.kind(), Kind::Topic | Kind::Tag);
        (0..).zip(&self.features).filter(|(_, feature)| meant(feature)).map(|(number, _)| number).collect()
    }

    /// The number of a language that items are in.
    pub fn language(&self, language: &str) -> Option<u32> {
        let found = self.features.iter().position(|feature| feature.kind() == Kind::Language && feature.tag == language);
        found.map(|number| number as u32)
    }

    pub fn has(&self, item: u32, feature: u32) -> bool {
        self.vectors[item as usize].binary_search_by_key(&feature, |(number, _)| *number).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        let text = "item,relation,tag\n\
            a,topic,rust\na,instructor,ada\nb,topic,rust\nb,instructor,bo\nc,topic,cooking\nc,instructor,ada\nd,topic,cooking\n";
        Content::new(&Catalogue::parse(text).unwrap(), &Names::sorted(["a", "b", "c", "d", "e"]))
    }

    #[test]
    fn the_same_topic_says_more_than_the_same_instructor() {
        let content = content();
        assert!(content.similarity(0, 1) > content.similarity(0, 2));
        assert!(content.similarity(0, 2) > 0.0);
        assert_eq!(content.similarity(0, 3), 0.0);
        assert!((content.similarity(0, 0) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn rows_agree_with_the_cosine_of_the_pair() {
        let content = content();
        for a in 0..5 {
            for b in (0..5).filter(|b| *b != a) {
                assert!((content.rows().get(a, b) - content.similarity(a, b)).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn facets_and_interests_are_found_by_name() {
        let content = content();
        assert_eq!(content.facets(0).topics.iter().map(|topic| content.tag(*topic)).collect::<Vec<_>>(), ["rust"]);
        assert!(!content.facets(4).listed);
        assert!(content.named("ada").is_empty());
        let rust = content.named("rust")[0];
        assert!(content.has(1, rust) && !content.has(3, rust));
    }
}
