//! The smallest thing a database can be asked to keep: one row, committed. The measure for checkouts.

use store::{Db, Error, sql};

/// The table of the measurement.
pub const MIGRATIONS: store::Migrations = store::migrations!["../migrations/0001_marks.sql"];

/// One row, in a transaction of its own.
pub async fn add(db: &Db, number: i64) -> Result<(), Error> {
    db.write(async |tx| tx.query(sql!("INSERT INTO marks (number) VALUES ($1)")).bind(number).execute().await.map(|_| ())).await
}
