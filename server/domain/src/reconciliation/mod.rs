//! Ours against the provider's: what a provider says moved on a day, set beside what we booked for it (INV-19).
//!
//! Calls payments. The comparison is pure; the provider is asked outside any transaction.

mod compare;
mod queries;
#[cfg(test)]
mod tests;

use crate::payments::{self, Trouble};
use crate::{App, Result, Staff};
use compare::{Compared, compare};
use model::Moment;
use model::books::{Outcome, Reconciliation};
use model::ids::AccountId;
use model::paging::{Leaf, Page};
use model::payments::Provider;
use model::time::{Span, days, hours, minutes};

/// Days begin at midnight in Shanghai.
const ZONE: Span = hours(8);
/// Yesterday is compared when it is this old: providers need a while.
const SETTLES: Span = hours(3);
/// So many days back a day that was not compared is still asked for.
const LOOKS_BACK: i64 = 30;
/// A provider that did not answer is asked again after this.
const AGAIN: Span = minutes(10);
/// How many comparisons a page shows.
const PER_PAGE: u32 = 30;

/// The number of the day in Shanghai.
fn day_of(at: Moment) -> i64 {
    (at + ZONE).day()
}

fn start_of(day: i64) -> Moment {
    Moment::default() + days(day) - ZONE
}

/// Compares, with every provider that tells, the oldest day that was not compared yet: usually yesterday, and after a time without
/// a worker or without answers one day after the other. From the first day on that the house ever looked at; a school that is new
/// today has no yesterday.
pub async fn work(app: &App) -> Result<bool> {
    let mut busy = false;
    for provider in payments::providers(app) {
        if !payments::gateway(app, provider)?.settles() {
            continue;
        }
        if let Some(day) = oldest_open(app, provider).await? {
            run(app, provider, day, None).await?;
            busy = true;
        }
    }
    Ok(busy)
}

async fn oldest_open(app: &App, provider: Provider) -> Result<Option<i64>> {
    let yesterday = day_of(app.now() - SETTLES) - 1;
    let mut conn = app.db.read().await?;
    let Some(opened) = queries::opened(&mut conn).await? else { return Ok(None) };
    let first = queries::first_day(&mut conn, provider).await?.unwrap_or(yesterday).max(day_of(opened));
    let from = first.max(yesterday - LOOKS_BACK + 1);
    let done = queries::done(&mut conn, provider, from, app.now() - AGAIN).await?;
    Ok((from..=yesterday).find(|day| !done.contains(day)))
}

/// Staff want a day compared now, with every provider that tells.
pub async fn compare_now(app: &App, staff: &Staff, day: i64) -> Result<()> {
    for provider in payments::providers(app) {
        if payments::gateway(app, provider)?.settles() {
            run(app, provider, day, Some(&staff.id)).await?;
        }
    }
    Ok(())
}

/// A page of comparisons, the latest first, each with its differences.
pub async fn list(app: &App, _staff: &Staff, page: u32) -> Result<Page<Reconciliation>> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count(&mut conn).await?);
    Ok(leaf.with(queries::list(&mut conn, leaf).await?))
}

async fn run(app: &App, provider: Provider, day: i64, by: Option<&AccountId>) -> Result<()> {
    // a day more on either side, so that what crossed midnight between two clocks is no difference
    let (from, until) = (start_of(day - 1), start_of(day + 2));
    let answer = payments::gateway(app, provider)?.settled(from, until).await;
    let run = match answer {
        Ok(theirs) => {
            let ours = queries::booked(&mut app.db.read().await?, provider, from, until).await?;
            Run { compared: compare(&theirs, &ours, start_of(day), start_of(day + 1)), problem: String::new(), answered: true }
        }
        Err(Trouble::Refused(reason) | Trouble::Silent(reason)) => {
            tracing::warn!(%provider, day, %reason, "a provider did not tell what moved");
            Run { compared: Compared::default(), problem: reason, answered: false }
        }
    };
    if !run.compared.differences.is_empty() {
        tracing::error!(%provider, day, count = run.compared.differences.len(), "the provider's books and ours differ");
    }
    app.db.write(async |tx| queries::keep(app, tx, provider, day, &run, by).await).await
}

/// A comparison that was made.
struct Run {
    compared: Compared,
    problem: String,
    answered: bool,
}

impl Run {
    fn outcome(&self) -> Outcome {
        match (self.answered, self.compared.differences.is_empty()) {
            (false, _) => Outcome::NoAnswer,
            (true, true) => Outcome::Same,
            (true, false) => Outcome::Different,
        }
    }
}
