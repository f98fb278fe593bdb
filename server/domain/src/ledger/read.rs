//! The books, to read: one's own accounts, or all of them for those who keep them.

use super::queries::{self, Transfer};
use crate::{App, Result, Staff};
use model::Money;
use model::ids::AccountId;

/// Whose accounts.
#[derive(Debug, Clone)]
pub enum Whose {
    Of(AccountId),
    Everybodys(Staff),
}

impl Whose {
    /// None: everybody's.
    pub fn owner(&self) -> Option<&AccountId> {
        match self {
            Whose::Of(owner) => Some(owner),
            Whose::Everybodys(_) => None,
        }
    }
}

/// An account and what stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    pub account: String,
    /// Credits minus debits that are final.
    pub posted: Money,
    /// Reserved to come in.
    pub incoming: Money,
    /// Reserved to go out.
    pub outgoing: Money,
}

/// What stands on each account, by name and currency.
pub async fn balances(app: &App, whose: &Whose) -> Result<Vec<Balance>> {
    queries::balances(&mut app.db.read().await?, whose.owner()).await
}

/// Movements after the place `after` in the chain, oldest first.
pub async fn transfers(app: &App, whose: &Whose, after: i64, limit: i64) -> Result<Vec<Transfer>> {
    let mut conn = app.db.read().await?;
    match whose.owner() {
        Some(owner) => queries::chain_of(&mut conn, owner, after, limit).await,
        None => queries::chain(&mut conn, after, limit).await,
    }
}
