//! A form sent twice leads to the same place once (INV-10a).

use super::queries;
use crate::secrets::hash;
use crate::{App, Error, Result};
use model::Refusal;
use model::ids::AccountId;
use model::orders::{self, Key};
use model::time::{Span, days};
use store::{Conn, Tx};

/// How long a key is remembered.
const REMEMBERED: Span = days(30);
/// How long a cart or a checkout that nobody comes back to is kept.
const KEPT: Span = days(30);

/// Forgets keys that nobody sends again and carts and checkouts that nobody came back to.
pub async fn tidy(app: &App) -> Result<()> {
    let now = app.now();
    app.db
        .write(async |tx| {
            queries::forget_outcomes(tx, now - REMEMBERED).await?;
            queries::forget_carts(tx, now - KEPT).await?;
            queries::forget_checkouts(tx, now - KEPT).await
        })
        .await
}

/// One form of one person, by its key.
#[derive(Debug, Clone)]
pub struct Once<'a> {
    pub who: &'a AccountId,
    /// Which form.
    pub route: &'static str,
    pub key: &'a Key,
    /// What was sent, so that the same key never stands for two things.
    pub request: String,
}

impl Once<'_> {
    /// What the form led to before, if it was sent before.
    pub async fn before(&self, conn: &mut Conn) -> Result<Option<String>> {
        match queries::outcome(conn, self.who, self.route, self.key.as_str()).await? {
            Some((request_hash, _)) if request_hash != hash(&self.request) => {
                Err(Error::refuse(Refusal::Orders(orders::Refusal::OtherRequest)))
            }
            Some((_, outcome)) => Ok(Some(outcome)),
            None => Ok(None),
        }
    }

    /// Keeps what it led to, in the transaction of what it did.
    pub async fn keep(&self, app: &App, tx: &mut Tx, outcome: &str) -> Result<()> {
        let kept =
            queries::keep_outcome(tx, self.who, self.route, self.key.as_str(), &hash(&self.request), outcome, app.now()).await?;
        if kept { Ok(()) } else { Err(Error::refuse(Refusal::InProgress)) }
    }
}
