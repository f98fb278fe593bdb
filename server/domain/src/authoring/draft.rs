//! The draft itself: beginning one, and everything its course page will say.

use super::author::{Author, instructor};
use super::{library, queries};
use crate::{App, Error, Member, Result, catalog};
use model::authoring::{EditAddress, EditLanding, NewCourse, Saved};
use model::ids::{CourseId, MediaId};
use model::media::MediaKind;
use model::text::Slug;
use model::{Problem, Refusal};

/// Begins a course: a draft with a title, an address made of it and one empty chapter called `first_chapter`.
pub async fn begin(app: &App, member: &Member, form: NewCourse, first_chapter: &str) -> Result<Author> {
    instructor(member)?;
    let beginning = form.parse()?;
    let id: CourseId = app.new_id();
    let chapter = app.new_id();
    let slug = address(beginning.title.as_str(), &id)?;
    let now = app.now();
    app.db
        .write(async |tx| {
            queries::add_draft(tx, &id, &member.id, &slug, &beginning, now).await?;
            queries::add_chapter(tx, &id, &chapter, 0, first_chapter).await
        })
        .await?;
    Ok(Author::beginning(&member.id, &id))
}

/// An address out of the Latin letters and digits of a title, made its own by the last characters of the id.
fn address(title: &str, id: &CourseId) -> Result<Slug> {
    let mut words = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            words.push(c);
        } else if !words.ends_with('-') && !words.is_empty() {
            words.push('-');
        }
    }
    words.truncate(60);
    let words = words.trim_matches('-');
    let own: String = id.as_str().chars().rev().filter(char::is_ascii_alphanumeric).take(6).collect();
    let text = if words.is_empty() { format!("course-{own}") } else { format!("{words}-{own}") };
    Slug::parse(&text).map_err(|problem| Error::bug(format!("{text}: {problem:?}")))
}

/// Keeps the landing fields. Refused with `ChangedMeanwhile` where they were saved elsewhere since `form.version`.
pub async fn save_landing(app: &App, author: &Author, form: EditLanding) -> Result<Saved> {
    let landing = form.parse()?;
    let now = app.now();
    app.db
        .write(async |tx| {
            if let Some(topic) = &landing.topic
                && !catalog::topics(tx).await?.iter().any(|known| known.slug == *topic)
            {
                return Err(Error::field("topic", Problem::NotAChoice));
            }
            if queries::save_landing(tx, author.course(), &landing, now).await? != 1 {
                return Err(Error::refuse(Refusal::ChangedMeanwhile));
            }
            queries::touch(tx, author.course(), now).await
        })
        .await?;
    Ok(Saved { version: landing.version + 1, at: now })
}

/// Keeps the address, form and language of the course. Refused with `Taken` where another course has the address.
pub async fn save_address(app: &App, author: &Author, form: EditAddress) -> Result<()> {
    let (slug, kind, language) = form.parse()?;
    let now = app.now();
    app.db
        .write(async |tx| {
            if catalog::id_of(tx, &slug).await?.is_some_and(|other| other != *author.course()) {
                return Err(Error::field("slug", Problem::Taken));
            }
            let saved = queries::save_address(tx, author.course(), &slug, kind, language).await;
            saved.map_err(|cause| cause.taken_if("drafts.slug", "slug"))?;
            queries::touch(tx, author.course(), now).await
        })
        .await
}

/// Sets the cover picture, or takes it away; a drawn one stands in its place.
pub async fn set_cover(app: &App, author: &Author, picture: Option<&MediaId>) -> Result<()> {
    let now = app.now();
    app.db
        .write(async |tx| {
            if let Some(picture) = picture {
                let found = library::owned(tx, author.account(), picture).await?;
                if found.kind != MediaKind::Image {
                    return Err(Error::field("file", Problem::WrongKindOfFile));
                }
            }
            queries::set_cover(tx, author.course(), picture).await?;
            queries::touch(tx, author.course(), now).await
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_of_what_can_stand_in_one() {
        let id: CourseId = "0195-abcdef".parse().expect("an id");
        let slug = |title: &str| address(title, &id).expect("an address").to_string();
        assert_eq!(slug("  Notes & Queries: a start "), "notes-queries-a-start-fedcba");
        assert_eq!(slug("分析机"), "course-fedcba");
        assert!(slug(&"long ".repeat(24)).len() <= 80);
    }
}
