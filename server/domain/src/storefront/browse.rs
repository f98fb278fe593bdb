//! The catalog's pages, with how far the person looking is in what they have.

use crate::{App, Result, Visitor, catalog, learning};
use model::browse::{Browse, Filter};
use model::text::Slug;

/// The courses that `filter` chooses, within one topic where one is given.
pub async fn browse(app: &App, visitor: &Visitor, filter: Filter, topic: Option<&Slug>) -> Result<Browse> {
    let mut conn = app.db.read().await?;
    let mut page = catalog::browse(&mut conn, filter, topic).await?;
    if let Some(me) = &visitor.me {
        let percents = learning::percents(app, &mut conn, &me.id).await?;
        page.courses.items.iter_mut().for_each(|card| card.progress = percents.get(&card.id).copied());
    }
    Ok(page)
}
