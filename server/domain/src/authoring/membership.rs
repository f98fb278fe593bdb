//! Whether the course is in the membership.

use super::author::Author;
use crate::events::{Event, Happening, announce};
use crate::{App, Result, entitlement};
use model::authoring::EditMembership;

/// Takes the course into the membership or out of it, at once, also while it is a draft.
pub async fn save_membership(app: &App, author: &Author, form: EditMembership) -> Result<()> {
    app.db
        .write(async |tx| {
            entitlement::put_in_membership(tx, author.course(), form.is_on(), app.now()).await?;
            announce(app, tx, Event::new(Happening::CourseChanged, author.course()).of(author.account())).await
        })
        .await
}
