//! Connections between two uses. Whoever gives one back in order leaves it for the next, who takes it as it is: sqlx's own pool asks
//! each one, every time, whether it is still there, and that is a journey to the database (or its thread) for every page.
//!
//! Only a connection on which nothing failed and nothing was cut short is kept here; any other goes back to sqlx and is asked.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::{Connection, Database, Pool};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Error;

/// Who has rested longer is asked first whether it is still there.
const FRESH: Duration = Duration::from_secs(1);

/// How long one may take to say that it is there.
const ANSWER: Duration = Duration::from_secs(1);

/// Connections of one pool.
pub(crate) struct Shelf<D: Database> {
    pool: Pool<D>,
    /// The most in use at the same time.
    most: Arc<Semaphore>,
    resting: Mutex<Vec<(PoolConnection<D>, Instant)>>,
    closed: AtomicBool,
}

impl<D: Database> Shelf<D> {
    /// The pool must allow more than `most`: some of its connections may be in other hands.
    pub(crate) fn new(pool: Pool<D>, most: u32) -> Arc<Self> {
        let most = Arc::new(Semaphore::new(usize::try_from(most).unwrap_or(1).max(1)));
        Arc::new(Self { pool, most, resting: Mutex::default(), closed: AtomicBool::new(false) })
    }

    pub(crate) fn pool(&self) -> &Pool<D> {
        &self.pool
    }

    pub(crate) async fn take(self: &Arc<Self>, patience: Duration) -> Result<Kept<D>, Error> {
        tokio::time::timeout(patience, self.take_in_time()).await.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()))
    }

    async fn take_in_time(self: &Arc<Self>) -> Result<Kept<D>, Error> {
        let permit = self.most.clone().acquire_owned().await.map_err(|_| Error::from(sqlx::Error::PoolClosed))?;
        if let Some((mut conn, since)) = self.pop() {
            if since.elapsed() < FRESH || matches!(tokio::time::timeout(ANSWER, conn.ping()).await, Ok(Ok(()))) {
                return Ok(Kept::new(conn, Some((self.clone(), permit))));
            }
            // what has cut this one off has cut off the others
            conn.close_on_drop();
            while let Some((mut other, _)) = self.pop() {
                other.close_on_drop();
            }
        }
        Ok(Kept::new(self.pool.acquire().await?, Some((self.clone(), permit))))
    }

    fn pop(&self) -> Option<(PoolConnection<D>, Instant)> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// Lets go of all connections and gives out no more.
    pub(crate) async fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.most.close();
        while let Some((conn, _)) = self.pop() {
            drop(conn);
        }
        self.pool.close().await;
    }

    fn put(&self, conn: PoolConnection<D>) {
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.closed.load(Ordering::Acquire) {
            resting.push((conn, Instant::now()));
        }
    }
}

impl<D: Database> Drop for Shelf<D> {
    fn drop(&mut self) {
        // sqlx takes connections back in a task, and panics where there can be none: after the end of the runtime
        if tokio::runtime::Handle::try_current().is_err() {
            std::mem::take(&mut *self.resting.lock().unwrap_or_else(PoisonError::into_inner))
                .into_iter()
                .for_each(std::mem::forget);
        }
    }
}

/// A connection in use.
pub(crate) struct Kept<D: Database> {
    /// None only while it is dropped.
    conn: Option<PoolConnection<D>>,
    /// Where it is put, and the leave to use it; none: back to sqlx.
    home: Option<(Arc<Shelf<D>>, OwnedSemaphorePermit)>,
    /// Every statement so far succeeded and was waited for.
    well: bool,
}

impl<D: Database> Kept<D> {
    fn new(conn: PoolConnection<D>, home: Option<(Arc<Shelf<D>>, OwnedSemaphorePermit)>) -> Self {
        Self { conn: Some(conn), home, well: true }
    }

    /// Of sqlx, and given back to it.
    pub(crate) fn of_the_pool(conn: PoolConnection<D>) -> Self {
        Self::new(conn, None)
    }

    /// A statement begins: until [`Kept::went`] says otherwise it was cut short. Answers what that is to be told.
    pub(crate) fn goes(&mut self) -> bool {
        std::mem::replace(&mut self.well, false)
    }

    /// The statement is over. `before` is what [`Kept::goes`] answered.
    pub(crate) fn went(&mut self, before: bool, succeeded: bool) {
        self.well = before && succeeded;
    }

    /// It is not to be used again.
    pub(crate) fn close_on_drop(&mut self) {
        self.well = false;
        if let Some(conn) = &mut self.conn {
            conn.close_on_drop();
        }
    }
}

#[allow(clippy::expect_used)] // it is taken out by drop alone
impl<D: Database> Deref for Kept<D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        self.conn.as_ref().expect("there until it is dropped")
    }
}

#[allow(clippy::expect_used)] // as above
impl<D: Database> DerefMut for Kept<D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        self.conn.as_mut().expect("there until it is dropped")
    }
}

impl<D: Database> Drop for Kept<D> {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        match &self.home {
            Some((shelf, _)) if self.well => shelf.put(conn),
            _ => drop(conn),
        }
    }
}
