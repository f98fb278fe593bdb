//! The work behind the pages: takes what happened and what is due, until told to stop. Every sort of work has a lane of its own,
//! so that a provider or a mail server that takes long, or something that cannot be done, holds up nobody else.
//!
//! The lane that settles payments begins as soon as anything happens. The others rest after each look, so that what happens
//! within a rest is taken together, in one transaction, and a busy school is not asked after every order what else is due: where
//! somebody waits for what comes of it, for a moment that nobody notices beside a provider's answer; else a little longer.

use domain::events::{self, Follower};
use domain::{
    App, accounts, audit, audit_trail, earnings, feed, guesses, invoices, limits, notifications, orders, payments, payouts,
    privacy, put_off, reconciliation, referrals, settlement, subscriptions, tokens, uploads, vouchers,
};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Whoever follows the log of events, each with its own cursor.
const FOLLOWERS: &[Follower] = &[notifications::FOLLOWER, invoices::FOLLOWER, referrals::FOLLOWER];

/// What else may be due: does one piece of it and tells whether there may be more.
type Duty = for<'a> fn(&'a App) -> BoxFuture<'a, domain::Result<bool>>;
const DUTIES: &[(&str, Duty)] = &[
    ("renew memberships", |app| Box::pin(subscriptions::work(app))),
    ("release shares", |app| Box::pin(earnings::work(app))),
    ("send payouts", |app| Box::pin(payouts::work(app))),
    ("close orders", |app| Box::pin(settlement::endings(app))),
    ("compare books with providers", |app| Box::pin(reconciliation::work(app))),
    ("collect for the feed", |app| Box::pin(async move { Ok(feed::collect(app).await? == feed::FULL) })),
    ("release shares of recommending", |app| Box::pin(referrals::work(app))),
    ("end codes", |app| Box::pin(vouchers::work(app))),
    ("have invoices issued", |app| Box::pin(invoices::work(app))),
    ("answer requests for new passwords", |app| Box::pin(accounts::answer_request(app))),
    ("make archives of people's data", |app| Box::pin(privacy::make_archive(app))),
    ("forget people who asked for it", |app| Box::pin(privacy::forget_next(app))),
    ("note who was forgotten", |app| Box::pin(privacy::note_erasures(app))),
    ("deliver letters", |app| Box::pin(notifications::deliver(app))),
    ("tell that it is at work", |app| Box::pin(audit::keep_beating(app))),
];

/// The same where somebody waits for what comes of it, with how long the lane lets things gather.
const URGENT: &[(&str, Duty, Duration)] = &[
    ("settle payments", |app| Box::pin(settlement::notices(app)), Duration::ZERO),
    ("ask about payments", |app| Box::pin(settlement::questions(app)), MOMENT),
    ("send refunds", |app| Box::pin(settlement::refunds(app)), MOMENT),
];

/// What is better done for many at a time than soon.
const GATHERED: &[(&str, Duty)] = &[("seal the trail", |app| Box::pin(audit_trail::seal(app)))];

/// What may take minutes: nobody who stops the program waits for it, and it is begun again.
const SLOW: &[(&str, Duty)] = &[("look into files that wait", |app| Box::pin(uploads::finish_waiting(app)))];

/// Something may become due by the clock alone, and a wake-up may be lost: look again after this long.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long a lane that nobody waits for lets things gather.
const GATHERING: Duration = Duration::from_millis(100);
/// The same where a provider is asked, which takes longer.
const MOMENT: Duration = Duration::from_millis(20);
/// After a failure, so that a database that is away is not asked all the time.
const REST: Duration = Duration::from_secs(2);
const HOUR: Duration = Duration::from_secs(3600);

/// What one lane does, again and again.
#[derive(Clone, Copy)]
enum Work {
    Follow(Follower),
    Do(&'static str, Duty),
}

impl Work {
    fn name(self) -> &'static str {
        match self {
            Work::Follow(follower) => follower.name,
            Work::Do(name, _) => name,
        }
    }

    /// One piece of it; whether there may be more already.
    async fn go(self, app: &App) -> domain::Result<bool> {
        match self {
            Work::Follow(follower) => events::follow(app, follower).await,
            Work::Do(_, duty) => duty(app).await,
        }
    }
}

