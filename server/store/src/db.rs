//! The database: where connections come from.

use std::collections::hash_map::RandomState;
use std::fs::File;
use std::hash::{BuildHasher, Hasher};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, Database, Postgres, Sqlite};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::conn::{Conn, Link};
use crate::kept::{Kept, Shelf};
use crate::together::{Turn, Writers};
use crate::tx::{Outcome, Tx};
use crate::wake::{Bell, Rope};
use crate::{Error, Woken};

/// How often a transaction is tried before its failure is told.
const ATTEMPTS: u32 = 6;

/// Connections beyond those in use: one that listens for wake-ups, one that tells of them, one that is being looked at.
const SPARE: u32 = 3;

/// Which of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One file beside the program.
    Sqlite,
    /// A server.
    Postgres,
}

/// What a power cut may take; the end of a process takes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing that was committed.
    Full,
    /// The last commits, all that came after one of them with it: what plays at being somebody else's books.
    Late,
    /// The database. Only for tests.
    None,
}

/// What an operator may want to change.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Connections to Postgres.
    pub connections: u32,
    /// Reading connections to SQLite; there is always exactly one that writes.
    pub readers: u32,
    /// How long to wait for a connection before answering that the database is not available.
    pub patience: Duration,
    /// What a power cut may take (SQLite).
    pub durability: Durability,
    /// The most writers that share a commit (SQLite): those who wait at the same time. One: each commits alone.
    pub together: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { connections: 16, readers: 4, patience: Duration::from_secs(5), durability: Durability::Full, together: 32 }
    }
}

/// The database. Cheap to clone; all clones share their connections.
#[derive(Clone)]
pub struct Db(Arc<Pools>);

struct Pools {
    pool: Pool,
    bell: Bell,
    patience: Duration,
    /// Postgres: so many may write at the same time, so that those who only read find a connection.
    writing: Semaphore,
}

pub(crate) enum Pool {
    Sqlite { readers: Arc<Shelf<Sqlite>>, writers: Arc<Writers> },
    Postgres(Arc<Shelf<Postgres>>),
}

impl Db {
    /// Opens `sqlite://path` (creating the file and its folder) or `postgres://…`, and makes sure that it answers.
    pub async fn open(url: &str, settings: Settings) -> Result<Self, Error> {
        let rope = Rope::new();
        let pool = match url.split_once(':') {
            Some(("sqlite", rest)) => open_sqlite(Path::new(rest.trim_start_matches("//")), &settings, rope.clone())?,
            Some(("postgres" | "postgresql", _)) => open_postgres(url, &settings)?,
            _ => return Err(Error::broken("a database address begins with sqlite:// or postgres://")),
        };
        let bell = Bell::new(&pool, rope);
        let all = usize::try_from(settings.connections).unwrap_or(1);
        let writing = Semaphore::new((all - all / 4).max(1));
        let db = Self(Arc::new(Pools { pool, bell, patience: settings.patience, writing }));
        Tx::begin(db.writer().await?).await?.finish(false).await?;
        drop(db.read().await?);
        Ok(db)
    }

    /// Which database this is.
    pub fn kind(&self) -> Kind {
        match self.0.pool {
            Pool::Sqlite { .. } => Kind::Sqlite,
            Pool::Postgres(_) => Kind::Postgres,
        }
    }

    /// A connection for reading, given back when it is dropped.
    pub async fn read(&self) -> Result<Conn, Error> {
        let link = match &self.0.pool {
            Pool::Sqlite { readers, .. } => Link::Sqlite(readers.take(self.0.patience).await?),
            Pool::Postgres(shelf) => Link::Postgres(shelf.take(self.0.patience).await?),
        };
        Ok(Conn::new(link))
    }

    /// Runs `work` in a transaction: commits on `Ok`, rolls back on `Err`. On SQLite those who wait to write at the same time share
    /// a transaction and its commit; each is answered after it, and rolled back alone.
    ///
    /// `work` is cloned and run again (up to five times) after a deadlock, a serialization failure or a locked database, so
    /// it must leave nothing behind but what it writes through its `tx`: no network, no channel, and no waiting for anything that
    /// somebody may hold who waits for a write. It borrows what it needs;
    /// something it would consume is cloned inside. A failed statement fails the transaction, whatever `work` then returns:
    /// to live with a conflict write `ON CONFLICT DO NOTHING`. Who goes away after the work is done, while the commit is waited
    /// for, may have written.
    ///
    /// ```ignore
    /// let order = app.db.write(async |tx| place(tx, &buyer, &form).await).await?;
    /// ```
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<Error>,
        // `AsyncFnOnce + Clone` and not `AsyncFn`: the future of an `AsyncFn` cannot be proven `Send` on stable Rust.
        F: AsyncFnOnce(&mut Tx) -> Result<T, E> + Clone,
    {
        if crate::reading::only() {
            return Err(Error::ReadOnly.into());
        }
        let mut attempt = 1;
        loop {
            let mut held = self.begin().await?;
            let mut result = work.clone()(held.tx()).await;
            if result.is_ok()
                && let Err(error) = held.tx().send_what_waits().await
            {
                result = Err(error.into());
            }
            match held.end(result.is_ok(), &self.0.bell).await? {
                Outcome::Again if attempt < ATTEMPTS => pause(attempt).await,
                Outcome::Again if result.is_ok() => return Err(given_up().into()),
                Outcome::Again | Outcome::RolledBack | Outcome::Committed => return result,
            }
            attempt += 1;
        }
    }

