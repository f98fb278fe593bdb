//! Choosing among the listed courses. One statement reads what every match is; the counting, sorting and paging are pure.

use super::{fold, queries};
use crate::Result;
use crate::error::OrNotFound;
use model::browse::{Browse, Facet, FacetCounts, FacetValue, Filter, Length, PriceKind, Sort, WayOut};
use model::catalog::{Kind, Level, Rating, Topic};
use model::ids::CourseId;
use model::lang::ContentLang;
use model::paging::Page;
use model::text::Slug;
use std::cmp::Reverse;
use std::collections::HashMap;
use store::Conn;

/// Cards on one page.
const PER_PAGE: u32 = 24;

/// What is known of a course while it is chosen or not.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub id: CourseId,
    pub topic: Slug,
    pub kind: Kind,
    pub level: Level,
    pub language: ContentLang,
    pub free: bool,
    pub seconds: u32,
    pub rating: Rating,
    pub learners: u32,
    pub published_at: i64,
    /// Folded.
    pub title: String,
}

/// The page of courses that `filter` chooses; within one topic where `topic` is given.
pub async fn browse(conn: &mut Conn, mut filter: Filter, topic: Option<&Slug>) -> Result<Browse> {
    let topics = queries::topics(conn).await?;
    let about = match topic {
        Some(slug) => Some(topics.iter().find(|topic| topic.slug == *slug).cloned().or_not_found()?),
        None => None,
    };
    let words = fold::words(&filter.query);
    let mut found = queries::candidates(conn, &words).await?;
    if let Some(slug) = topic {
        filter.topics.clear();
        found.retain(|course| course.topic == *slug);
    }
    let facets = counted(&filter, &found, &topics, topic.is_some());
    let mut chosen: Vec<&Candidate> = found.iter().filter(|course| passes(course, &filter, None)).collect();
    let way_out = if chosen.is_empty() { way_out(&filter, &found) } else { None };
    sort(&mut chosen, filter.sort, &words);
    let total = chosen.len() as u64;
    let ids: Vec<&str> = chosen.iter().skip(offset(&filter)).take(PER_PAGE as usize).map(|course| course.id.as_str()).collect();
    let items = in_order(&ids, queries::cards(conn, &ids).await?);
    let courses = Page { items, number: filter.page, per_page: PER_PAGE, total };
    Ok(Browse { filter, courses, facets, topics, topic: about, way_out })
}

fn offset(filter: &Filter) -> usize {
    (filter.page.saturating_sub(1) as usize).saturating_mul(PER_PAGE as usize)
}

/// Cards in the order of their ids.
pub fn in_order(ids: &[&str], cards: Vec<model::catalog::CourseCard>) -> Vec<model::catalog::CourseCard> {
    let mut by_id: HashMap<String, _> = cards.into_iter().map(|card| (card.id.to_string(), card)).collect();
    ids.iter().filter_map(|id| by_id.remove(*id)).collect()
}

/// Whether the course has one of the chosen values of every facet but `except`.
fn passes(course: &Candidate, filter: &Filter, except: Option<Facet>) -> bool {
    Facet::ALL.iter().filter(|facet| Some(**facet) != except).all(|facet| has(course, filter, *facet))
}

fn has(course: &Candidate, filter: &Filter, facet: Facet) -> bool {
    fn among<T: PartialEq>(values: &[T], value: &T) -> bool {
        values.is_empty() || values.contains(value)
    }
    match facet {
        Facet::Topic => among(&filter.topics, &course.topic),
        Facet::Kind => among(&filter.kinds, &course.kind),
        Facet::Level => among(&filter.levels, &course.level),
        Facet::Price => among(&filter.prices, &price_kind(course)),
        Facet::Language => among(&filter.languages, &course.language),
        Facet::Length => among(&filter.lengths, &Length::of_seconds(course.seconds)),
        Facet::Rating => filter.at_least.is_none_or(|least| course.rating.tenths().is_some_and(|mean| mean >= least.tenths())),
    }
}

fn price_kind(course: &Candidate) -> PriceKind {
    if course.free { PriceKind::Free } else { PriceKind::Paid }
}