/// Works until `stop` says so; a piece of work that has begun is finished, unless it is slow.
pub async fn run(app: App, stop: watch::Receiver<bool>) {
    let follow = FOLLOWERS.iter().map(|follower| (Work::Follow(*follower), GATHERING));
    let duties = DUTIES.iter().map(|(name, duty)| (Work::Do(name, *duty), GATHERING));
    let urgent = URGENT.iter().map(|(name, duty, rest)| (Work::Do(name, *duty), *rest));
    let gathered = GATHERED.iter().map(|(name, duty)| (Work::Do(name, *duty), PATIENCE));
    let all = follow.chain(duties).chain(urgent).chain(gathered);
    let mut lanes: JoinSet<()> = all.map(|(work, rest)| lane(app.clone(), work, rest, stop.clone())).collect();
    for (name, duty) in SLOW {
        lanes.spawn(broken_off(lane(app.clone(), Work::Do(name, *duty), GATHERING, stop.clone()), stop.clone()));
    }
    lanes.spawn(keep_tidy(app, stop));
    while lanes.join_next().await.is_some() {}
}

/// One sort of work; after a look that found no more it rests, and then waits until something happens.
async fn lane(app: App, work: Work, rest: Duration, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let woken = app.db.woken();
        let pause = match piece(&app, work).await {
            Ok(true) => continue,
            Ok(false) => PATIENCE,
            Err(()) => REST,
        };
        let rested = async {
            if !rest.is_zero() {
                tokio::time::sleep(rest).await;
            }
            woken.await;
        };
        tokio::select! {
            () = rested => (),
            () = tokio::time::sleep(pause) => (),
            _ = stop.changed() => (),
        }
    }
}

/// The work until `stop` says so, and not to the end of a piece that has begun.
async fn broken_off(work: impl Future<Output = ()>, mut stop: watch::Receiver<bool>) {
    let told = async move {
        let _ = stop.wait_for(|told| *told).await;
    };
    tokio::select! { () = work => (), () = told => () }
}

/// One piece of work; whether there may be more already. Fails when the database is away, or when the work itself breaks.
async fn piece(app: &App, work: Work) -> Result<bool, ()> {
    match AssertUnwindSafe(work.go(app)).catch_unwind().await {
        Ok(outcome) => outcome.map_err(|cause| tracing::error!(%cause, "the worker could not {}", work.name())),
        Err(_) => {
            tracing::error!("the worker broke when it was to {}", work.name());
            Err(())
        }
    }
}

async fn keep_tidy(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tidy(&app).await;
        tokio::select! {
            () = tokio::time::sleep(HOUR) => (),
            _ = stop.changed() => (),
        }
    }
}

/// Forgets what has served.
async fn tidy(app: &App) {
    let swept = uploads::sweep(app).await.map(drop).and(subscriptions::forget_studied(app).await.map(drop));
    let calls = tokens::forget_calls(app).await;
    let secrets = tokens::forget_secrets(app).await;
    let orders = orders::tidy(app).await;
    let archives = privacy::tidy_archives(app).await;
    let tried = put_off::tidy(app).await;
    let people = [
        accounts::tidy_sessions(app).await,
        accounts::tidy_links(app).await,
        accounts::reseal(app).await,
        payouts::reseal(app).await,
        accounts::tidy_log(app).await,
        accounts::tidy_challenges(app).await,
        accounts::tidy_seeing(app).await,
        guesses::tidy(app).await,
        accounts::identity::tidy_attempts(app).await,
        accounts::passkeys::tidy_ceremonies(app).await,
        payments::tidy_journeys(app).await,
    ];
    for outcome in people.into_iter().chain([limits::tidy(app).await, orders, calls, secrets, swept, archives, tried]) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::testing::School;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use store::{Db, on_both};

    static DONE: AtomicUsize = AtomicUsize::new(0);

    async fn until_done(more: usize) -> bool {
        let wanted = DONE.load(Ordering::SeqCst) + more;
        for _ in 0..200 {
            if DONE.load(Ordering::SeqCst) >= wanted {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    on_both!(work_that_takes_for_ever_or_breaks_holds_up_nobody_else, async |db: Db| {
        let school = School::open(db).await;
        let (tell, stop) = watch::channel(false);
        let waits = Work::Do("wait for ever", |_| Box::pin(std::future::pending()));
        let breaks = Work::Do("break", |_| Box::pin(async { panic!("a mistake of ours") }));
        let works = Work::Do("work", |_| {
            DONE.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { Ok(false) })
        });
        let waiting = tokio::spawn(lane(school.app.clone(), waits, Duration::ZERO, stop.clone()));
        let slow = lane(school.app.clone(), waits, Duration::ZERO, stop.clone());
        let slow = tokio::spawn(broken_off(slow, stop.clone()));
        let others = [breaks, works].map(|work| tokio::spawn(lane(school.app.clone(), work, GATHERING, stop.clone())));
        assert!(until_done(2).await, "the work goes on");
        tell.send(true).expect("somebody listens");
        for lane in others {
            lane.await.expect("a lane ends when it is told to, even one whose work breaks");
        }
        slow.await.expect("nobody waits for what is slow");
        waiting.abort();
    });
}
