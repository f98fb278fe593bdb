//! What a person tells the feed: by looking, and by saying what they do not want.

use super::queries::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::{App, Member, Result, accounts};
use model::ids::CourseId;
use model::time::{Span, minutes};

/// Looking again within this time says nothing new.
const SAME_LOOK: Span = minutes(30);
/// What a look says.
const LOOK: f64 = 0.1;

/// A signed-in person opened a course's page (a browser that fetches ahead did not).
pub async fn viewed(app: &App, member: &Member, course: &CourseId) -> Result<()> {
    let (uses, seen) = {
        let mut conn = app.db.read().await?;
        (accounts::feed_use(&mut conn, &member.id).await?, queries::last_look(&mut conn, &member.id, course).await?)
    };
    if !(uses.personal && uses.looked) {
        return Ok(());
    }
    if seen.is_some_and(|at| app.now().since(at) < SAME_LOOK) {
        return Ok(());
    }
    app.db
        .write(async |tx| {
            queries::add_interaction(tx, &member.id, course, Deed::Viewed, LOOK, app.now()).await?;
            announce(app, tx, Event::new(Happening::CourseViewed, course).of(&member.id)).await
        })
        .await
}

/// "Not interested": the course is not suggested again. Saying it twice changes nothing.
pub async fn dismiss(app: &App, member: &Member, course: &CourseId) -> Result<()> {
    app.db
        .write(async |tx| {
            queries::exists(tx, course).await?.then_some(()).or_not_found()?;
            if queries::add_dismissal(tx, &member.id, course, app.now()).await? {
                announce(app, tx, Event::new(Happening::ItemDismissed, course).of(&member.id)).await?;
            }
            Ok(())
        })
        .await
}

/// Takes "not interested" back.
pub async fn restore(app: &App, member: &Member, course: &CourseId) -> Result<()> {
    app.db.write(async |tx| queries::remove_dismissal(tx, &member.id, course).await).await
}

/// Forgets what this person looked at and what they hid. What they take and study is theirs and stays.
pub async fn forget(app: &App, member: &Member) -> Result<()> {
    app.db
        .write(async |tx| {
            let uses = accounts::feed_use(tx, &member.id).await?;
            queries::forget(tx, &member.id, uses, true).await?;
            announce(app, tx, Event::new(Happening::TracesForgotten, &member.id).of(&member.id)).await
        })
        .await
}
