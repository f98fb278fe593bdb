//! The demo's topics and courses, each published on its day.

use super::content::{self, Content, Course, Lesson};
use super::files::Library;
use super::past::Past;
use super::people::Cast;
use domain::authoring::{self, Seed};
use domain::catalog::{self, Edition, EditionChapter, EditionLesson};
use domain::{Error, Result, prose};
use model::catalog::Topic;
use model::html::SafeHtml;
use model::ids::LessonId;
use model::text::{Slug, Title};
use model::time::days;
use model::{Currency, Money};
use std::collections::BTreeMap;
use store::Tx;

/// The editions that were published, in the order of the content's courses.
pub type Shelf = Vec<Edition>;

/// Publishes everything, the oldest first.
pub async fn publish(past: &Past, tx: &mut Tx, content: &Content, cast: &Cast, library: &Library) -> Result<Shelf> {
    let mut shelf = Shelf::new();
    for (position, topic) in content.topics.iter().enumerate() {
        let topic = Topic {
            slug: slug(&topic.slug)?,
            name_zh: topic.name_zh.clone(),
            name_en: topic.name_en.clone(),
            blurb_zh: topic.blurb_zh.clone(),
            blurb_en: topic.blurb_en.clone(),
            courses: 0,
        };
        catalog::put_topic(tx, u32::try_from(position).unwrap_or(u32::MAX), &topic).await?;
    }
    for course in &content.courses {
        past.go_back(days(course.published_days_ago));
        let edition = edition(past, course, cast, library)?;
        catalog::publish_edition(&past.app, tx, &edition).await?;
        let bodies = written(course, &edition)?;
        authoring::seed(&past.app, tx, Seed { edition: &edition, about: &course.about, bodies: &bodies }).await?;
        shelf.push(edition);
    }
    Ok(shelf)
}

/// The lessons' texts as they were written, for their author to go on with.
fn written(course: &Course, edition: &Edition) -> Result<BTreeMap<LessonId, String>> {
    let texts = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    let lessons = edition.chapters.iter().flat_map(|chapter| &chapter.lessons);
    let mut written = BTreeMap::new();
    for (file, lesson) in texts.zip(lessons).filter_map(|(text, lesson)| Some((text.text.as_ref()?, lesson))) {
        written.insert(lesson.id.clone(), content::text(&format!("lessons/{file}")).map_err(Error::bug)?.to_owned());
    }
    Ok(written)
}

fn edition(past: &Past, course: &Course, cast: &Cast, library: &Library) -> Result<Edition> {
    let instructor = cast.instructor(&course.instructor).ok_or_else(|| mistake(course, "its instructor is nobody"))?;
    let chapters = course
        .chapters
        .iter()
        .map(|chapter| {
            let lessons = chapter.lessons.iter().map(|one| lesson(past, course, one, library)).collect::<Result<_>>()?;
            Ok(EditionChapter { id: past.app.new_id(), title: chapter.title.clone(), lessons })
        })
        .collect::<Result<_>>()?;
    Ok(Edition {
        id: past.app.new_id(),
        slug: slug(&course.slug)?,
        instructor: instructor.clone(),
        kind: course.kind,
        level: course.level,
        language: course.language,
        topic: slug(&course.topic)?,
        title: Title::parse(&course.title).map_err(|problem| mistake(course, problem))?,
        promise: course.promise.clone(),
        about: prose::render(&course.about),
        cover: None,
        tags: course.tags.clone(),
        learn: course.learn.clone(),
        suits: course.suits.clone(),
        not_for: course.not_for.clone(),
        price: Money::new(course.price_minor, Currency::Cny),
        compare: course.compare_minor.map(|minor| Money::new(minor, Currency::Cny)),
        chapters,
        published_at: past.days_ago(course.published_days_ago),
    })
}

fn lesson(past: &Past, course: &Course, lesson: &Lesson, library: &Library) -> Result<EditionLesson> {
    let media = match &lesson.media {
        Some(file) => Some(library.get(&(course.instructor.clone(), file.clone())).ok_or_else(|| mistake(course, file))?),
        None => None,
    };
    let body = match &lesson.text {
        Some(file) => prose::render(content::text(&format!("lessons/{file}")).map_err(Error::bug)?),
        None => SafeHtml::default(),
    };
    // a recording is as long as it is; reading takes what its author thinks
    let seconds = media.map(|(_, seconds)| *seconds).filter(|seconds| *seconds > 0).unwrap_or(lesson.seconds);
    Ok(EditionLesson {
        id: past.app.new_id(),
        title: lesson.title.clone(),
        kind: lesson.kind,
        seconds,
        preview: lesson.preview,
        media: media.map(|(id, _)| id.clone()),
        body,
    })
}

fn slug(text: &str) -> Result<Slug> {
    Slug::parse(text).map_err(|problem| Error::bug(format!("{text}: {problem:?}")))
}

fn mistake(course: &Course, what: impl std::fmt::Debug) -> Error {
    Error::bug(format!("{}: {what:?}", course.slug))
}
