//! Wrong codes, written down one by one: whoever guesses leaves a trace that staff can see (`admin::signals`). The limits that stop
//! guessers are counted without names (`limits`), by person where a code is tried and by network here.

mod queries;

use crate::limits::{self, Limit};
use crate::{App, Error, Result};
use model::Fault;
use model::ids::{AccountId, EventId};
use model::time::{days, hours};

/// Wrong codes from one network, by whomever (SEC-L3): a guesser may register anew, and does not get another network by that.
const FROM_NETWORK: Limit = Limit { name: "guess.network.hour", at_most: 20, per: hours(1) };

model::words! {
    /// What was guessed.
    pub enum Guess {
        Coupon = "coupon",
        /// A gift, a redeem code or a seat.
        Redeem = "redeem",
    }
}

/// Whether a code was refused.
fn is_wrong<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(Error::Fault(Fault::Conflict(_) | Fault::Invalid(_))))
}

/// Tries a code for somebody of this network; where too many were wrong, none is tried for a while.
pub async fn from_network<T>(app: &App, network: &str, trying: impl Future<Output = Result<T>>) -> Result<T> {
    network_may_try(app, network).await?;
    let outcome = trying.await;
    if is_wrong(&outcome) {
        count_for_network(app, network).await?;
    }
    outcome
}

/// Refuses where too many codes from this network were wrong. For what tells of a wrong code without being refused itself.
pub(crate) async fn network_may_try(app: &App, network: &str) -> Result<()> {
    limits::within(app, &[FROM_NETWORK], network).await
}

/// One code from this network was wrong.
pub(crate) async fn count_for_network(app: &App, network: &str) -> Result<()> {
    limits::count(app, &[FROM_NETWORK], network).await
}

/// Passes on what came of a code, and writes it down where the code was refused.
pub async fn watch<T>(app: &App, guess: Guess, who: &AccountId, outcome: Result<T>) -> Result<T> {
    if is_wrong(&outcome) {
        note(app, guess, who).await?;
    }
    outcome
}

/// Writes down one wrong code.
pub async fn note(app: &App, guess: Guess, who: &AccountId) -> Result<()> {
    let id: EventId = app.new_id();
    let id = &id;
    app.db.write(async |tx| queries::add(tx, id, guess, who, app.now()).await).await
}

/// Forgets what is a month old.
pub async fn tidy(app: &App) -> Result<()> {
    let before = app.now() - days(30);
    app.db.write(async |tx| queries::forget(tx, before).await).await
}
