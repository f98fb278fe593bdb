//! "There is something new": a hint to those who follow the log of events. Postgres carries it between processes by
//! LISTEN/NOTIFY; with SQLite there is one process.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::db::Pool;

const CHANNEL: &str = "lectern";
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
    /// Listens to Postgres; started by the first who waits.
    listener: Mutex<Option<JoinHandle<()>>>,
}

impl Bell {
    pub(crate) fn new(pool: &Pool, rope: Rope) -> Self {
        let server = match pool {
            Pool::Sqlite { .. } => None,
            Pool::Postgres(shelf) => Some(shelf.pool().clone()),
        };
        Self { rung: rope.0, server, listener: Mutex::new(None) }
    }

    pub(crate) fn ring_here(&self) {
        ring(&self.rung);
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
            *listener = Some(tokio::spawn(follow(server.clone(), self.rung.clone())));
        }
    }

    pub(crate) fn stop(&self) {
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = listener.take() {
            task.abort();
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

/// Passes on what the server says. After an interruption it rings once by itself: something may have been missed.
async fn follow(server: PgPool, rung: watch::Sender<u64>) {
    loop {
        let told = async {
            let mut listener = PgListener::connect_with(&server).await?;
            listener.listen(CHANNEL).await?;
            loop {
                ring(&rung);
                // `None` says that the connection was lost and found again.
                listener.try_recv().await?;
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
