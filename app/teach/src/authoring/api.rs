//! What the pages of a course ask the server.

#[cfg(feature = "ssr")]
use domain::{App, authoring, authoring::Author};
use leptos::prelude::*;
use model::authoring::{DraftCard, EditAddress, EditLanding, EditLesson, EditPrice, LessonRoom, NewCourse, Preview, Room};
#[cfg(feature = "ssr")]
use model::authoring::{EditMembership, EditPlaces};
use model::ids::{ChapterId, CourseId, LessonId, MediaId};
#[cfg(feature = "ssr")]
use model::{authoring::Order, routes};
use wire::Next;

#[cfg(feature = "ssr")]
async fn author(course: &CourseId) -> Result<(App, Author), wire::Error> {
    let (app, member) = wire::member()?;
    let author = authoring::open(&app, &member, course).await?;
    Ok((app, author))
}

#[cfg(feature = "ssr")]
fn to(course: &CourseId, room: &str) -> Result<Next, wire::Error> {
    Ok(Next(routes::studio_course(wire::lang(), course, room)))
}

/// The instructor's courses.
#[server]
pub async fn read_my_courses() -> Result<Vec<DraftCard>, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(authoring::courses(&app, &member).await?)
}

/// A course's room in the studio.
#[server]
pub async fn read_room(course: CourseId) -> Result<Room, wire::Error> {
    let (app, author) = author(&course).await?;
    Ok(authoring::room(&app, &author).await?)
}

/// A lesson under work.
#[server]
pub async fn read_lesson_room(course: CourseId, lesson: LessonId) -> Result<LessonRoom, wire::Error> {
    let (app, author) = author(&course).await?;
    Ok(authoring::lesson_room(&app, &author, &lesson).await?)
}

/// The course, or a lesson of it, as a learner would see it.
#[server]
pub async fn read_preview(course: CourseId, lesson: Option<LessonId>) -> Result<Preview, wire::Error> {
    let (app, author) = author(&course).await?;
    Ok(authoring::preview(&app, &author, lesson.as_ref()).await?)
}

/// Begin a course.
#[server]
pub async fn begin_course(form: NewCourse) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    let begun = authoring::begin(&app, &member, form, locale::studio::first_chapter(wire::lang())).await?;
    to(begun.course(), "outline")
}

/// Keep the landing fields; a script is answered with the new version, or with what stands there instead.
#[server]
pub async fn keep_landing(course: CourseId, form: EditLanding) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    match authoring::save_landing(&app, &author, form).await {
        Ok(saved) => wire::reply(wire::Kept::saved(saved.version, saved.at)),
        Err(cause) => {
            let theirs = authoring::room(&app, &author).await?.draft;
            wire::reply(wire::Kept::theirs(theirs.version, super::landing_page::fields(&theirs)));
            return Err(cause.into());
        }
    }
    to(&course, "landing?done=saved")
}

/// Keep the course's address, form and language.
#[server]
pub async fn keep_address(course: CourseId, form: EditAddress) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::save_address(&app, &author, form).await?;
    to(&course, "settings?done=saved")
}

/// Set the cover, or take it away.
#[server]
pub async fn keep_cover(course: CourseId, picture: Option<MediaId>) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::set_cover(&app, &author, picture.as_ref()).await?;
    to(&course, "landing?done=saved")
}

/// Keep the price.
#[server]
pub async fn keep_price(course: CourseId, form: EditPrice) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::save_price(&app, &author, form).await?;
    to(&course, "pricing?done=saved")
}

/// Take the course into the membership, or out of it.
#[cfg(feature = "ssr")]
pub async fn keep_membership(course: CourseId, form: EditMembership) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::save_membership(&app, &author, form).await?;
    to(&course, "pricing?done=saved")
}

/// Count the places of the course, or no longer.
#[cfg(feature = "ssr")]
pub async fn keep_places(course: CourseId, form: EditPlaces) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::save_places(&app, &author, form).await?;
    to(&course, "pricing?done=saved")
}

/// Add a chapter.
#[server]
pub async fn add_chapter(course: CourseId, title: String) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    let added = authoring::add_chapter(&app, &author, &title).await?;
    to(&course, &format!("outline#chapter-{added}"))
}

/// Add a lesson and go on to it.
#[server]
pub async fn add_lesson(course: CourseId, chapter: ChapterId, title: String, kind: String) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    let added = authoring::add_lesson(&app, &author, &chapter, &title, &kind).await?;
    Ok(Next(routes::studio_lesson(wire::lang(), &course, &added)))
}

/// The thing a form is about: the chapter or the lesson it names.
#[cfg(feature = "ssr")]
fn item(chapter: Option<ChapterId>, lesson: Option<LessonId>) -> Result<authoring::Item, wire::Error> {
    let item = lesson.map(authoring::Item::Lesson).or(chapter.map(authoring::Item::Chapter));
    item.ok_or(wire::Error(model::Fault::NotFound))
}

/// Give a chapter or a lesson another title.
#[server]
pub async fn rename_item(
    course: CourseId,
    chapter: Option<ChapterId>,
    lesson: Option<LessonId>,
    title: String,
) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::rename(&app, &author, &item(chapter, lesson)?, &title).await?;
    to(&course, "outline")
}

/// Take a lesson or an empty chapter out.
#[server]
pub async fn remove_item(course: CourseId, chapter: Option<ChapterId>, lesson: Option<LessonId>) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::remove(&app, &author, &item(chapter, lesson)?).await?;
    to(&course, "outline")
}

/// Move a chapter or a lesson by one place.
#[server]
pub async fn move_item(
    course: CourseId,
    chapter: Option<ChapterId>,
    lesson: Option<LessonId>,
    up: bool,
) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::shift(&app, &author, &item(chapter, lesson)?, up).await?;
    to(&course, "outline")
}

/// Put the whole outline in order; `order` is what the page's list posts.
#[server]
pub async fn order_outline(course: CourseId, order: Vec<(String, String)>) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::put_in_order(&app, &author, &Order::parse(&order)?).await?;
    to(&course, "outline")
}

/// Keep a lesson; a script is answered with the new version, or with what stands there instead.
#[server]
pub async fn keep_lesson(course: CourseId, lesson: LessonId, form: EditLesson) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    match authoring::save_lesson(&app, &author, &lesson, form).await {
        Ok(saved) => wire::reply(wire::Kept::saved(saved.version, saved.at)),
        Err(cause) => {
            let theirs = authoring::lesson_room(&app, &author, &lesson).await?.lesson;
            wire::reply(wire::Kept::theirs(theirs.version, super::lesson_page::fields(&theirs)));
            return Err(cause.into());
        }
    }
    Ok(Next(format!("{}?done=saved", routes::studio_lesson(wire::lang(), &course, &lesson))))
}

/// Put a file into a lesson, or take it out.
#[server]
pub async fn set_lesson_file(course: CourseId, lesson: LessonId, file: Option<MediaId>) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    match file {
        Some(file) => authoring::attach(&app, &author, &lesson, &file).await?,
        None => authoring::detach(&app, &author, &lesson).await?,
    }
    Ok(Next(format!("{}?done=saved", routes::studio_lesson(wire::lang(), &course, &lesson))))
}

/// Publish the draft.
#[server]
pub async fn publish_course(course: CourseId) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::publish(&app, &author).await?;
    to(&course, "settings?done=published")
}

/// Take the course out of the catalog.
#[server]
pub async fn unpublish_course(course: CourseId) -> Result<Next, wire::Error> {
    let (app, author) = author(&course).await?;
    authoring::unpublish(&app, &author).await?;
    to(&course, "settings?done=unpublished")
}
