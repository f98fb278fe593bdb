//! Whether a course is offered, its topics, and the counts other areas keep on it.

use super::queries;
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening};
use crate::{App, Result};
use model::catalog::Topic;
use model::ids::CourseId;
use store::Tx;

/// Takes a course out of the catalog; whoever owns it keeps it, and its address stays. Nothing changes if it is out already.
pub async fn unlist(app: &App, tx: &mut Tx, course: &CourseId) -> Result<()> {
    set_state(app, tx, course, "unlisted", Happening::CourseUnlisted).await
}

/// Offers an unlisted course again. Nothing changes if it is offered already.
pub async fn list_again(app: &App, tx: &mut Tx, course: &CourseId) -> Result<()> {
    set_state(app, tx, course, "listed", Happening::CoursePublished).await
}

async fn set_state(app: &App, tx: &mut Tx, course: &CourseId, state: &str, happening: Happening) -> Result<()> {
    queries::editions(tx, course).await?.or_not_found()?;
    if queries::set_state(tx, course, state, app.now()).await? == 1 {
        events::announce(app, tx, Event::new(happening, course)).await?;
    }
    Ok(())
}

/// Adds a topic at its place, or gives an existing one its names and place. The count of courses is not read.
pub async fn put_topic(tx: &mut Tx, position: u32, topic: &Topic) -> Result<()> {
    queries::put_topic(tx, position, topic).await
}

/// `change` more people (or fewer, below zero) may open the course. Called with the grant, in its transaction.
pub async fn count_learners(tx: &mut Tx, course: &CourseId, change: i64) -> Result<()> {
    queries::count_learners(tx, course, change).await
}

/// The course's rating moves by this many stars and reviews. Called with the review, in its transaction.
pub async fn count_review(tx: &mut Tx, course: &CourseId, stars: i64, reviews: i64) -> Result<()> {
    queries::count_review(tx, course, stars, reviews).await
}
