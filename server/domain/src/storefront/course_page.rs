//! The page of one course: what its edition says, what learners say, and how far it is open to who looks.

use crate::error::OrNotFound;
use crate::{App, Error, Result, Visitor, catalog, community, earnings, entitlement, feed, learning, orders};
use model::catalog::OutlineChapter;
use model::entitlement::Access;
use model::ids::LessonId;
use model::storefront::{CoursePage, PersonPage};
use model::text::{Handle, Slug};

/// How many similar courses are shown.
const SIMILAR: i64 = 4;

/// The page of the course at `slug`; reviews with `stars` alone where given, and which page of them.
/// An unlisted course is there for its owners only.
pub async fn course_page(app: &App, visitor: &Visitor, slug: &Slug, stars: Option<u8>, page: u32) -> Result<CoursePage> {
    let mut conn = app.db.read().await?;
    let course = catalog::course(&mut conn, slug).await?.or_not_found()?;
    let id = course.card.id.clone();
    let me = visitor.me.as_ref().map(|me| &me.id);
    let access = entitlement::may_open(&mut conn, me, &id, app.now()).await?;
    if access == Access::Closed {
        return Err(Error::not_found());
    }
    let own_review = match me {
        Some(me) => community::own_review(&mut conn, &id, me).await?,
        None => None,
    };
    let handle = course.card.instructor.handle.clone();
    let teacher = match catalog::teacher(&mut conn, &handle).await? {
        Some(teacher) => teacher,
        None => without_courses(&course),
    };
    let chapters = match me {
        Some(me) => learning::outline(&mut conn, &id, me).await?,
        None => course.chapters,
    };
    let resume = if access.is_open() { next_lesson(&chapters) } else { None };
    // a visitor's page is kept for a while; whether there is a place is found out by whoever comes to take it
    let places_left = match me {
        Some(_) => orders::places_left(&mut conn, &id).await?.map(|left| u32::try_from(left).unwrap_or_default()),
        None => None,
    };
    let page = CoursePage {
        in_membership: entitlement::in_membership(&mut conn, &id).await?,
        places_left,
        reviews: community::reviews(&mut conn, &id, stars, page).await?,
        bundles: catalog::bundled::with_course(&mut conn, &id).await?,
        similar: catalog::similar(&mut conn, &id, SIMILAR).await?,
        topics: catalog::topics(&mut conn).await?,
        topic: course.topic,
        about: course.about,
        tags: course.tags,
        learn: course.learn,
        suits: course.suits,
        not_for: course.not_for,
        chapters,
        updated_at: course.updated_at,
        listed: course.listed,
        course: course.card,
        teacher,
        access,
        resume,
        refunds: earnings::policy_of(&mut conn, &id).await?,
        own_review,
    };
    drop(conn);
    if let (Ok(member), false) = (visitor.member(), access.is_open() || visitor.ahead) {
        feed::viewed(app, &member, &id).await?;
    }
    Ok(page)
}

/// The first lesson that is not done; the first of all where everything is.
fn next_lesson(chapters: &[OutlineChapter]) -> Option<LessonId> {
    let lessons = || chapters.iter().flat_map(|chapter| &chapter.lessons);
    lessons().find(|lesson| !lesson.done).or_else(|| lessons().next()).map(|lesson| lesson.id.clone())
}

/// Whose only course is unlisted.
fn without_courses(course: &catalog::Course) -> model::storefront::Teacher {
    let person = course.card.instructor.clone();
    model::storefront::Teacher { person, bio: String::new(), courses: 0, learners: 0, rating: Default::default() }
}

/// The page of somebody who teaches.
pub async fn person_page(app: &App, handle: &Handle) -> Result<PersonPage> {
    let mut conn = app.db.read().await?;
    let teacher = catalog::teacher(&mut conn, handle).await?.or_not_found()?;
    Ok(PersonPage { teacher, courses: catalog::courses_of(&mut conn, handle).await?, topics: catalog::topics(&mut conn).await? })
}
