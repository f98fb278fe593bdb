//! Wrong codes, written down one by one: whoever guesses leaves a trace that staff can see (`admin::signals`). The limits that stop
//! guessers are counted without names (`limits`).

mod queries;

use crate::{App, Error, Result};
use model::Fault;
use model::ids::{AccountId, EventId};
use model::time::days;

model::words! {
    /// What was guessed.
    pub enum Guess {
        Coupon = "coupon",
        /// A gift, a redeem code or a seat.
        Redeem = "redeem",
    }
}

/// Passes on what came of a code, and writes it down where the code was refused.
pub async fn watch<T>(app: &App, guess: Guess, who: &AccountId, outcome: Result<T>) -> Result<T> {
    if matches!(outcome, Err(Error::Fault(Fault::Conflict(_) | Fault::Invalid(_)))) {
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
