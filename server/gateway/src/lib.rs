//! The sandbox payment provider: an honest stand-in for a real one, with its own database and its own books.
//!
//! Knows: payments, refunds, a hosted page where a payer chooses what happens, signed notifications that arrive at least
//! once, and faults on demand. Must not know: anything of the school. It shares no verification code with the receiver of
//! its notifications, so that the two check each other.

mod answer;
mod api;
mod clock;
mod deliver;
mod due;
mod events;
mod faults;
mod gateway;
mod idempotency;
mod money;
mod page;
mod payments;
mod queries;
mod refunds;
mod signature;
mod words;

use axum::Router;
use store::{Db, Migrations};
use tokio::net::TcpListener;

pub use clock::Clock;
pub use faults::Faults;
pub use gateway::{Gateway, Settings};

/// The gateway's own schema.
pub const MIGRATIONS: Migrations = store::migrations!["../migrations/0001_payments.sql"];

/// Opens the books, then serves and delivers until the future is dropped or the listener breaks.
pub async fn serve(listener: TcpListener, settings: Settings) -> std::io::Result<()> {
    let gateway = Gateway::open(settings, listener.local_addr()?).await.map_err(std::io::Error::other)?;
    let site = router(gateway.clone());
    tokio::select! {
        ended = axum::serve(listener, site) => ended,
        () = work(gateway) => Ok(()),
    }
}

/// The interface and the hosted page, without the work that goes on beside them.
pub fn router(gateway: Gateway) -> Router {
    api::router(gateway.clone()).merge(page::router()).fallback(api::nowhere).with_state(gateway)
}

/// Delivers notifications and lets time pass (slow methods, expiry) for as long as it is polled.
pub async fn work(gateway: Gateway) {
    deliver::run(gateway).await;
}

/// Opens a database file or server for the gateway and brings its schema up to date.
pub async fn open_database(url: &str) -> store::Result<Db> {
    let db = Db::open(url, store::Settings::default()).await?;
    db.migrate(&MIGRATIONS).await?;
    Ok(db)
}
