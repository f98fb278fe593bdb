//! The statements of wrong codes.

use super::Guess;
use crate::Result;
use model::Moment;
use model::ids::{AccountId, EventId};
use store::{Tx, sql};

pub async fn add(tx: &mut Tx, id: &EventId, guess: Guess, who: &AccountId, at: Moment) -> Result<()> {
    tx.query(sql!("INSERT INTO wrong_codes (id, at, kind, account_id) VALUES ($1, $2, $3, $4)"))
        .bind(id.as_str())
        .bind(at.millis())
        .bind(guess.as_str())
        .bind(who.as_str())
        .execute()
        .await?;
    Ok(())
}

pub async fn forget(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM wrong_codes WHERE at < $1")).bind(before.millis()).execute().await?;
    Ok(())
}
