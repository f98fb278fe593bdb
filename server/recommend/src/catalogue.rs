//! What the items are about.

use std::collections::BTreeMap;

use crate::csv::{self, Table};
use crate::refusal::Refusal;

/// A statement about an item: `topic = rust`, `instructor = ada`, `level = beginner`, `language = zh`, `tag = async`.
/// Relations that are not known to this crate count as tags.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Feature {
    pub relation: String,
    pub tag: String,
}

/// What kind of statement a relation makes, and so how much it says about what to learn next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Topic,
    Instructor,
    Level,
    Language,
    Tag,
}

impl Feature {
    pub fn new(relation: &str, tag: &str) -> Self {
        Self { relation: relation.to_owned(), tag: tag.to_owned() }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self.relation.as_str() {
            "topic" | "category" => Kind::Topic,
            "instructor" | "teacher" | "author" => Kind::Instructor,
            "level" => Kind::Level,
            "language" => Kind::Language,
            _ => Kind::Tag,
        }
    }
}

impl Kind {
    pub fn weight(self) -> f32 {
        match self {
            Self::Topic | Self::Tag => 1.0,
            Self::Instructor => 0.7,
            Self::Level | Self::Language => 0.3,
        }
    }
}

/// One item. `published` is in Unix seconds, where that is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    pub features: Vec<Feature>,
    pub published: Option<f64>,
}

/// The items by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    pub(crate) items: BTreeMap<String, Item>,
}

impl Catalogue {
    /// Adds an item, or replaces what was said about it.
    pub fn add(&mut self, id: &str, item: Item) {
        self.items.insert(id.to_owned(), item);
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Reads CSV with the header `item,relation,tag`, any number of rows for an item. A row with an empty tag says
    /// only that the item exists.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut catalogue = Self::default();
        for row in Table::open(text, ["item", "relation", "tag"], "item,relation,tag")? {
            let (line, [item, relation, tag]) = row?;
            let item = catalogue.items.entry(csv::text(line, "item", &item)?).or_default();
            if !tag.trim().is_empty() {
                item.features.push(Feature::new(relation.trim(), tag.trim()));
            }
        }
        Ok(catalogue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_collects_its_rows() {
        let catalogue = Catalogue::parse("item,relation,tag\nc1,topic,rust\nc1,level,beginner\nc2,,\n").unwrap();
        assert_eq!(catalogue.len(), 2);
        assert_eq!(catalogue.items["c1"].features, [Feature::new("topic", "rust"), Feature::new("level", "beginner")]);
        assert!(catalogue.items["c2"].features.is_empty());
    }

    #[test]
    fn a_row_without_an_item_is_refused() {
        let refusal = Catalogue::parse("item,relation,tag\n,topic,rust\n").unwrap_err();
        assert_eq!(refusal.to_string(), "line 2: `item` is empty");
    }
}
