//! What the studio's pages show.

use super::author::{Author, instructor};
use super::publish::{checks, rendered};
use super::{library, queries, seed};
use crate::error::OrNotFound;
use crate::media::{self, Audience, Purpose};
use crate::{App, Member, Result, catalog, entitlement};
use model::authoring::{DraftCard, LessonDraft, LessonPreview, LessonRoom, Preview, Room};
use model::ids::LessonId;
use model::media::{MediaKind, Playable};
use store::Conn;

/// Every course of the instructor, the last edited first. Those only in the catalog get their draft on the way.
pub async fn courses(app: &App, member: &Member) -> Result<Vec<DraftCard>> {
    instructor(member)?;
    let mut conn = app.db.read().await?;
    let taught = catalog::taught_by(&mut conn, &member.id).await?;
    let mut cards = queries::cards(&mut conn, &member.id).await?;
    let missing: Vec<_> = taught.into_iter().filter(|course| cards.iter().all(|(card, _)| card.id != *course)).collect();
    if !missing.is_empty() {
        drop(conn);
        for course in &missing {
            seed::copy_back(app, course).await?;
        }
        conn = app.db.read().await?;
        cards = queries::cards(&mut conn, &member.id).await?;
    }
    let topics = catalog::topics(&mut conn).await?;
    for (card, topic) in &mut cards {
        card.topic = topics.iter().find(|known| known.slug.as_str() == topic).cloned();
    }
    Ok(cards.into_iter().map(|(card, _)| card).collect())
}

/// The course with its outline and what is missing.
pub async fn room(app: &App, author: &Author) -> Result<Room> {
    let mut conn = app.db.read().await?;
    read_room(app, &mut conn, author).await
}

async fn read_room(app: &App, conn: &mut Conn, author: &Author) -> Result<Room> {
    let draft = queries::draft(conn, author.course()).await?.or_not_found()?;
    let chapters = queries::outline(conn, author.course()).await?;
    let checks = checks(&draft, &chapters);
    let topics = catalog::topics(conn).await?;
    let basis_points = i64::from(app.settings.instructor_share_bp);
    let share = draft.price.filter(|price| !price.is_zero()).and_then(|price| price.portion(basis_points, 10_000).ok());
    let in_membership = entitlement::in_membership(conn, author.course()).await?;
    let places = catalog::places(conn, author.course()).await?;
    Ok(Room { draft, chapters, checks, topics, share, in_membership, places })
}

/// A lesson with its file and what else could be put into it.
pub async fn lesson_room(app: &App, author: &Author, lesson: &LessonId) -> Result<LessonRoom> {
    let mut conn = app.db.read().await?;
    let lesson = queries::lesson(&mut conn, author.course(), lesson).await?.or_not_found()?;
    let mut library = library::newest(&mut conn, author.account()).await?;
    let item = match &lesson.media {
        Some(file) => media::item(&mut conn, file).await?,
        None => None,
    };
    let playable = playable(app, &mut conn, author, &lesson).await?;
    library.retain(|item| item.kind != MediaKind::Image);
    Ok(LessonRoom { room: read_room(app, &mut conn, author).await?, file: item.zip(playable), lesson, library })
}

/// The course, and one lesson of it where given, as a learner would see it.
pub async fn preview(app: &App, author: &Author, lesson: Option<&LessonId>) -> Result<Preview> {
    let mut conn = app.db.read().await?;
    let room = read_room(app, &mut conn, author).await?;
    let lesson = match lesson {
        None => None,
        Some(lesson) => {
            let lesson = queries::lesson(&mut conn, author.course(), lesson).await?.or_not_found()?;
            let file = playable(app, &mut conn, author, &lesson).await?;
            Some(LessonPreview { body: rendered(&lesson.body), file, lesson })
        }
    };
    Ok(Preview { about: rendered(&room.draft.about), room, lesson })
}

async fn playable(app: &App, conn: &mut Conn, author: &Author, lesson: &LessonDraft) -> Result<Option<Playable>> {
    let Some(media) = &lesson.media else { return Ok(None) };
    media::playable(app, conn, media, Purpose::Own, Audience::Account(author.account().clone())).await
}
