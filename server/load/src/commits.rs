//! What the database under the school can commit at most: one row in a transaction of its own, again and again.

use crate::queries;
use load::told;
use std::time::{Duration, Instant};
use store::Db;

/// Commits per second with so many writers, on the database at `url`, with the durability that money asks for.
pub async fn per_second(url: &str, writers: usize, length: Duration) -> Result<f64, String> {
    // each its own commit: what the database can do, not what sharing commits makes of it
    let connections = u32::try_from(writers).unwrap_or(10).max(2);
    let settings = store::Settings { connections, together: 1, ..store::Settings::default() };
    let db = Db::open(url, settings).await.map_err(told)?;
    queries::prepare(&db).await.map_err(told)?;
    let begun = Instant::now();
    let end = begun + length;
    let writing: Vec<_> = (0..writers).map(|_| tokio::spawn(write_until(db.clone(), end))).collect();
    let mut count = 0_u32;
    for one in writing {
        count += one.await.map_err(told)?.map_err(told)?;
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    db.close().await;
    Ok(rate)
}

async fn write_until(db: Db, end: Instant) -> Result<u32, store::Error> {
    let mut count = 0;
    while Instant::now() < end {
        queries::add(&db, i64::from(count)).await?;
        count += 1;
    }
    Ok(count)
}
