//! The home page.

use crate::{App, Result, catalog};
use model::storefront::Home;

/// How many courses stand on the front page.
const COURSES: usize = 12;

/// What everybody sees on the front page.
pub async fn home(app: &App) -> Result<Home> {
    let mut conn = app.db.read().await?;
    let courses = catalog::selection(&mut conn, app.now(), COURSES).await?;
    Ok(Home { topics: catalog::topics(&mut conn).await?, courses })
}
