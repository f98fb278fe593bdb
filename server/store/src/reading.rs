//! Work during which nothing is written, whoever asks for it: every [`crate::Db::write`] inside is refused before it begins.

use std::future::Future;

tokio::task_local! {
    static ONLY: ();
}

/// Does `work`, and refuses every write inside it with [`crate::Error::ReadOnly`]. What it spawns is not inside.
pub async fn reading_only<F: Future>(work: F) -> F::Output {
    ONLY.scope((), work).await
}

/// Whether the work under way may only read.
pub(crate) fn only() -> bool {
    ONLY.try_with(|()| ()).is_ok()
}
