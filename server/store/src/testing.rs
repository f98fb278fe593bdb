//! A fresh database for every test, on both sides, and the test that prepares every statement.

mod cluster;
mod postgres;
mod sqlite;
mod whole;

use std::process::{ExitCode, Termination};

use sqlx::{Executor, SqlSafeStr};

pub use cluster::{Cluster, programs};
pub use whole::{columns, everything, texts};

use crate::conn::Link;
use crate::{Db, Durability, Kind, Migrations, Settings, Sql, list};

/// One story on both databases, each time on a fresh one with all migrations applied.
///
/// ```ignore
/// on_both!(a_name_is_kept, async |db| { … });
/// on_both!(crate::MIGRATIONS, a_payment_is_kept, async |db| -> Result<(), Error> { … });
/// ```
#[macro_export]
macro_rules! on_both {
    ($(#[$about:meta])* $name:ident, $story:expr $(,)?) => {
        $crate::on_both!($(#[$about])* $crate::Migrations::of_the_school(), $name, $story);
    };
    ($(#[$about:meta])* $migrations:expr, $name:ident, $story:expr $(,)?) => {
        $(#[$about])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[test]
            fn on_sqlite() {
                $crate::testing::run($crate::Kind::Sqlite, $migrations, $story);
            }

            #[test]
            fn on_postgres() {
                $crate::testing::run($crate::Kind::Postgres, $migrations, $story);
            }
        }
    };
}

/// A database that exists for one test.
pub struct Fresh {
    /// Open, with its migrations applied.
    pub db: Db,
    /// Its address, to open it a second time.
    pub url: String,
    kept: Kept,
}

enum Kept {
    Folder(#[expect(dead_code, reason = "removes the folder when it is dropped")] tempfile::TempDir),
    Database(String),
}

impl Fresh {
    /// A fresh database of one kind.
    pub async fn open(kind: Kind, migrations: Migrations) -> crate::Result<Self> {
        let (url, kept) = match kind {
            Kind::Sqlite => sqlite::copy(migrations).await?,
            Kind::Postgres => postgres::copy(migrations).await?,
        };
        let settings = Settings { connections: 8, durability: Durability::None, ..Settings::default() };
        Ok(Self { db: Db::open(&url, settings).await?, url, kept })
    }

    /// Closes and removes it. A database that is not removed (its test failed) goes with its cluster.
    pub async fn remove(self) -> crate::Result<()> {
        self.db.close().await;
        match self.kept {
            Kept::Folder(_) => Ok(()),
            Kept::Database(name) => postgres::remove(&name).await,
        }
    }
}

/// Runs a story on a fresh database; a story that returns an error fails.
#[expect(clippy::expect_used, reason = "a test has nobody to tell but its reader")]
pub fn run<T: Termination>(kind: Kind, migrations: Migrations, story: impl AsyncFnOnce(Db) -> T) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let fresh = Fresh::open(kind, migrations).await.expect("a fresh database");
        let outcome = story(fresh.db.clone()).await;
        fresh.remove().await.expect("the database is removed");
        assert!(outcome.report() == ExitCode::SUCCESS, "the story returned an error");
    });
}

/// The steps by which SQLite would carry out the `sql!` of this test binary that stands in `file` and has `words` in it: `SEARCH …
/// USING INDEX …`, or `SCAN …` where it would read everything. None on Postgres, whose plans depend on what is in the tables.
pub async fn steps(db: &Db, file: &str, words: &str) -> crate::Result<Vec<String>> {
    let mut steps = Vec::new();
    if db.kind() == Kind::Postgres {
        return Ok(steps);
    }
    for sql in inventory::iter::<Sql>.into_iter().filter(|sql| sql.place().contains(file)) {
        let text = sql.text(Kind::Sqlite);
        if !text.contains(words) {
            continue;
        }
        let question = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", list::sample(text))).into_sql_str();
        let mut conn = db.read().await?;
        let nothing = conn.arguments();
        for row in conn.rows(question, nothing).await? {
            steps.push(row.get("detail")?);
        }
    }
    Ok(steps)
}

/// Prepares every `sql!` of this test binary and lists those that the database refuses, with their places.
pub async fn prepare_everything(db: &Db) {
    let mut refused = Vec::new();
    for sql in inventory::iter::<Sql> {
        if let Err(reason) = prepare(db, sql).await {
            refused.push(format!("{}: {reason}\n{}", sql.place(), sql.text(db.kind())));
        }
    }
    assert!(refused.is_empty(), "{} statements do not prepare on {:?}:\n\n{}", refused.len(), db.kind(), refused.join("\n\n"));
}

async fn prepare(db: &Db, sql: &Sql) -> crate::Result<()> {
    let text = sqlx::AssertSqlSafe(list::sample(sql.text(db.kind()))).into_sql_str();
    let mut conn = db.read().await?;
    match &mut conn.link {
        Link::Sqlite(link) => link.prepare(text).await.map(drop)?,
        Link::Postgres(link) => link.prepare(text).await.map(drop)?,
    }
    Ok(())
}
