//! The model fitted over everybody, in memory: shared by all requests, replaced as a whole.

use super::queries;
use crate::events::{self, Happening, Position};
use crate::{App, Error, Result};
use model::Lang;
use recommend::{Interactions, Model, Settings};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// The newest so many interactions are fitted; older ones say little.
const MOST_INTERACTIONS: i64 = 400_000;
/// A new model is fitted when this part of what was fitted is new…
const CHANGED: f64 = 0.02;
/// …or this many interactions, whichever is more.
const CHANGED_AT_LEAST: usize = 20;
/// Two fits are at least this far apart.
const PAUSE: Duration = Duration::from_secs(2);
/// The log is looked at this often even if nobody rings.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// A fitted model with what is needed to name things.
pub struct Fitted {
    pub model: Model,
    pub interactions: usize,
    topics: BTreeMap<String, (String, String)>,
}

impl Fitted {
    /// A topic's name; its slug where it has none yet.
    pub fn topic(&self, slug: &str, lang: Lang) -> String {
        match (self.topics.get(slug), lang) {
            (Some((zh, _)), Lang::Zh) => zh.clone(),
            (Some((_, en)), Lang::En) => en.clone(),
            (None, _) => slug.to_owned(),
        }
    }
}

/// The model of this process. Empty until the first question or the first round of [`keep_fitted`].
#[derive(Default)]
pub struct Live {
    now: RwLock<Option<Arc<Fitted>>>,
    fitting: tokio::sync::Mutex<()>,
}

impl Live {
    fn get(&self) -> Option<Arc<Fitted>> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, fitted: Arc<Fitted>) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Some(fitted);
    }
}

/// The model as it is; whoever asks first waits until it is fitted.
pub async fn current(app: &App) -> Result<Arc<Fitted>> {
    if let Some(fitted) = app.feed.get() {
        return Ok(fitted);
    }
    let _one_at_a_time = app.feed.fitting.lock().await;
    match app.feed.get() {
        Some(fitted) => Ok(fitted),
        None => fit(app).await,
    }
}

/// Fits a new model and puts it in place.
pub async fn fit(app: &App) -> Result<Arc<Fitted>> {
    let mut conn = app.db.read().await?;
    let rows = queries::everybody(&mut conn, MOST_INTERACTIONS).await?;
    let catalogue = queries::catalogue(&mut conn).await?;
    let topics = queries::topic_names(&mut conn).await?;
    drop(conn);
    let interactions = rows.len();
    let settings = Settings { listed_only: true, ..Settings::default() };
    let fitting = tokio::task::spawn_blocking(move || Model::fit(&Interactions::from_rows(rows), &catalogue, settings));
    let model = fitting.await.map_err(Error::bug)?;
    let fitted = Arc::new(Fitted { model, interactions, topics });
    app.feed.set(fitted.clone());
    Ok(fitted)
}

/// Follows the log and fits anew when a course appeared, changed or went, or when enough people did enough. Ends when `stop` does.
pub async fn keep_fitted(app: App, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut since = Position::default();
    let mut news = usize::MAX;
    loop {
        let woken = app.db.woken();
        match round(&app, &mut since, &mut news).await {
            Ok(()) => (),
            Err(cause) => tracing::warn!(%cause, "the feed's model could not be fitted; it is tried again"),
        }
        tokio::select! {
            () = &mut stop => return,
            () = async { let _ = tokio::time::timeout(LOOK_AGAIN, woken).await; tokio::time::sleep(PAUSE).await } => (),
        }
    }
}

/// Counts what is new since the last fit, and fits if that is enough. `news` is saturated by what must not wait.
async fn round(app: &App, since: &mut Position, news: &mut usize) -> Result<()> {
    let fitted = app.feed.get();
    if fitted.is_none() {
        let mut conn = app.db.read().await?;
        *since = events::end(&mut conn).await?;
        *news = usize::MAX;
    }
    loop {
        let mut conn = app.db.read().await?;
        let next = events::after(&mut conn, *since, 1000).await?;
        let Some(last) = next.last() else { break };
        *since = last.position;
        for logged in &next {
            *news = match logged.event.kind {
                Happening::CoursePublished
                | Happening::CourseChanged
                | Happening::CourseUnlisted
                | Happening::TracesForgotten
                | Happening::AccountErased => usize::MAX,
                Happening::AccessGranted | Happening::LessonStudied | Happening::CourseViewed | Happening::ReviewWritten => {
                    news.saturating_add(1)
                }
                _ => *news,
            };
        }
    }
    let enough = fitted.map_or(0, |fitted| ((fitted.interactions as f64 * CHANGED) as usize).max(CHANGED_AT_LEAST));
    if *news >= enough {
        let _one_at_a_time = app.feed.fitting.lock().await;
        fit(app).await?;
        *news = 0;
    }
    Ok(())
}