/// Every facet's values; a value's count respects the choices of all other facets.
fn counted(filter: &Filter, found: &[Candidate], topics: &[Topic], one_topic: bool) -> Vec<FacetCounts> {
    let facets = Facet::ALL.iter().filter(|facet| !(one_topic && **facet == Facet::Topic));
    let counts = facets.map(|facet| {
        let here: Vec<&Candidate> = found.iter().filter(|course| passes(course, filter, Some(*facet))).collect();
        let chosen = filter.values(*facet);
        let values = all_values(*facet, topics).into_iter().map(|value| {
            let count = here.iter().filter(|course| is(course, *facet, &value)).count();
            FacetValue { count: u32::try_from(count).unwrap_or(u32::MAX), chosen: chosen.contains(&value), value }
        });
        FacetCounts { facet: *facet, values: values.filter(|value| value.count > 0 || value.chosen).collect() }
    });
    counts.filter(|facet| !facet.values.is_empty()).collect()
}

fn all_values(facet: Facet, topics: &[Topic]) -> Vec<String> {
    fn texts<T: ToString>(values: &[T]) -> Vec<String> {
        values.iter().map(T::to_string).collect()
    }
    match facet {
        Facet::Topic => topics.iter().map(|topic| topic.slug.to_string()).collect(),
        Facet::Kind => texts(Kind::ALL),
        Facet::Level => texts(Level::ALL),
        Facet::Price => texts(PriceKind::ALL),
        Facet::Language => texts(ContentLang::ALL),
        Facet::Length => texts(Length::ALL),
        Facet::Rating => texts(model::browse::AtLeast::ALL),
    }
}

/// Whether the course has this one value.
fn is(course: &Candidate, facet: Facet, value: &str) -> bool {
    match facet {
        Facet::Topic => course.topic.as_str() == value,
        Facet::Kind => course.kind.as_str() == value,
        Facet::Level => course.level.as_str() == value,
        Facet::Price => price_kind(course).as_str() == value,
        Facet::Language => course.language.as_str() == value,
        Facet::Length => Length::of_seconds(course.seconds).as_str() == value,
        Facet::Rating => {
            let least = value.parse::<model::browse::AtLeast>().map_or(u32::MAX, |least| least.tenths());
            course.rating.tenths().is_some_and(|mean| mean >= least)
        }
    }
}

/// The facet without which there is most to see.
fn way_out(filter: &Filter, found: &[Candidate]) -> Option<WayOut> {
    let narrowing = Facet::ALL.iter().filter(|facet| !filter.values(**facet).is_empty());
    let outs = narrowing.map(|facet| {
        let courses = found.iter().filter(|course| passes(course, filter, Some(*facet))).count();
        WayOut { facet: *facet, courses: u32::try_from(courses).unwrap_or(u32::MAX) }
    });
    outs.filter(|out| out.courses > 0).max_by_key(|out| out.courses)
}

fn sort(chosen: &mut [&Candidate], by: Sort, words: &[String]) {
    match by {
        Sort::Relevance => {
            chosen.sort_by_key(|c| (Reverse(fit(c, words)), Reverse(c.learners), Reverse(c.published_at), c.id.clone()))
        }
        Sort::Newest => chosen.sort_by_key(|c| (Reverse(c.published_at), c.id.clone())),
        Sort::Rating => chosen.sort_by_key(|c| (Reverse(esteem(c.rating)), Reverse(c.rating.reviews), c.id.clone())),
        Sort::Length => chosen.sort_by_key(|c| (c.seconds, c.id.clone())),
    }
}

/// How many of the words stand in the title; a title that starts with the first word counts one more.
fn fit(course: &Candidate, words: &[String]) -> usize {
    let inside = words.iter().filter(|word| course.title.contains(word.as_str())).count();
    inside + usize::from(words.first().is_some_and(|word| course.title.starts_with(word.as_str())))
}

/// The mean in hundredths of a star, drawn towards 4 as if four more people had said so: one enthusiast is not a crowd.
fn esteem(rating: Rating) -> u32 {
    (rating.stars + 16) * 100 / (rating.reviews + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_enthusiast_does_not_outrank_a_crowd() {
        let (one, crowd) = (Rating { stars: 5, reviews: 1 }, Rating { stars: 47 * 4 + 12 * 5, reviews: 59 });
        assert!(esteem(one) < esteem(Rating { stars: 48, reviews: 10 }));
        assert!(esteem(one) > esteem(crowd) - 20);
    }
}
