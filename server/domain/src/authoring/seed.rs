//! Drafts of courses that came into the catalog by another way: demo content, imports.

use super::queries;
use crate::catalog::{self, Edition, EditionLesson};
use crate::error::OrNotFound;
use crate::{App, Result};
use model::Moment;
use model::ids::{CourseId, LessonId};
use std::collections::BTreeMap;
use store::Tx;

/// An edition with the Markdown it was made from.
#[derive(Debug, Clone, Copy)]
pub struct Seed<'e> {
    pub edition: &'e Edition,
    pub about: &'e str,
    /// Lessons left out keep their sanitised HTML, which is Markdown too.
    pub bodies: &'e BTreeMap<LessonId, String>,
}

/// Writes the draft of a published edition, so that its instructor can go on with it. Nothing happens where there is one.
pub async fn seed(app: &App, tx: &mut Tx, seed: Seed<'_>) -> Result<()> {
    write(tx, seed, app.now()).await
}

/// The same from what the catalog has.
pub(super) async fn copy_back(app: &App, course: &CourseId) -> Result<()> {
    let now = app.now();
    app.db
        .write(async |tx| {
            let edition = catalog::whole(tx, course).await?.or_not_found()?;
            write(tx, Seed { edition: &edition, about: edition.about.as_str(), bodies: &BTreeMap::new() }, now).await
        })
        .await
}

async fn write(tx: &mut Tx, seed: Seed<'_>, now: Moment) -> Result<()> {
    let edition = seed.edition;
    if !queries::add_published(tx, edition, seed.about, now).await? {
        return Ok(());
    }
    for (position, chapter) in (0..).zip(&edition.chapters) {
        queries::add_chapter(tx, &edition.id, &chapter.id, position, &chapter.title).await?;
        for (position, lesson) in (0..).zip(&chapter.lessons) {
            let body = body_of(seed, lesson);
            let row = queries::NewLesson {
                course: &edition.id,
                chapter: &chapter.id,
                id: &lesson.id,
                position,
                title: &lesson.title,
                kind: lesson.kind,
                body,
                media: lesson.media.as_ref(),
                preview: lesson.preview,
                seconds: lesson.seconds,
            };
            queries::add_lesson(tx, &row, now).await?;
        }
    }
    Ok(())
}

fn body_of<'s>(seed: Seed<'s>, lesson: &'s EditionLesson) -> &'s str {
    seed.bodies.get(&lesson.id).map_or(lesson.body.as_str(), String::as_str).trim()
}
