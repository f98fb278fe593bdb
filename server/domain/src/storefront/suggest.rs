//! The lines under the search field.

use crate::{App, Result, catalog};
use locale::storefront as words;
use model::browse::Suggestion;
use model::{Lang, routes};

/// Where somebody may want to go who has typed so much; topics and teachers before courses.
pub async fn suggest(app: &App, lang: Lang, typed: &str) -> Result<Vec<Suggestion>> {
    let found = catalog::suggest(&mut app.db.read().await?, typed).await?;
    let topics = found.topics.into_iter().map(|topic| Suggestion {
        text: topic.name(lang).to_owned(),
        note: words::suggested_topic(lang).to_owned(),
        href: routes::topic(lang, &topic.slug),
    });
    let teachers = found.teachers.into_iter().map(|teacher| Suggestion {
        text: teacher.name.to_string(),
        note: words::suggested_teacher(lang).to_owned(),
        href: routes::person(lang, &teacher.handle),
    });
    let courses = found.courses.into_iter().map(|course| Suggestion {
        note: course.instructor.name.to_string(),
        href: routes::course(lang, &course.slug),
        text: course.title,
    });
    Ok(topics.chain(teachers).chain(courses).collect())
}