    async fn begin(&self) -> Result<Held<'_>, Error> {
        Ok(match &self.0.pool {
            Pool::Sqlite { writers, .. } => Held::Shared(writers.turn(self.0.patience).await?),
            Pool::Postgres(_) => {
                let leave = tokio::time::timeout(self.0.patience, self.0.writing.acquire()).await;
                let leave = leave.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
                Held::Alone(Tx::begin(self.read().await?).await?, leave)
            }
        })
    }

    /// Wakes everyone who waits in [`Db::woken`], in this process and (Postgres) in every other.
    pub async fn wake(&self) -> Result<(), Error> {
        if self.kind() == Kind::Postgres {
            self.read().await?.control(crate::wake::NOTIFY).await?;
        }
        self.0.bell.ring_here();
        Ok(())
    }

    /// How often this process was woken so far. Cheap enough to ask at every request: where it has not moved, nothing that
    /// wakes has been committed here since.
    pub fn wakes(&self) -> u64 {
        self.0.bell.rings()
    }

    /// Ends at the next wake-up after this call (not after its first poll), so nothing is lost by asking first:
    /// `let woken = db.woken(); work_through_what_is_due().await; woken.await`. A wake-up is a hint: after an interruption of
    /// the connection one may be missing, so wait with a time limit.
    pub fn woken(&self) -> Woken {
        self.0.bell.woken()
    }

    /// Ends all connections; every later call fails.
    pub async fn close(&self) {
        self.0.bell.stop();
        match &self.0.pool {
            Pool::Sqlite { readers, writers } => {
                readers.close().await;
                writers.pool().close().await;
            }
            Pool::Postgres(shelf) => shelf.close().await,
        }
    }

    /// A connection that may write.
    pub(crate) async fn writer(&self) -> Result<Conn, Error> {
        match &self.0.pool {
            Pool::Sqlite { writers, .. } => Ok(Conn::new(Link::Sqlite(Kept::of_the_pool(writers.pool().acquire().await?)))),
            Pool::Postgres(_) => self.read().await,
        }
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.0.pool
    }
}

/// A transaction while work is done in it.
enum Held<'a> {
    Alone(Tx, SemaphorePermit<'a>),
    Shared(Turn),
}

impl Held<'_> {
    fn tx(&mut self) -> &mut Tx {
        match self {
            Self::Alone(tx, _) => tx,
            Self::Shared(turn) => turn.tx(),
        }
    }

    async fn end(self, succeeded: bool, bell: &Bell) -> Result<Outcome, Error> {
        match self {
            Self::Shared(turn) => turn.end(succeeded).await,
            Self::Alone(tx, _leave) => {
                // also where the caller goes away during the commit; one ring too many costs nothing
                let _ring = (succeeded && tx.wakes).then(|| bell.ring_at_the_end());
                tx.finish(succeeded).await
            }
        }
    }
}

fn open_sqlite(path: &Path, settings: &Settings, rope: Rope) -> Result<Pool, Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Error::Unavailable(error.into()))?;
    }
    // made once and here: a connection that finds the file gone must say so instead of beginning an empty school
    File::options().create(true).append(true).open(path).map_err(|error| Error::Unavailable(error.into()))?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match settings.durability {
            Durability::Full => SqliteSynchronous::Full,
            Durability::Late => SqliteSynchronous::Normal,
            Durability::None => SqliteSynchronous::Off,
        })
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(500);
    // the log in front of the file is folded into it less often than by default: busy pages are written once for many commits
    let writing =
        options.clone().pragma("wal_autocheckpoint", "4000").pragma("temp_store", "MEMORY").pragma("cache_size", "-8000");
    let writers = Writers::new(patient(settings, 1).connect_lazy_with(writing), rope, settings.together);
    let readers = patient(settings, settings.readers + SPARE).connect_lazy_with(options.pragma("query_only", "ON"));
    let readers = Shelf::new(readers, settings.readers);
    Ok(Pool::Sqlite { readers, writers })
}

fn open_postgres(url: &str, settings: &Settings) -> Result<Pool, Error> {
    let options: PgConnectOptions = url.parse()?;
    let options =
        options.application_name("lectern").statement_cache_capacity(500).options([("default_transaction_read_only", "on")]);
    // A connection that has been idle may have died with its server: ask before it is trusted.
    let pool = patient(settings, settings.connections + SPARE).before_acquire(|link: &mut sqlx::PgConnection, seen| {
        Box::pin(async move { Ok(seen.idle_for < Duration::from_secs(1) || link.ping().await.is_ok()) })
    });
    Ok(Pool::Postgres(Shelf::new(pool.connect_lazy_with(options), settings.connections)))
}

fn patient<D: Database>(settings: &Settings, connections: u32) -> PoolOptions<D> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(settings.patience)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// 5 ms, 10 ms, 20 ms…, each half fixed and half random, so that two rivals do not meet again.
async fn pause(attempt: u32) {
    let longest = 5_000_u64 << attempt;
    let random = RandomState::new().build_hasher().finish() % (longest / 2);
    tokio::time::sleep(Duration::from_micros(longest / 2 + random)).await;
}

fn given_up() -> Error {
    Error::Unavailable("other transactions were in the way every time".into())
}
