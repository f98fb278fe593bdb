//! The smallest thing a database can be asked to keep: one row, committed. The measure for orders.

use store::{Db, Error, sql};

/// The table of the measurement.
pub async fn prepare(db: &Db) -> Result<(), Error> {
    db.write(async |tx| tx.query(sql!("CREATE TABLE IF NOT EXISTS marks (number BIGINT NOT NULL)")).execute().await.map(drop))
        .await
}

/// One row, in a transaction of its own.
pub async fn add(db: &Db, number: i64) -> Result<(), Error> {
    db.write(async |tx| tx.query(sql!("INSERT INTO marks (number) VALUES ($1)")).bind(number).execute().await.map(drop)).await
}
