//! Writing to SQLite: one writes at a time, and those who wait for their turn share a commit.
//!
//! A commit makes the disk wait, and everybody behind it. So whoever asks while another transaction is under way is put into the
//! next one together with all who wait by then: their works run one after the other, each but the first behind a savepoint, and
//! one commit ends them all. What a work wrote is told as done only after that commit; a work that fails undoes its own part and
//! nobody else's. Where the whole is lost (the commit fails in passing, somebody goes away in the middle) everybody in it runs
//! again, as after a deadlock.
//!
//! A work sees what those before it in the same transaction wrote. None of it is lost unless all of it is.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::sqlite::SqlitePool;
use tokio::sync::oneshot;

use crate::Error;
use crate::conn::{Conn, Failure, Link};
use crate::kept::Kept;
use crate::tx::{Outcome, Tx};
use crate::wake::Rope;

/// Those who want to write.
pub(crate) struct Writers {
    pool: SqlitePool,
    rope: Rope,
    /// The most that share a commit: the first of them waits for all.
    most: usize,
    line: Mutex<Line>,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<oneshot::Sender<Result<Turn, Error>>>,
    /// Somebody leads them through their turns.
    led: bool,
}

/// The transaction, lent to one of those who share it.
pub(crate) struct Turn {
    tx: Tx,
    back: oneshot::Sender<Done>,
}

struct Done {
    tx: Tx,
    succeeded: bool,
    fate: oneshot::Sender<Result<Outcome, Error>>,
}

impl Writers {
    pub(crate) fn new(pool: SqlitePool, rope: Rope, most: usize) -> Arc<Self> {
        Arc::new(Self { pool, rope, most: most.max(1), line: Mutex::default() })
    }

    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Waits for a turn.
    pub(crate) async fn turn(self: &Arc<Self>, patience: Duration) -> Result<Turn, Error> {
        let (give, turn) = oneshot::channel();
        if self.line_up(give) {
            tokio::spawn(lead(Leading { writers: self.clone(), over: false }));
        }
        match tokio::time::timeout(patience, turn).await {
            Ok(Ok(turn)) => turn,
            Ok(Err(_)) => Err(away("nobody leads those who write")),
            Err(_) => Err(away("others write")),
        }
    }

    /// Whether nobody leads the line.
    fn line_up(&self, give: oneshot::Sender<Result<Turn, Error>>) -> bool {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.waiting.push_back(give);
        !std::mem::replace(&mut line.led, true)
    }

    /// Those who share the next transaction; where nobody waits the line is led no more.
    fn next(&self) -> Vec<oneshot::Sender<Result<Turn, Error>>> {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let some = line.waiting.len().min(self.most);
        line.led = some > 0;
        line.waiting.drain(..some).collect()
    }
}

impl Turn {
    pub(crate) fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// Gives the transaction back and waits for what becomes of it. Who goes away instead of giving it back ends it for all.
    pub(crate) async fn end(self, succeeded: bool) -> Result<Outcome, Error> {
        let (fate, told) = oneshot::channel();
        let given = self.back.send(Done { tx: self.tx, succeeded, fate });
        match given {
            Ok(()) => told.await.unwrap_or_else(|_| Err(away("the transaction was left before it was over"))),
            Err(_) => Err(away("nobody leads those who write")),
        }
    }
}

/// However leading ends, those who wait are not left waiting.
struct Leading {
    writers: Arc<Writers>,
    /// As it should: nobody waited any more.
    over: bool,
}

impl Drop for Leading {
    fn drop(&mut self) {
        if !self.over {
            *self.writers.line.lock().unwrap_or_else(PoisonError::into_inner) = Line::default();
        }
    }
}

/// Leads everybody who waits through their turns, as long as somebody waits.
async fn lead(mut leading: Leading) {
    let mut spare = None;
    loop {
        let some = leading.writers.next();
        if some.is_empty() {
            leading.over = true;
            return;
        }
        let group = Group { spare, ..Group::default() };
        spare = group.take(&leading.writers, some).await;
    }
}

/// Those who share a transaction.
#[derive(Default)]
struct Group {
    /// None before it is begun, and after it had to be rolled back.
    tx: Option<Tx>,
    /// One that is over, for its connection.
    spare: Option<Tx>,
    /// A savepoint is set.
    marked: bool,
    /// Their works are done and wait for the commit.
    done: Vec<oneshot::Sender<Result<Outcome, Error>>>,
    wakes: bool,
}

