//! Choosing among courses: what may be filtered by, and how a choice stands in an address.

use crate::catalog::{CourseCard, Kind, Level, Topic};
use crate::lang::ContentLang;
use crate::paging::{Page, page_number};
use crate::text::Slug;
use crate::viewer::Query;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The longest text that is answered with suggestions, in characters.
pub const TYPED_CHARS: usize = 60;

/// A line under the search field while somebody types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub text: String,
    /// What it is: a course of somebody's, a teacher, a topic.
    pub note: String,
    pub href: String,
}

crate::words! {
    pub enum PriceKind {
        Free = "free",
        Paid = "paid",
    }
}

crate::words! {
    /// How long all lessons are together.
    pub enum Length {
        /// Up to a quarter of an hour.
        Short = "short",
        /// Up to an hour.
        Hour = "hour",
        Long = "long",
    }
}

impl Length {
    pub const fn of_seconds(seconds: u32) -> Length {
        match seconds {
            0..=900 => Length::Short,
            901..=3600 => Length::Hour,
            _ => Length::Long,
        }
    }
}

crate::words! {
    /// The least mean rating.
    pub enum AtLeast {
        FourAndHalf = "4.5",
        Four = "4",
        ThreeAndHalf = "3.5",
    }
}

impl AtLeast {
    /// In tenths of a star.
    pub const fn tenths(self) -> u32 {
        match self {
            AtLeast::FourAndHalf => 45,
            AtLeast::Four => 40,
            AtLeast::ThreeAndHalf => 35,
        }
    }
}

crate::words! {
    pub enum Sort {
        /// What fits the words best; without words, what most people chose.
        Relevance = "relevance",
        Newest = "newest",
        Rating = "rating",
        /// Shortest first.
        Length = "length",
    }
}

crate::words! {
    /// A property of courses that can be filtered by; its word is the field's name in the address.
    pub enum Facet {
        Topic = "topic",
        Kind = "kind",
        Level = "level",
        Price = "price",
        Language = "language",
        Length = "length",
        Rating = "rating",
    }
}

/// The longest query that is searched for, in characters.
pub const QUERY_CHARS: usize = 200;

/// A choice among all courses. Values of one facet widen the choice, facets narrow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    pub query: String,
    pub topics: Vec<Slug>,
    pub kinds: Vec<Kind>,
    pub levels: Vec<Level>,
    pub prices: Vec<PriceKind>,
    pub languages: Vec<ContentLang>,
    pub lengths: Vec<Length>,
    pub at_least: Option<AtLeast>,
    pub sort: Sort,
    pub page: u32,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            query: String::new(),
            topics: Vec::new(),
            kinds: Vec::new(),
            levels: Vec::new(),
            prices: Vec::new(),
            languages: Vec::new(),
            lengths: Vec::new(),
            at_least: None,
            sort: Sort::Relevance,
            page: 1,
        }
    }
}

fn chosen<T: FromStr + Ord>(query: &Query, facet: Facet) -> Vec<T> {
    let mut values: Vec<T> = query.all(facet.as_str()).into_iter().take(32).filter_map(|value| value.parse().ok()).collect();
    values.sort();
    values.dedup();
    values
}

impl Filter {
    /// Reads an address. What is unknown in it is passed over: an old link still shows something.
    pub fn read(query: &Query) -> Filter {
        Filter {
            query: query.get("q").unwrap_or_default().trim().chars().take(QUERY_CHARS).collect(),
            topics: chosen(query, Facet::Topic),
            kinds: chosen(query, Facet::Kind),
            levels: chosen(query, Facet::Level),
            prices: chosen(query, Facet::Price),
            languages: chosen(query, Facet::Language),
            lengths: chosen(query, Facet::Length),
            at_least: query.get(Facet::Rating.as_str()).and_then(|value| value.parse().ok()),
            sort: query.get("sort").and_then(|value| value.parse().ok()).unwrap_or(Sort::Relevance),
            page: page_number(query.get("page")),
        }
    }

