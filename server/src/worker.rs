//! The work behind the pages: takes what happened and what is due, one thing after another, until told to stop.

use domain::events::{self, Follower};
use domain::{
    App, accounts, earnings, feed, invoices, limits, notifications, orders, payouts, reconciliation, referrals, settlement,
    subscriptions, tokens, uploads, vouchers,
};
use futures::future::BoxFuture;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// Whoever follows the log of events, each with its own cursor.
const FOLLOWERS: &[Follower] = &[notifications::FOLLOWER, invoices::FOLLOWER, referrals::FOLLOWER];

/// What else may be due: does one piece of it and tells whether there was one.
type Duty = for<'a> fn(&'a App) -> BoxFuture<'a, domain::Result<bool>>;
const DUTIES: &[(&str, Duty)] = &[
    ("settle payments", |app| Box::pin(settlement::work(app))),
    ("renew memberships", |app| Box::pin(subscriptions::work(app))),
    ("release shares", |app| Box::pin(earnings::work(app))),
    ("send payouts", |app| Box::pin(payouts::work(app))),
    ("compare books with providers", |app| Box::pin(reconciliation::work(app))),
    ("collect for the feed", |app| Box::pin(async move { Ok(feed::collect(app).await? > 0) })),
    ("release shares of recommending", |app| Box::pin(referrals::work(app))),
    ("end codes", |app| Box::pin(vouchers::work(app))),
    ("have invoices issued", |app| Box::pin(invoices::work(app))),
    ("deliver letters", |app| Box::pin(notifications::deliver(app))),
];

/// Something may become due by the clock alone, and a wake-up may be lost: look again after this long.
const PATIENCE: Duration = Duration::from_millis(500);
/// After a failure, so that a database that is away is not asked all the time.
const REST: Duration = Duration::from_secs(2);
const HOUR: Duration = Duration::from_secs(3600);

/// Works until `stop` says so; a piece of work that has begun is finished.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut tidied: Option<Instant> = None;
    while !*stop.borrow() {
        let woken = app.db.woken();
        if tidied.is_none_or(|at| at.elapsed() > HOUR) {
            tidied = Some(Instant::now());
            tidy(&app).await;
        }
        let pause = match round(&app, &stop).await {
            Ok(true) => continue,
            Ok(false) => PATIENCE,
            Err(()) => REST,
        };
        tokio::select! {
            () = woken => (),
            () = tokio::time::sleep(pause) => (),
            _ = stop.changed() => (),
        }
    }
}

/// One round over everybody; whether anything was done. Fails when the database is away.
async fn round(app: &App, stop: &watch::Receiver<bool>) -> Result<bool, ()> {
    let mut busy = false;
    for follower in FOLLOWERS {
        busy |= told(follower.name, events::follow(app, *follower).await)?;
    }
    for (name, duty) in DUTIES {
        while !*stop.borrow() && told(name, duty(app).await)? {
            busy = true;
        }
    }
    Ok(busy)
}

fn told(name: &str, outcome: domain::Result<bool>) -> Result<bool, ()> {
    outcome.map_err(|cause| tracing::error!(%cause, "the worker could not {name}"))
}

/// Forgets what has served.
async fn tidy(app: &App) {
    let swept = uploads::sweep(app).await.map(drop);
    let calls = tokens::forget_calls(app).await;
    let secrets = tokens::forget_secrets(app).await;
    let orders = orders::tidy(app).await;
    for outcome in [limits::tidy(app).await, accounts::tidy_sessions(app).await, orders, calls, secrets, swept] {
        if let Err(cause) = outcome {
            tracing::warn!(%cause, "the worker could not tidy up");
        }
    }
}

/// `lectern work`: nothing but this.
pub async fn run_alone() -> Result<(), String> {
    let config = crate::config::Config::load(Default::default())?;
    crate::telemetry::start_log(&config.log, config.environment == crate::config::Environment::Production);
    let app = crate::world::open(&config).await?;
    tracing::info!("the worker is at work");
    let (tell, stop) = watch::channel(false);
    let working = tokio::spawn(run(app, stop));
    crate::serve::told_to_stop().await;
    let _ = tell.send(true);
    working.await.map_err(|reason| reason.to_string())
}
