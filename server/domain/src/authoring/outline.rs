//! The outline: chapters and lessons, and the order they stand in.

use super::author::Author;
use super::queries;
use crate::error::OrNotFound;
use crate::{App, Error, Result};
use model::authoring::{ChapterLine, Order, Refusal, heading};
use model::catalog::LessonKind;
use model::ids::{ChapterId, CourseId, LessonId};
use model::{Moment, Problem};
use store::Tx;

/// A part of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Chapter(ChapterId),
    Lesson(LessonId),
}

/// A new chapter at the end.
pub async fn add_chapter(app: &App, author: &Author, title: &str) -> Result<ChapterId> {
    let title = heading(title)?;
    let (id, now): (ChapterId, Moment) = (app.new_id(), app.now());
    app.db
        .write(async |tx| {
            queries::touch(tx, author.course(), now).await?;
            let position = queries::chapters(tx, author.course()).await?.len();
            queries::add_chapter(tx, author.course(), &id, position as i64, &title).await
        })
        .await?;
    Ok(id)
}

/// A new lesson at the end of a chapter.
pub async fn add_lesson(app: &App, author: &Author, chapter: &ChapterId, title: &str, kind: &str) -> Result<LessonId> {
    let title = heading(title)?;
    let kind: LessonKind = kind.parse().map_err(|_| Error::field("kind", Problem::NotAChoice))?;
    let (id, now): (LessonId, Moment) = (app.new_id(), app.now());
    app.db
        .write(async |tx| {
            queries::touch(tx, author.course(), now).await?;
            let chapters = queries::chapters(tx, author.course()).await?;
            chapters.iter().find(|known| known.id == *chapter).or_not_found()?;
            let lesson = queries::NewLesson {
                course: author.course(),
                chapter,
                id: &id,
                position: queries::next_position(tx, chapter).await?,
                title: &title,
                kind,
                body: "",
                media: None,
                preview: false,
                seconds: 0,
            };
            queries::add_lesson(tx, &lesson, now).await
        })
        .await?;
    Ok(id)
}

/// Gives a chapter or a lesson another title.
pub async fn rename(app: &App, author: &Author, item: &Item, title: &str) -> Result<()> {
    let title = heading(title)?;
    let (course, now) = (author.course(), app.now());
    app.db
        .write(async |tx| {
            queries::touch(tx, course, now).await?;
            let renamed = match item {
                Item::Chapter(chapter) => queries::rename_chapter(tx, course, chapter, &title).await?,
                Item::Lesson(lesson) => queries::rename_lesson(tx, course, lesson, &title, now).await?,
            };
            one(renamed)
        })
        .await
}

/// Takes a lesson, or a chapter without lessons, out of the draft. What is published stays until the next edition.
pub async fn remove(app: &App, author: &Author, item: &Item) -> Result<()> {
    let (course, now) = (author.course(), app.now());
    app.db
        .write(async |tx| {
            queries::touch(tx, course, now).await?;
            match item {
                Item::Chapter(chapter) => {
                    let outline = queries::outline(tx, course).await?;
                    let found = outline.iter().find(|known| known.id == *chapter).or_not_found()?;
                    if !found.lessons.is_empty() {
                        return Err(Error::refuse(model::Refusal::Authoring(Refusal::ChapterHasLessons)));
                    }
                    one(queries::remove_chapter(tx, course, chapter).await?)
                }
                Item::Lesson(lesson) => one(queries::remove_lesson(tx, course, lesson).await?),
            }
        })
        .await
}

/// A change that hits no row of the course was about something that is not there.
fn one(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::not_found()) }
}

/// Puts the whole outline in order. Refused with `ChangedMeanwhile` where the order does not name exactly what there is.
pub async fn put_in_order(app: &App, author: &Author, order: &Order) -> Result<()> {
    let now = app.now();
    app.db
        .write(async |tx| {
            // the draft's row first: two orders at once wait for each other here
            queries::touch(tx, author.course(), now).await?;
            let known = order_of(&queries::outline(tx, author.course()).await?);
            if !same_things(&known, order) {
                return Err(Error::refuse(model::Refusal::ChangedMeanwhile));
            }
            write_order(tx, author.course(), order).await
        })
        .await
}

/// Moves a chapter or a lesson one place up or down; a lesson at the end of its chapter goes into the neighbouring one. At the
/// outermost ends nothing happens.
pub async fn shift(app: &App, author: &Author, item: &Item, up: bool) -> Result<()> {
    let now = app.now();
    app.db
        .write(async |tx| {
            queries::touch(tx, author.course(), now).await?;
            let known = order_of(&queries::outline(tx, author.course()).await?);
            let moved = shifted(known, item, up).or_not_found()?;
            write_order(tx, author.course(), &moved).await
        })
        .await
}

