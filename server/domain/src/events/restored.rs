//! A log that was restored into another database.
//!
//! On Postgres the log is ordered by the numbers of transactions, and a copy of its rows (`pg_dump`) brings the old cluster's
//! numbers into one that counts from the start again: followers would wait for transactions that come in years, and pass over
//! what is written now. So such a log is numbered anew, below everything that this database will write.

use super::queries;
use crate::Result;
use store::Db;

/// Numbers a log from elsewhere anew, every follower exactly where it stopped; whether it had to. Asked before anybody follows.
pub async fn take_over(db: &Db) -> Result<bool> {
    {
        let mut conn = db.read().await?;
        let horizon = queries::horizon(&mut conn).await?;
        if !queries::reaches_beyond(&mut conn, horizon).await? {
            return Ok(false);
        }
    }
    let taken = db
        .write(async |tx| {
            // whoever starts beside us waits here, and finds nothing left to do
            queries::lock_cursors(tx).await?;
            let horizon = queries::horizon(tx).await?;
            if !queries::reaches_beyond(tx, horizon).await? {
                return Ok(false);
            }
            queries::number_events_anew(tx, horizon).await?;
            queries::number_cursors_anew(tx).await?;
            Ok::<_, crate::Error>(true)
        })
        .await?;
    if taken {
        tracing::warn!(
            "the log of events came from another database: it was numbered anew, and its followers go on where they were"
        );
    }
    Ok(taken)
}
