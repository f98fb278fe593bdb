//! How many may have the course.

use super::author::Author;
use crate::events::{Event, Happening, announce};
use crate::{App, Result, catalog};
use model::authoring::EditPlaces;

/// From now on so many may have the course, those included who have it; also while it is a draft. Nobody loses a place by it.
pub async fn save_places(app: &App, author: &Author, form: EditPlaces) -> Result<()> {
    let places = form.parse()?;
    app.db
        .write(async |tx| {
            catalog::set_places(tx, author.course(), places).await?;
            announce(app, tx, Event::new(Happening::CourseChanged, author.course()).of(author.account())).await
        })
        .await
}
