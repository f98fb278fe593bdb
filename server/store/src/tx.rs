//! A transaction: everything or nothing.

use std::ops::{Deref, DerefMut};

use crate::conn::{Conn, Failure, Link};
use crate::waiting::Waiting;
use crate::{Error, Kind};

/// Can write. Passes as a [`Conn`] wherever reading is enough. Exists only inside `Db::write`.
pub struct Tx {
    conn: Conn,
    open: bool,
    pub(crate) wakes: bool,
}

/// What became of a transaction.
pub(crate) enum Outcome {
    Committed,
    RolledBack,
    /// Rolled back because of a deadlock or its like: running it again may succeed.
    Again,
}

impl Tx {
    /// Starts a transaction. SQLite takes the write lock at once, because a transaction that reads first and then writes can
    /// fail in a way that no waiting cures.
    pub(crate) async fn begin(conn: Conn) -> Result<Self, Error> {
        let start = match conn.kind() {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        };
        // Open before it is begun: if the caller goes away while the answer is under way, the connection is not used again.
        let mut tx = Self { conn, open: true, wakes: false };
        if let Err(error) = tx.conn.control(start).await {
            tx.open = false;
            return Err(error.into());
        }
        tx.conn.in_transaction = true;
        Ok(tx)
    }

    /// Nobody else writes before this transaction is over (SQLite): what it reads stays so, without a lock.
    pub fn writes_alone(&self) -> bool {
        self.conn.kind() == Kind::Sqlite
    }

    /// Those who wait in `Db::woken` are woken when, and only when, this transaction commits.
    pub fn wake(&mut self) {
        self.wakes = true;
    }

    /// The same again on the same connection, after the end.
    pub(crate) async fn begin_again(&mut self) -> Result<(), Error> {
        self.open = true;
        self.wakes = false;
        self.conn.failed = None;
        if let Err(error) = self.conn.control("BEGIN IMMEDIATE").await {
            self.open = false;
            return Err(error.into());
        }
        Ok(())
    }

    /// Sets the place to which [`Tx::roll_back_to_mark`] goes back, in place of the one `before`.
    pub(crate) async fn mark(&mut self, before: bool) -> Result<(), Error> {
        self.conn.control(if before { "RELEASE one; SAVEPOINT one" } else { "SAVEPOINT one" }).await.map_err(Error::from)
    }

    /// Undoes what was done since the mark and takes the mark away; whether that could be done.
    pub(crate) async fn roll_back_to_mark(&mut self) -> bool {
        self.conn.control("ROLLBACK TO one; RELEASE one").await.is_ok()
    }

    /// The work is done: sends what it wrote and still waits, unless it has failed already.
    pub(crate) async fn send_what_waits(&mut self) -> Result<(), Error> {
        if self.conn.failed.is_some() { Ok(()) } else { self.conn.send_waiting().await }
    }

    /// Whether a statement failed since this was asked last, and whether somebody is to be woken; the next work begins anew.
    pub(crate) fn next(&mut self) -> (Option<Failure>, bool) {
        self.conn.waiting = Waiting::Nothing;
        (self.conn.failed.take(), std::mem::take(&mut self.wakes))
    }

    /// Committed or rolled back.
    pub(crate) fn is_over(&self) -> bool {
        !self.open
    }

    /// Commits if the work succeeded, else rolls back.
    pub(crate) async fn finish(mut self, succeeded: bool) -> Result<Outcome, Error> {
        match (succeeded, self.conn.failed) {
            (true, None) => self.commit().await,
            (_, Some(Failure::Passing)) => {
                self.roll_back().await;
                Ok(Outcome::Again)
            }
            (true, Some(Failure::Lasting)) => {
                self.roll_back().await;
                Err(passed_over())
            }
            (false, _) => {
                self.roll_back().await;
                Ok(Outcome::RolledBack)
            }
        }
    }

    pub(crate) async fn commit(&mut self) -> Result<Outcome, Error> {
        match self.conn.control("COMMIT").await {
            Ok(()) => {
                self.open = false;
                Ok(Outcome::Committed)
            }
            Err(error) if crate::error::may_pass_when_repeated(&error) => {
                self.roll_back().await;
                Ok(Outcome::Again)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A connection that cannot even roll back stays `open` and is closed instead of being used again.
    pub(crate) async fn roll_back(&mut self) {
        self.conn.waiting = Waiting::Nothing;
        self.open = self.conn.control("ROLLBACK").await.is_err();
    }
}

pub(crate) fn passed_over() -> Error {
    Error::broken("a failed statement was passed over: its transaction has been rolled back")
}

/// Left without an end (the caller went away, the connection broke): the database rolls back as the connection closes.
impl Drop for Tx {
    fn drop(&mut self) {
        if self.open {
            match &mut self.conn.link {
                Link::Sqlite(link) => link.close_on_drop(),
                Link::Postgres(link) => link.close_on_drop(),
            }
        }
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}
