//! What somebody may mean while they type: topics, teachers and courses, each by name.

use super::browse::in_order;
use super::{fold, queries};
use crate::Result;
use model::accounts::Person;
use model::browse::TYPED_CHARS;
use model::catalog::{CourseCard, Topic};
use std::cmp::Reverse;
use store::Conn;

const TOPICS: usize = 2;
const TEACHERS: usize = 2;
const COURSES: usize = 5;

/// What was found; nothing for nothing typed.
#[derive(Debug, Default)]
pub struct Suggested {
    pub topics: Vec<Topic>,
    pub teachers: Vec<Person>,
    /// The best first: titles that begin so, then those that hold it, then what is otherwise about it.
    pub courses: Vec<CourseCard>,
}

/// Whatever fits all words of `typed`.
pub async fn suggest(conn: &mut Conn, typed: &str) -> Result<Suggested> {
    let typed: String = typed.chars().take(TYPED_CHARS).collect();
    let words = fold::words(&typed);
    if words.is_empty() {
        return Ok(Suggested::default());
    }
    let whole = words.join(" ");
    let named = |name: &str| {
        let name = fold::fold(name);
        words.iter().all(|word| name.contains(word))
    };
    let mut topics = queries::topics(conn).await?;
    topics.retain(|topic| topic.courses > 0 && (named(&topic.name_zh) || named(&topic.name_en)));
    topics.truncate(TOPICS);
    let mut teachers = queries::teachers_about(conn, &words).await?;
    teachers.retain(|teacher| named(teacher.name.as_str()));
    teachers.truncate(TEACHERS);
    let mut found = queries::candidates(conn, &words).await?;
    found.sort_by_cached_key(|course| {
        let fit = (course.title.starts_with(&whole), course.title.contains(&whole), course.learners);
        (Reverse(fit), course.id.to_string())
    });
    let ids: Vec<&str> = found.iter().take(COURSES).map(|course| course.id.as_str()).collect();
    let courses = in_order(&ids, queries::cards(conn, &ids).await?);
    Ok(Suggested { topics, teachers, courses })
}
