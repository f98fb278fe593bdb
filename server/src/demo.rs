//! Demo content: a small believable school, written by us (`server/demo/`), with people who learn there.
//!
//! Everything goes in by the same verbs that people use, under a clock that is set into the past, in one transaction:
//! after a crash there is either all of it or none.

mod content;
mod courses;
mod files;
mod history;
mod market;
mod membership;
mod past;
mod people;

use domain::App;
use past::Past;

/// The password of the demo's cast.
pub const PASSWORD: &str = "lectern-demo";

/// What was loaded.
#[derive(Debug, Default, Clone, Copy)]
pub struct Loaded {
    pub courses: usize,
    pub people: usize,
}

/// Loads the demo content; nothing happens, and none is returned, where it is there already.
pub async fn load(app: &App) -> Result<Option<Loaded>, String> {
    if people::are_there(app).await.map_err(told)? {
        return Ok(None);
    }
    let content = content::read()?;
    let past = Past::of(app);
    let files = files::store(&past.app, &content).await?;
    let cast = people::prepare(&past.app, &content.people).await.map_err(told)?;
    let (past, files, cast, content) = (&past, &files, &cast, &content);
    let loaded = app
        .db
        .write(async |tx| {
            people::enter(past, tx, cast).await?;
            let media = files::enter(past, tx, files, cast).await?;
            let shelf = courses::publish(past, tx, content, cast, &media).await?;
            history::happen(past, tx, content, cast, &shelf).await?;
            market::open(past, tx, cast, &shelf).await?;
            membership::begin(past, tx, content, cast, &shelf).await?;
            Ok::<_, domain::Error>(Loaded { courses: content.courses.len(), people: cast.len() })
        })
        .await
        .map_err(told)?;
    Ok(Some(loaded))
}

fn told(cause: domain::Error) -> String {
    format!("the demo content could not be loaded: {cause}")
}
