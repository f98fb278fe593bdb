//! Time that was paid for and is over is earned: deferred → revenue, and the instructors' part of it is shared by what this very
//! subscriber studied with each of them. Where nothing was studied the school keeps it.

use super::queries::{self, Period};
use super::studied::{Taught, by_course};
use crate::earnings::{self, Sold, Source};
use crate::ledger::{self, Account, Entry, Kind, Links};
use crate::{App, Error, Result};
use model::Money;
use model::ids::{AccountId, OrderId};
use model::time::{Span, days, hours};
use store::Tx;

/// A period that could not be earned is tried again after this.
const AGAIN: Span = hours(1);

/// Earns up to `limit` periods that are over. Says how many.
pub async fn work(app: &App, limit: i64) -> Result<usize> {
    let over = queries::unrecognised(&mut app.db.read().await?, app.now(), limit).await?;
    let mut earned = 0;
    for period in &over {
        let done: Result<bool> = app.db.write(async |tx| earn(app, tx, period).await).await;
        match done {
            Ok(true) => earned += 1,
            Ok(false) => (),
            Err(away) if away.is_unavailable() => return Err(away),
            Err(cause) => {
                tracing::error!(%cause, subscription.id = %period.subscription, "a period could not be earned");
                let then = app.now() + AGAIN;
                app.db.write(async |tx| queries::earn_later(tx, period, then).await).await?;
            }
        }
    }
    Ok(earned)
}

/// How long reports are kept: longer than one may be on its way.
const REPORTS: Span = days(100);

/// Forgets old reports of what was studied; where somebody is in a lesson stays, and so does what is still to be shared. Says how many.
pub async fn forget_studied(app: &App) -> Result<u64> {
    let then = app.now() - REPORTS;
    app.db.write(async |tx| queries::forget_studied(tx, then).await).await
}

/// False: not now.
pub(super) async fn earn(app: &App, tx: &mut Tx, period: &Period) -> Result<bool> {
    // nobody asks for its money back meanwhile
    queries::lock(tx, &period.subscription).await?;
    let about = format!("period:{}:{}", period.subscription, period.number);
    let sold = sold(app, tx, period).await?;
    let payer = queries::payer_of(tx, period).await?;
    let mut shared = Money::zero(period.value.currency());
    for (_, share) in sold.iter().flat_map(|course| &course.shares) {
        shared = shared.plus(*share)?;
    }
    if !queries::recognise(tx, period, shared, app.now()).await? {
        return Ok(false);
    }
    let mut entry = Entry::new(Links::default()).about(about.clone());
    let mut left = period.value;
    // nothing moves between reading what is held and moving it
    ledger::hold(tx).await?;
    for (line, held) in queries::held(tx, &period.subscription, period.value.currency()).await? {
        let part = if held.minor() < left.minor() { held } else { left };
        entry = entry.moved(Account::Deferred(line), Account::Revenue, part, Kind::Recognition);
        left = left.minus(part)?;
    }
    if !left.is_zero() {
        return Err(Error::bug(format!("{} of a period of {} is not there", left.decimal(), period.subscription)));
    }
    for course in &sold {
        let sold = Sold {
            source: Source::Subscription,
            source_id: &about,
            course: Some(&course.taught.course),
            order: payer.as_ref().map(OrderId::as_str),
            title: &course.taught.title,
            net: course.net,
            pool: course.pool,
            shares: &course.shares,
        };
        entry = earnings::accrue(app, tx, &sold, entry).await?;
    }
    ledger::post(app, tx, &entry).await?;
    Ok(true)
}

/// What a period brought to one course.
struct Brought {
    taught: Taught,
    net: Money,
    pool: Money,
    shares: Vec<(AccountId, Money)>,
}

/// The period by minutes studied of each course: largest remainder, so that the parts make it up exactly.
async fn sold(app: &App, tx: &mut Tx, period: &Period) -> Result<Vec<Brought>> {
    let studied: Vec<(Taught, u64)> = by_course(&queries::studied(tx, period).await?).into_iter().collect();
    if studied.is_empty() || period.value.is_zero() {
        return Ok(Vec::new());
    }
    let pool = period.value.portion(i64::from(app.settings.instructor_share_bp), 10_000)?;
    let parts = period.value.split(&studied).into_iter().zip(pool.split(&studied));
    let mut all = Vec::new();
    for ((taught, _), (net, pool)) in studied.iter().zip(parts) {
        let shares = earnings::shares_today(tx, &taught.course, &taught.owner, pool).await?;
        all.push(Brought { taught: taught.clone(), net, pool, shares });
    }
    Ok(all)
}
