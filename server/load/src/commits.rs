//! What the database under the school can commit at most: the smallest thing in a transaction of its own, again and again.

use crate::queries;
use load::told;
use std::time::{Duration, Instant};
use store::Db;

/// What is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One new row.
    Row,
    /// pgbench's "simple update": a balance changed and read, and a row that says so.
    SimpleUpdate,
}

/// As many accounts as pgbench has at scale 1.
const ACCOUNTS: i64 = 100_000;

/// Commits per second with so many writers, on the database at `url`, with the durability that money asks for.
pub async fn per_second(url: &str, what: What, writers: usize, length: Duration) -> Result<f64, String> {
    // each its own commit: what the database can do, not what sharing commits makes of it
    let connections = u32::try_from(writers).unwrap_or(10).max(2);
    let settings = store::Settings { connections, together: 1, ..store::Settings::default() };
    let db = Db::open(url, settings).await.map_err(told)?;
    match what {
        What::Row => queries::prepare(&db).await.map_err(told)?,
        What::SimpleUpdate => queries::prepare_updates(&db, ACCOUNTS).await.map_err(told)?,
    }
    let begun = Instant::now();
    let end = begun + length;
    let writing: Vec<_> = (0..writers).map(|writer| tokio::spawn(write_until(db.clone(), what, writer, end))).collect();
    let mut count = 0_u32;
    for one in writing {
        count += one.await.map_err(told)?.map_err(told)?;
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    db.close().await;
    Ok(rate)
}

async fn write_until(db: Db, what: What, writer: usize, end: Instant) -> Result<u32, store::Error> {
    let mut count = 0;
    // another account each time, and not the one that another writer has just now
    let mut account = i64::try_from(writer).unwrap_or_default() * 1_009;
    while Instant::now() < end {
        match what {
            What::Row => queries::add(&db, i64::from(count)).await?,
            What::SimpleUpdate => {
                account = (account + 7_919) % ACCOUNTS;
                queries::update(&db, account + 1).await?;
            }
        }
        count += 1;
    }
    Ok(count)
}
