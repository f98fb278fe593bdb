//! What the learners' pages ask of the server.

#[cfg(feature = "ssr")]
use domain::learning;
use leptos::prelude::*;
use model::ids::LessonId;
#[cfg(feature = "ssr")]
use model::learning::Mark;
use model::learning::{LessonPage, Shelf, Stage};
use model::text::Slug;

/// A lesson's page; one that is locked is shown as what it is, with 403.
#[server]
pub async fn read_lesson(course: Slug, lesson: LessonId) -> Result<LessonPage, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let page = learning::lesson_page(&app, &visitor, &course, &lesson).await?;
    if page.content == model::learning::Content::Locked {
        wire::set_status(403);
    } else if let (false, Ok(member)) = (visitor.ahead, visitor.member()) {
        learning::opened(&app, &member, &course, &lesson).await?;
    }
    Ok(page)
}

/// Marks a lesson as done, or as not done.
#[cfg(feature = "ssr")]
async fn mark_lesson(course: Slug, lesson: LessonId, form: Mark) -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    learning::mark(&app, &member, &course, &lesson, form.parse()?).await?;
    Ok(wire::Next(model::routes::lesson(wire::lang(), &course, &lesson)))
}

/// One tab of "my learning": the one asked for, else what is under way, else what was not begun yet.
#[server]
pub async fn read_shelf(stage: Option<Stage>) -> Result<Shelf, wire::Error> {
    let (app, member) = wire::member()?;
    let shelf = learning::shelf(&app, &member, stage.unwrap_or(Stage::Active)).await?;
    match stage.is_none() && shelf.courses.is_empty() && shelf.count(Stage::New) > 0 {
        true => Ok(learning::shelf(&app, &member, Stage::New).await?),
        false => Ok(shelf),
    }
}

/// The form under a lesson's title.
#[cfg(feature = "ssr")]
pub const MARK: wire::Form = wire::Form {
    page: "/learn/{course}/{lesson}",
    name: "mark",
    who: wire::Who::Member,
    act: |filled| Box::pin(async move { mark_lesson(filled.param("course")?, filled.param("lesson")?, filled.read()?).await }),
};