impl Group {
    /// Lets each have its turn, and commits; answers the transaction that is over then.
    async fn take(mut self, writers: &Writers, some: Vec<oneshot::Sender<Result<Turn, Error>>>) -> Option<Tx> {
        for give in some {
            if give.is_closed() {
                continue;
            }
            let tx = match self.ready(writers).await {
                Ok(tx) => tx,
                Err(cause) => {
                    let _ = give.send(Err(cause));
                    continue;
                }
            };
            let (back, returned) = oneshot::channel();
            if let Err(unwanted) = give.send(Ok(Turn { tx, back })) {
                // went away while it was made ready, and wrote nothing
                self.tx = unwanted.ok().map(|turn| turn.tx);
                continue;
            }
            match returned.await {
                Ok(done) => self.end(done).await,
                Err(_) => self.lose(),
            }
        }
        self.commit(writers).await;
        self.spare
    }

    /// The transaction, ready for one more: begun, or behind a savepoint where others are done in it.
    async fn ready(&mut self, writers: &Writers) -> Result<Tx, Error> {
        if let Some(mut tx) = self.tx.take() {
            if self.done.is_empty() {
                return Ok(tx);
            }
            match tx.mark(self.marked).await {
                Ok(()) => {
                    self.marked = true;
                    return Ok(tx);
                }
                Err(error) => {
                    tracing::warn!(%error, "a transaction could not take in one more");
                    self.undo(tx).await;
                    self.lose();
                }
            }
        }
        self.marked = false;
        match self.spare.take() {
            Some(mut over) => over.begin_again().await.map(|()| over),
            None => Tx::begin(Conn::new(Link::Sqlite(Kept::of_the_pool(writers.pool.acquire().await?)))).await,
        }
    }

    /// One of them is done.
    async fn end(&mut self, done: Done) {
        let Done { mut tx, succeeded, fate } = done;
        let (failure, wakes) = tx.next();
        let told = match (succeeded, failure) {
            (true, None) => {
                self.wakes |= wakes;
                self.done.push(fate);
                self.tx = Some(tx);
                return;
            }
            (_, Some(Failure::Passing)) => Ok(Outcome::Again),
            (true, Some(Failure::Lasting)) => Err(crate::tx::passed_over()),
            (false, _) => Ok(Outcome::RolledBack),
        };
        if self.done.is_empty() {
            // there is nothing else in it
            self.undo(tx).await;
        } else if tx.roll_back_to_mark().await {
            self.marked = false;
            self.tx = Some(tx);
        } else {
            // what failed has ended the whole transaction (a full disk does that)
            self.undo(tx).await;
            self.lose();
        }
        let _ = fate.send(told);
    }

    /// Ends a transaction with nothing.
    async fn undo(&mut self, mut tx: Tx) {
        tx.roll_back().await;
        // one that could not even do that takes its connection with it
        self.spare = tx.is_over().then_some(tx);
    }

    /// What was done is gone, and is done again.
    fn lose(&mut self) {
        self.wakes = false;
        for fate in self.done.drain(..) {
            let _ = fate.send(Ok(Outcome::Again));
        }
    }

    async fn commit(&mut self, writers: &Writers) {
        let Some(mut tx) = self.tx.take() else { return };
        if self.done.is_empty() {
            return self.undo(tx).await;
        }
        let outcome = tx.commit().await;
        self.spare = tx.is_over().then_some(tx);
        match outcome {
            Ok(Outcome::Committed) => {
                if self.wakes {
                    writers.rope.pull();
                }
                for fate in self.done.drain(..) {
                    let _ = fate.send(Ok(Outcome::Committed));
                }
            }
            Ok(_) => self.lose(),
            Err(cause) => {
                let told = cause.to_string();
                let mut all = self.done.drain(..);
                let first = all.next();
                for fate in all {
                    let _ = fate.send(Err(Error::Unavailable(told.clone().into())));
                }
                if let Some(first) = first {
                    let _ = first.send(Err(cause));
                }
            }
        }
    }
}

fn away(reason: &str) -> Error {
    Error::Unavailable(reason.into())
}
