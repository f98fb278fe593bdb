//! One course as everyone may read it, and the person who teaches it.

use super::queries;
use crate::Result;
use model::Moment;
use model::catalog::{CourseCard, OutlineChapter, Topic};
use model::html::SafeHtml;
use model::ids::CourseId;
use model::storefront::Teacher;
use model::text::{Handle, Slug};
use store::Conn;

/// A course with everything its edition says.
#[derive(Debug, Clone)]
pub struct Course {
    pub card: CourseCard,
    pub about: SafeHtml,
    pub listed: bool,
    pub updated_at: Moment,
    pub topic: Topic,
    pub tags: Vec<String>,
    pub learn: Vec<String>,
    pub suits: Vec<String>,
    pub not_for: Vec<String>,
    pub chapters: Vec<OutlineChapter>,
}

/// The course at this address, listed or not; whoever shows an unlisted one has checked who asks.
pub async fn course(conn: &mut Conn, slug: &Slug) -> Result<Option<Course>> {
    let Some(head) = queries::course_head(conn, slug).await? else { return Ok(None) };
    let id = head.card.id.clone();
    let mut points = queries::points(conn, &id).await?;
    let mut of_kind = |kind: &str| {
        let (these, others): (Vec<_>, Vec<_>) = std::mem::take(&mut points).into_iter().partition(|(k, _)| k == kind);
        points = others;
        these.into_iter().map(|(_, text)| text).collect::<Vec<String>>()
    };
    let (learn, suits, not_for) = (of_kind("learn"), of_kind("suits"), of_kind("not_for"));
    Ok(Some(Course {
        tags: queries::tags(conn, &id).await?,
        chapters: outline(conn, &id).await?,
        learn,
        suits,
        not_for,
        topic: head.topic,
        about: head.about,
        listed: head.listed,
        updated_at: head.updated_at,
        card: head.card,
    }))
}

/// The chapters with their lessons, in order; none of them done.
pub async fn outline(conn: &mut Conn, course: &CourseId) -> Result<Vec<OutlineChapter>> {
    let mut chapters: Vec<(String, OutlineChapter)> = Vec::new();
    for (chapter, title, lesson) in queries::outline(conn, course).await? {
        if chapters.last().is_none_or(|(last, _)| *last != chapter) {
            chapters.push((chapter, OutlineChapter { title, lessons: Vec::new() }));
        }
        if let (Some((_, open)), Some(lesson)) = (chapters.last_mut(), lesson) {
            open.lessons.push(lesson);
        }
    }
    Ok(chapters.into_iter().map(|(_, chapter)| chapter).collect())
}

/// Courses that resemble this one: shared tags count most, then the topic, then the language; never the course itself.
pub async fn similar(conn: &mut Conn, course: &CourseId, limit: i64) -> Result<Vec<CourseCard>> {
    queries::similar(conn, course, limit).await
}

/// Somebody with listed courses, as everyone sees them.
pub async fn teacher(conn: &mut Conn, handle: &Handle) -> Result<Option<Teacher>> {
    queries::teacher(conn, handle).await
}

/// Their listed courses, the newest first.
pub async fn courses_of(conn: &mut Conn, handle: &Handle) -> Result<Vec<CourseCard>> {
    queries::courses_of(conn, handle).await
}

/// The courses of the front page: the week's draw among the best loved, in an order that changes every Monday (UTC).
pub async fn selection(conn: &mut Conn, now: Moment, count: usize) -> Result<Vec<CourseCard>> {
    // the epoch was a Thursday
    let week = (now.day() + 3).div_euclid(7);
    let mut candidates = queries::candidates(conn, &[]).await?;
    let worth =
        |c: &super::browse::Candidate| (c.rating.stars + 16) * 100 / (c.rating.reviews + 4) + draw(c.id.as_str(), week) % 60;
    candidates.sort_by_cached_key(|c| std::cmp::Reverse((worth(c), c.id.clone())));
    let ids: Vec<&str> = no_topic_in_a_row(&candidates, count, |c| &c.topic).into_iter().map(|c| c.id.as_str()).collect();
    Ok(super::browse::in_order(&ids, queries::cards(conn, &ids).await?))
}

/// A number from 0 to 2³² that is the same all week.
fn draw(id: &str, week: i64) -> u32 {
    let bytes = id.bytes().chain(week.to_le_bytes());
    bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// So many of them, the best first, and the next of another topic wherever there is one.
fn no_topic_in_a_row<T, K: PartialEq>(all: &[T], count: usize, topic: impl Fn(&T) -> &K) -> Vec<&T> {
    let mut taken = vec![false; all.len()];
    let mut spread: Vec<&T> = Vec::new();
    while spread.len() < count.min(all.len()) {
        let last = spread.last().map(|one| topic(one));
        let free = || all.iter().zip(&taken).enumerate().filter(|(_, (_, taken))| !**taken);
        let another = free().find(|(_, (one, _))| Some(topic(one)) != last).or_else(|| free().next());
        let Some((at, (one, _))) = another else { break };
        taken[at] = true;
        spread.push(one);
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn topics_take_turns_as_long_as_there_is_another() {
        let all = [(1, 'a'), (2, 'a'), (3, 'a'), (4, 'b')];
        let numbers = |count| no_topic_in_a_row(&all, count, |(_, topic)| topic).iter().map(|(n, _)| *n).collect::<Vec<_>>();
        assert_eq!(numbers(9), [1, 4, 2, 3]);
        assert_eq!(numbers(2), [1, 4]);
    }

    #[test]
    fn a_large_school_is_not_walked_for_the_few_that_are_shown() {
        let all: Vec<(u32, u32)> = (0..5_000).map(|n| (n, n % 3)).collect();
        let looked = Cell::new(0);
        let few = no_topic_in_a_row(&all, 12, |(_, topic)| {
            looked.set(looked.get() + 1);
            topic
        });
        assert_eq!(few.len(), 12);
        assert!(looked.get() < 200, "{}", looked.get());
    }
}
