//! The sandbox payment provider: an honest stand-in for a real one, with its own database and its own books.
//!
//! Knows: payments, refunds, a hosted page where a payer chooses what happens, signed notifications that arrive at least
//! once, and faults on demand. Must not know: anything of the school. It shares no verification code with the receiver of
//! its notifications, so that the two check each other.

mod agreements;
mod alipay;
mod answer;
mod api;
mod clock;
mod deliver;
mod dialect;
mod disputes;
mod due;
pub mod emulation;
mod events;
mod faults;
mod gateway;
mod idempotency;
mod money;
mod page;
mod payments;
mod payouts;
mod queries;
mod refunds;
mod sandbox;
mod signature;
mod stripe;
mod wechat;
mod words;

use axum::Router;
use axum::middleware::from_fn_with_state;
use store::{Db, Durability, Migrations};
use tokio::net::TcpListener;

pub use clock::Clock;
pub use faults::{Charges, Disputes, Faults, Payouts, Refunds};
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
    let trouble = || from_fn_with_state(gateway.clone(), api::trouble::in_the_way);
    api::router(gateway.clone())
        .merge(page::router())
        .nest("/stripe/v1", stripe::router(gateway.clone()).layer(trouble()))
        .nest("/alipay", alipay::router().layer(trouble()))
        .nest("/wechat", wechat::platform().layer(trouble()))
        .nest("/wechat/v3", wechat::router(gateway.clone()).layer(trouble()))
        .fallback(api::nowhere)
        .with_state(gateway.clone())
}

/// Delivers notifications and lets time pass (slow methods, expiry) for as long as it is polled.
pub async fn work(gateway: Gateway) {
    deliver::run(gateway).await;
}

/// Opens a database file or server for the gateway and brings its schema up to date. A power cut may take the last payments of a
/// file: no money was in them, and a real provider does not share the shop's disk.
pub async fn open_database(url: &str) -> store::Result<Db> {
    let db = Db::open(url, store::Settings { durability: Durability::Late, ..store::Settings::default() }).await?;
    db.migrate(&MIGRATIONS).await?;
    Ok(db)
}
