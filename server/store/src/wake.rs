//! "There is something new": a hint to those who follow the log of events. Postgres carries it between processes by
//! LISTEN/NOTIFY; with SQLite there is one process.
//!
//! The message is sent after the commit and not in its transaction: Postgres lets only one transaction with a message commit at a
//! time, disk included. Who is killed in between has told nobody; those who wait look again by themselves after a while.

use std::collections::hash_map::RandomState;
use std::future::Future;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::db::Pool;

const CHANNEL: &str = "lectern";
/// After a message to the other processes what rings is told together: each message wakes all of them, and us.
const GATHERING: Duration = Duration::from_millis(20);
pub(crate) const NOTIFY: &str = "NOTIFY lectern";

/// What rings the bell of one `Db`, here.
#[derive(Clone)]
pub(crate) struct Rope(watch::Sender<u64>);

impl Rope {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    pub(crate) fn pull(&self) {
        ring(&self.0);
    }
}

/// The bell of one `Db`.
pub(crate) struct Bell {
    rung: watch::Sender<u64>,
    server: Option<PgPool>,
    /// By this our own messages are known.
    name: Arc<str>,
    /// Rings that the other processes have not been told of yet; nought: nobody is telling them.
    untold: Arc<AtomicU64>,
    /// Listens to Postgres; started by the first who waits.
    listener: Mutex<Option<JoinHandle<()>>>,
}

impl Bell {
    pub(crate) fn new(pool: &Pool, rope: Rope) -> Self {
        let server = match pool {
            Pool::Sqlite { .. } => None,
            Pool::Postgres(shelf) => Some(shelf.pool().clone()),
        };
        let name = format!("{:016x}", RandomState::new().build_hasher().finish()).into();
        Self { rung: rope.0, server, name, untold: Arc::default(), listener: Mutex::new(None) }
    }

    pub(crate) fn ring_here(&self) {
        ring(&self.rung);
    }

    /// Rings when the answer is dropped.
    pub(crate) fn ring_at_the_end(&self) -> Ringing<'_> {
        Ringing(self)
    }

    /// Rings here, and soon in every other process; what rings while they are being told is told together.
    pub(crate) fn ring_everywhere(&self) {
        self.ring_here();
        let Some(server) = &self.server else { return };
        if self.untold.fetch_add(1, Ordering::AcqRel) == 0 {
            tokio::spawn(tell(server.clone(), self.name.clone(), self.untold.clone()));
        }
    }

    pub(crate) fn rings(&self) -> u64 {
        *self.rung.borrow()
    }

    pub(crate) fn woken(&self) -> Woken {
        let mut rung = self.rung.subscribe();
        rung.mark_unchanged();
        self.listen();
        Woken(Box::pin(async move {
            if rung.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }))
    }

    fn listen(&self) {
        let Some(server) = &self.server else { return };
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        if listener.as_ref().is_none_or(JoinHandle::is_finished) {
            *listener = Some(tokio::spawn(follow(server.clone(), self.rung.clone(), self.name.clone())));
        }
    }

    pub(crate) fn stop(&self) {
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = listener.take() {
            task.abort();
        }
    }
}

/// See [`Bell::ring_at_the_end`].
pub(crate) struct Ringing<'a>(&'a Bell);

impl Drop for Ringing<'_> {
    fn drop(&mut self) {
        // after the end of the runtime there is nobody to tell
        if tokio::runtime::Handle::try_current().is_ok() {
            self.0.ring_everywhere();
        }
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.stop();
    }
}

fn ring(rung: &watch::Sender<u64>) {
    rung.send_modify(|count| *count = count.wrapping_add(1));
}

/// Tells the other processes until there is nothing more to tell. A message that cannot be sent is lost.
async fn tell(server: PgPool, name: Arc<str>, untold: Arc<AtomicU64>) {
    loop {
        let told = untold.load(Ordering::Acquire);
        let sent = sqlx::query("SELECT pg_notify('lectern', $1)").bind(&*name).execute(&server).await;
        if let Err(error) = sent {
            tracing::debug!(%error, "the other processes are not woken");
        }
        tokio::time::sleep(GATHERING).await;
        if untold.compare_exchange(told, 0, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            return;
        }
    }
}

/// Passes on what the server says. After an interruption it rings once by itself: something may have been missed.
async fn follow(server: PgPool, rung: watch::Sender<u64>, name: Arc<str>) {
    loop {
        let told = async {
            let mut listener = PgListener::connect_with(&server).await?;
            listener.listen(CHANNEL).await?;
            loop {
                ring(&rung);
                // `None` says that the connection was lost and found again.
                while listener.try_recv().await?.is_some_and(|message| message.payload() == &*name) {}
            }
        };
        let lost: Result<(), sqlx::Error> = told.await;
        if server.is_closed() {
            return;
        }
        if let Err(error) = lost {
            tracing::debug!(%error, "the database's wake-ups are interrupted");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Ends at the next wake-up.
pub struct Woken(Pin<Box<dyn Future<Output = ()> + Send>>);

impl Future for Woken {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(context)
    }
}
