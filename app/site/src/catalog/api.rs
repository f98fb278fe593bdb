//! What the catalog's pages ask the server.

#[cfg(feature = "ssr")]
use domain::{community, storefront};
use leptos::prelude::*;
use model::Lang;
use model::browse::{Browse, Filter, Suggestion};
#[cfg(feature = "ssr")]
use model::community::WriteReview;
use model::storefront::{CoursePage, PersonPage};
use model::text::{Handle, Slug};

/// The courses that `filter` chooses, within one topic where one is given.
#[server]
pub async fn read_courses(filter: Filter, topic: Option<Slug>) -> Result<Browse, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(storefront::browse(&app, &visitor, filter, topic.as_ref()).await?)
}

/// What somebody may mean who has typed `q` so far.
#[server]
pub async fn suggest(lang: Lang, q: String) -> Result<Vec<Suggestion>, wire::Error> {
    let app = wire::app()?;
    Ok(storefront::suggest(&app, lang, &q).await?)
}

/// A course's page; only reviews with so many stars, if any.
#[server]
pub async fn read_course(slug: Slug, stars: Option<u8>, page: Option<u32>) -> Result<CoursePage, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(storefront::course_page(&app, &visitor, &slug, stars, page.unwrap_or(1)).await?)
}

/// The page of somebody who teaches.
#[server]
pub async fn read_person(handle: Handle) -> Result<PersonPage, wire::Error> {
    let app = wire::app()?;
    Ok(storefront::person_page(&app, &handle).await?)
}

/// Review a course, and come back to it.
#[cfg(feature = "ssr")]
pub async fn write_review(slug: Slug, form: WriteReview) -> Result<wire::Next, wire::Error> {
    let (app, member) = wire::member()?;
    community::write_review(&app, &member, &slug, form).await?;
    Ok(wire::Next(format!("{}#reviews", model::routes::course(wire::lang(), &slug))))
}