    /// The values chosen of one facet.
    pub fn values(&self, facet: Facet) -> Vec<String> {
        fn texts<T: ToString>(values: &[T]) -> Vec<String> {
            values.iter().map(T::to_string).collect()
        }
        match facet {
            Facet::Topic => texts(&self.topics),
            Facet::Kind => texts(&self.kinds),
            Facet::Level => texts(&self.levels),
            Facet::Price => texts(&self.prices),
            Facet::Language => texts(&self.languages),
            Facet::Length => texts(&self.lengths),
            Facet::Rating => self.at_least.iter().map(ToString::to_string).collect(),
        }
    }

    /// The same choice without one value of a facet, from its first page.
    pub fn without(&self, facet: Facet, value: &str) -> Filter {
        fn keep<T: ToString>(values: &mut Vec<T>, value: &str) {
            values.retain(|one| one.to_string() != value);
        }
        let mut other = Filter { page: 1, ..self.clone() };
        match facet {
            Facet::Topic => keep(&mut other.topics, value),
            Facet::Kind => keep(&mut other.kinds, value),
            Facet::Level => keep(&mut other.levels, value),
            Facet::Price => keep(&mut other.prices, value),
            Facet::Language => keep(&mut other.languages, value),
            Facet::Length => keep(&mut other.lengths, value),
            Facet::Rating => other.at_least = None,
        }
        other
    }

    /// The same choice without a facet.
    pub fn without_any(&self, facet: Facet) -> Filter {
        self.values(facet).iter().fold(self.clone(), |filter, value| filter.without(facet, value))
    }

    /// Whether any facet narrows the choice.
    pub fn narrows(&self) -> bool {
        Facet::ALL.iter().any(|facet| !self.values(*facet).is_empty())
    }

    /// As the query of an address, without the page: `?kind=course&sort=newest`, or nothing.
    pub fn address(&self) -> String {
        let mut pairs = Vec::new();
        if !self.query.is_empty() {
            pairs.push(format!("q={}", encoded(&self.query)));
        }
        for facet in Facet::ALL {
            pairs.extend(self.values(*facet).iter().map(|value| format!("{facet}={}", encoded(value))));
        }
        if self.sort != Sort::Relevance {
            pairs.push(format!("sort={}", self.sort));
        }
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// Percent-encoded for a query (RFC 3986: everything but unreserved characters).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// One value of a facet with the number of courses one would see with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    pub value: String,
    pub count: u32,
    pub chosen: bool,
}

/// A facet with its values; those that nothing has and nobody chose are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCounts {
    pub facet: Facet,
    pub values: Vec<FacetValue>,
}

/// For an empty choice: the facet whose removal brings back the most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayOut {
    pub facet: Facet,
    /// How many courses one sees without it.
    pub courses: u32,
}

/// A page of courses with everything to choose by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Browse {
    pub filter: Filter,
    pub courses: Page<CourseCard>,
    pub facets: Vec<FacetCounts>,
    /// All topics, for names and links.
    pub topics: Vec<Topic>,
    /// The topic the page is about, if it is about one.
    pub topic: Option<Topic>,
    pub way_out: Option<WayOut>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Query(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn an_address_is_read_and_written_back() {
        let filter = Filter::read(&query("kind=column&kind=course&kind=nonsense&price=free&sort=newest&page=3&q=概率"));
        assert_eq!(filter.kinds, [Kind::Course, Kind::Column]);
        assert_eq!(filter.page, 3);
        assert_eq!(filter.address(), "?q=%E6%A6%82%E7%8E%87&kind=course&kind=column&price=free&sort=newest");
        assert_eq!(filter.without(Facet::Kind, "column").address(), "?q=%E6%A6%82%E7%8E%87&kind=course&price=free&sort=newest");
        assert_eq!(Filter::default().address(), "");
    }
}
