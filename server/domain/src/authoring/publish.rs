//! Publishing: from the draft to the edition learners see, and what must be there first.

use super::author::Author;
use super::queries;
use crate::catalog::{self, Edition, EditionChapter, EditionLesson};
use crate::error::OrNotFound;
use crate::{App, Error, Result, prose};
use model::authoring::{ChapterLine, Check, Draft, DraftState, Need, items};
use model::html::SafeHtml;
use model::ids::LessonId;
use model::text::{Slug, Title};
use model::{Fault, FieldError, Moment, Problem};
use std::collections::BTreeMap;
use store::Tx;

/// What a course needs before it is published, met or not.
pub(super) fn checks(draft: &Draft, chapters: &[ChapterLine]) -> Vec<Check> {
    let check = |need, met| Check { need, met, lesson: None };
    let mut checks = vec![
        check(Need::Title, !draft.title.is_empty()),
        check(Need::Promise, !draft.promise.is_empty()),
        check(Need::Topic, !draft.topic.is_empty()),
        check(Need::Price, draft.price.is_some()),
    ];
    let lessons: Vec<_> = chapters.iter().flat_map(|chapter| &chapter.lessons).collect();
    checks.push(check(Need::Lesson, !lessons.is_empty()));
    let empty: Vec<_> = lessons.iter().filter(|lesson| !lesson.ready).collect();
    if empty.is_empty() && !lessons.is_empty() {
        checks.push(check(Need::Content, true));
    }
    checks.extend(empty.iter().map(|lesson| Check { need: Need::Content, met: false, lesson: Some(lesson.id.clone()) }));
    // what was watched of a recording counts up to its length: without one it would earn nothing and never be done
    let endless = lessons.iter().filter(|lesson| lesson.ready && lesson.kind.is_played() && lesson.seconds == 0);
    checks.extend(endless.map(|lesson| Check { need: Need::Length, met: false, lesson: Some(lesson.id.clone()) }));
    checks
}

/// Publishes the draft as the course's next edition. Refused with every unmet need as a field; published already and
/// unchanged since, nothing happens.
pub async fn publish(app: &App, author: &Author) -> Result<()> {
    app.db
        .write(async |tx| {
            let now = app.now();
            // whoever edits meanwhile waits at the draft's row, so that the edition is what the draft says it is; a second
            // click finds the course published
            queries::lock_draft(tx, author.course()).await?;
            let draft = queries::draft(tx, author.course()).await?.or_not_found()?;
            if draft.state == DraftState::Published {
                return Ok(());
            }
            let outline = queries::outline(tx, author.course()).await?;
            refuse_unready(&checks(&draft, &outline))?;
            let edition = edition(tx, author, draft, outline, now).await?;
            catalog::publish_edition(app, tx, &edition).await?;
            queries::published(tx, author.course(), edition.published_at, now).await
        })
        .await
}

fn refuse_unready(checks: &[Check]) -> Result<()> {
    let unmet: Vec<_> =
        checks.iter().filter(|check| !check.met).map(|check| FieldError::new(check.need.as_str(), Problem::Required)).collect();
    if unmet.is_empty() { Ok(()) } else { Err(Error::Fault(Fault::Invalid(unmet))) }
}

/// Takes the course out of the catalog; owners keep it. Nothing happens where it is not there.
pub async fn unpublish(app: &App, author: &Author) -> Result<()> {
    app.db
        .write(async |tx| {
            queries::lock_draft(tx, author.course()).await?;
            let draft = queries::draft(tx, author.course()).await?.or_not_found()?;
            if !draft.state.is_out() {
                return Ok(());
            }
            catalog::unlist(app, tx, author.course()).await?;
            queries::set_state(tx, author.course(), DraftState::Unlisted, app.now()).await
        })
        .await
}

async fn edition(tx: &mut Tx, author: &Author, draft: Draft, outline: Vec<ChapterLine>, now: Moment) -> Result<Edition> {
    let mut bodies: BTreeMap<LessonId, queries::Content> = queries::contents(tx, author.course()).await?;
    let mut chapters = Vec::new();
    for chapter in outline.into_iter().filter(|chapter| !chapter.lessons.is_empty()) {
        let lessons = chapter.lessons.into_iter().map(|line| {
            let content = bodies.remove(&line.id).unwrap_or_default();
            EditionLesson {
                id: line.id,
                title: line.title,
                kind: line.kind,
                seconds: line.seconds,
                preview: line.preview,
                media: content.media,
                body: rendered(&content.body),
            }
        });
        chapters.push(EditionChapter { id: chapter.id, title: chapter.title, lessons: lessons.collect() });
    }
    let unready = |field: &str| Error::field(field, Problem::Required);
    Ok(Edition {
        id: draft.id,
        slug: draft.slug,
        instructor: author.account().clone(),
        kind: draft.kind,
        level: draft.level,
        language: draft.language,
        topic: Slug::parse(&draft.topic).map_err(|_| unready("topic"))?,
        title: Title::parse(&draft.title).map_err(|_| unready("title"))?,
        promise: draft.promise,
        about: rendered(&draft.about),
        cover: draft.cover,
        tags: items(&draft.tags),
        learn: items(&draft.learn),
        suits: items(&draft.suits),
        not_for: items(&draft.not_for),
        price: draft.price.ok_or_else(|| unready("price"))?,
        compare: draft.compare,
        chapters,
        published_at: draft.published_at.unwrap_or(now),
    })
}

pub(super) fn rendered(markdown: &str) -> SafeHtml {
    if markdown.is_empty() { SafeHtml::default() } else { prose::render(markdown) }
}
