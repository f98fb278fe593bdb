//! The home page: for everybody the week's selection, for a member first where they left off and what may suit them.

use crate::{App, Result, Visitor, catalog, feed, learning};
use model::storefront::{Home, Own};

/// How many courses stand on the front page.
const COURSES: usize = 12;
/// How many of the feed.
const SUGGESTED: usize = 4;

/// The front page of whoever looks.
pub async fn home(app: &App, visitor: &Visitor) -> Result<Home> {
    let own = own(app, visitor).await?;
    let mut conn = app.db.read().await?;
    let mut courses = catalog::selection(&mut conn, app.now(), COURSES).await?;
    if let Some(me) = &visitor.me {
        let percents = learning::percents(app, &mut conn, &me.id).await?;
        courses.iter_mut().for_each(|card| card.progress = percents.get(&card.id).copied());
    }
    Ok(Home { topics: catalog::topics(&mut conn).await?, courses, own })
}

async fn own(app: &App, visitor: &Visitor) -> Result<Option<Own>> {
    let Ok(member) = visitor.member() else { return Ok(None) };
    let feed = feed::feed(app, &member, visitor.lang, None).await?;
    let name = member.me.name.to_string();
    Ok(Some(Own { name, going_on: feed.going_on, suggested: feed.items.into_iter().take(SUGGESTED).collect() }))
}
