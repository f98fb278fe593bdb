//! Writing to SQLite: one writes at a time, and those who wait for their turn share a commit.
//!
//! A commit makes the disk wait, and everybody behind it. So whoever asks while another transaction is under way is put into the
//! next one together with all who wait by then: their works run one after the other, each but the first behind a savepoint, and
//! one commit ends them all. What became of a work is told only after that commit: a refusal too, as it may rest on what others
//! wrote. A work that fails, or whose caller goes away in the middle, undoes its own part and nobody else's. Where the whole is
//! lost (the commit fails) everybody in it runs again, as after a deadlock.
//!
//! A work sees what those before it in the same transaction wrote. None of it is lost unless all of it is.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::sqlite::SqlitePool;
use tokio::sync::oneshot;

use crate::Error;
use crate::conn::{Conn, Failure, Link};
use crate::kept::Kept;
use crate::tx::{Outcome, Tx};
use crate::wake::Rope;

/// Where one of them hears what became of their work.
type Fate = oneshot::Sender<Result<Outcome, Error>>;

/// A transaction takes in nobody more after this long: those who are done wait for it.
const LONGEST: Duration = Duration::from_millis(10);
/// After so long without a pause another process that waits for the file is let in.
const HELD: Duration = Duration::from_millis(30);
const PAUSE: Duration = Duration::from_millis(2);

type Giving = oneshot::Sender<Result<Turn, Error>>;

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
    waiting: VecDeque<Giving>,
    /// Somebody leads them through their turns.
    led: bool,
    /// So many are to commit each alone: a commit that several shared failed.
    alone: usize,
}

/// The transaction, lent to one of those who share it.
pub(crate) struct Turn {
    /// None after it was given back.
    lent: Option<(Tx, oneshot::Sender<Done>)>,
}

struct Done {
    tx: Tx,
    succeeded: bool,
    fate: Fate,
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
    fn line_up(&self, give: Giving) -> bool {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.waiting.push_back(give);
        !std::mem::replace(&mut line.led, true)
    }

    /// Those who share the next transaction; where nobody waits the line is led no more.
    fn next(&self) -> VecDeque<Giving> {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let most = if line.alone > 0 { 1 } else { self.most };
        line.alone = line.alone.saturating_sub(1);
        let some = line.waiting.len().min(most);
        line.led = some > 0;
        line.waiting.drain(..some).collect()
    }

    /// These are first again.
    fn put_back(&self, rest: VecDeque<Giving>) {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        for give in rest.into_iter().rev() {
            line.waiting.push_front(give);
        }
    }

    /// The next so many commit each alone.
    fn part(&self, count: usize) {
        self.line.lock().unwrap_or_else(PoisonError::into_inner).alone = count;
    }
}

impl Turn {
    fn new(tx: Tx, back: oneshot::Sender<Done>) -> Self {
        Self { lent: Some((tx, back)) }
    }

    #[allow(clippy::expect_used)] // `end`, which takes it, consumes the turn
    pub(crate) fn tx(&mut self) -> &mut Tx {
        &mut self.lent.as_mut().expect("lent until it is given back").0
    }

    /// Gives the transaction back and waits for what becomes of it.
    pub(crate) async fn end(mut self, succeeded: bool) -> Result<Outcome, Error> {
        match self.give_back(succeeded) {
            Some(told) => told.await.unwrap_or_else(|_| Err(away("the transaction was left before it was over"))),
            None => Err(away("nobody leads those who write")),
        }
    }

    fn give_back(&mut self, succeeded: bool) -> Option<oneshot::Receiver<Result<Outcome, Error>>> {
        let (tx, back) = self.lent.take()?;
        let (fate, told) = oneshot::channel();
        back.send(Done { tx, succeeded, fate }).ok().map(|()| told)
    }
}

/// Who goes away in the middle gives the transaction back as it is. A statement that was cut short is over before the next one
/// begins: SQLite's connection does one thing after the other.
impl Drop for Turn {
    fn drop(&mut self) {
        self.give_back(false);
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
    let mut since = Instant::now();
    loop {
        if since.elapsed() > HELD {
            tokio::time::sleep(PAUSE).await;
            since = Instant::now();
        }
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
    done: Vec<Fate>,
    /// Their works are undone, and what they are told may rest on what others wrote.
    undone: Vec<(Fate, Result<Outcome, Error>)>,
    wakes: bool,
}

impl Group {
    /// Lets each have its turn, and commits; answers the transaction that is over then.
    async fn take(mut self, writers: &Writers, mut some: VecDeque<Giving>) -> Option<Tx> {
        let begun = Instant::now();
        while let Some(give) = some.pop_front() {
            if !self.done.is_empty() && begun.elapsed() > LONGEST {
                some.push_front(give);
                break;
            }
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
            // one that nobody takes comes back as well
            drop(give.send(Ok(Turn::new(tx, back))));
            match returned.await {
                Ok(done) => self.end(done).await,
                Err(_) => self.lose(),
            }
        }
        self.commit(writers).await;
        writers.put_back(some);
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
            let _ = fate.send(told);
            return;
        }
        self.undone.push((fate, told));
        if tx.roll_back_to_mark().await {
            self.marked = false;
            self.tx = Some(tx);
        } else {
            // what failed has ended the whole transaction (a full disk does that)
            self.undo(tx).await;
            self.lose();
        }
    }

    /// Ends a transaction with nothing.
    async fn undo(&mut self, mut tx: Tx) {
        tx.roll_back().await;
        // one that could not even do that takes its connection with it
        self.spare = tx.is_over().then_some(tx);
    }

    /// What was done is gone, and is done again, also what failed because of it.
    fn lose(&mut self) {
        self.wakes = false;
        let undone = self.undone.drain(..).map(|(fate, _)| fate);
        for fate in self.done.drain(..).chain(undone) {
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
                for (fate, told) in self.undone.drain(..) {
                    let _ = fate.send(told);
                }
            }
            Err(cause) if self.done.len() == 1 => {
                if let Some(fate) = self.done.pop() {
                    let _ = fate.send(Err(cause));
                }
                self.lose();
            }
            Err(error) => {
                tracing::warn!(%error, "a commit that several shared failed; each tries alone");
                writers.part(self.done.len() + self.undone.len());
                self.lose();
            }
            Ok(_) => self.lose(),
        }
    }
}

fn away(reason: &str) -> Error {
    Error::Unavailable(reason.into())
}