async fn write_order(tx: &mut Tx, course: &CourseId, order: &Order) -> Result<()> {
    for (position, (chapter, lessons)) in (0..).zip(&order.0) {
        queries::place_chapter(tx, course, chapter, position).await?;
        for (position, lesson) in (0..).zip(lessons) {
            queries::place_lesson(tx, course, lesson, chapter, position).await?;
        }
    }
    Ok(())
}

fn order_of(outline: &[ChapterLine]) -> Order {
    let chapters = outline.iter().map(|chapter| {
        let lessons = chapter.lessons.iter().map(|lesson| lesson.id.clone()).collect();
        (chapter.id.clone(), lessons)
    });
    Order(chapters.collect())
}

fn same_things(one: &Order, other: &Order) -> bool {
    let things = |order: &Order| {
        let mut chapters: Vec<_> = order.0.iter().map(|(chapter, _)| chapter.clone()).collect();
        let mut lessons: Vec<_> = order.0.iter().flat_map(|(_, lessons)| lessons.clone()).collect();
        chapters.sort();
        lessons.sort();
        (chapters, lessons)
    };
    things(one) == things(other)
}

/// The order with one thing moved by one place; none where it is not there.
fn shifted(mut order: Order, item: &Item, up: bool) -> Option<Order> {
    let chapters = &mut order.0;
    match item {
        Item::Chapter(chapter) => {
            let at = chapters.iter().position(|(id, _)| id == chapter)?;
            let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < chapters.len()) };
            if let Some(to) = to {
                chapters.swap(at, to);
            }
        }
        Item::Lesson(lesson) => {
            let (inside, at) = chapters
                .iter()
                .enumerate()
                .find_map(|(inside, (_, lessons))| Some((inside, lessons.iter().position(|id| id == lesson)?)))?;
            let last = chapters[inside].1.len() - 1;
            match (up, at) {
                (true, 0) if inside > 0 => {
                    let moved = chapters[inside].1.remove(0);
                    chapters[inside - 1].1.push(moved);
                }
                (true, 1..) => chapters[inside].1.swap(at, at - 1),
                (false, at) if at < last => chapters[inside].1.swap(at, at + 1),
                (false, _) if inside + 1 < chapters.len() => {
                    let moved = chapters[inside].1.remove(at);
                    chapters[inside + 1].1.insert(0, moved);
                }
                _ => (),
            }
        }
    }
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &[(&str, &[&str])]) -> Order {
        let id = |text: &&str| text.parse().expect("an id");
        Order(text.iter().map(|(chapter, lessons)| (chapter.parse().expect("an id"), lessons.iter().map(id).collect())).collect())
    }

    fn lesson(id: &str) -> Item {
        Item::Lesson(id.parse().expect("an id"))
    }

    #[test]
    fn a_lesson_walks_through_the_chapters_and_stops_at_the_ends() {
        let start = order(&[("a", &["1", "2"]), ("b", &[]), ("c", &["3"])]);
        assert_eq!(shifted(start.clone(), &lesson("1"), false), Some(order(&[("a", &["2", "1"]), ("b", &[]), ("c", &["3"])])));
        assert_eq!(shifted(start.clone(), &lesson("2"), false), Some(order(&[("a", &["1"]), ("b", &["2"]), ("c", &["3"])])));
        assert_eq!(shifted(start.clone(), &lesson("3"), true), Some(order(&[("a", &["1", "2"]), ("b", &["3"]), ("c", &[])])));
        assert_eq!(shifted(start.clone(), &lesson("1"), true), Some(start.clone()));
        assert_eq!(shifted(start.clone(), &lesson("3"), false), Some(start.clone()));
        assert_eq!(shifted(start, &lesson("9"), false), None);
    }

    #[test]
    fn a_chapter_takes_its_lessons_along() {
        let start = order(&[("a", &["1"]), ("b", &["2"])]);
        let chapter = Item::Chapter("b".parse().expect("an id"));
        assert_eq!(shifted(start, &chapter, true), Some(order(&[("b", &["2"]), ("a", &["1"])])));
    }

    #[test]
    fn an_order_names_everything_once() {
        let all = order(&[("a", &["1", "2"]), ("b", &[])]);
        assert!(same_things(&all, &order(&[("b", &["2"]), ("a", &["1"])])));
        for wrong in
            [order(&[("a", &["1"]), ("b", &[])]), order(&[("a", &["1", "2", "2"]), ("b", &[])]), order(&[("a", &["1", "2"])])]
        {
            assert!(!same_things(&all, &wrong));
        }
    }
}
