//! From the secret a program presents to the person it acts for.

use super::queries;
use crate::secrets::hash;
use crate::{App, Result};
use model::accounts::Me;
use model::time::{Span, minutes};
use model::tokens::{PREFIX, Scope};

/// How stale the note of the last use may get before it is written again.
const USED_STEP: Span = minutes(5);

/// A program that acts for somebody.
#[derive(Debug, Clone)]
pub struct Holder {
    pub me: Me,
    pub scopes: Vec<Scope>,
}

/// The person this secret acts for, if the token is live and the person is not suspended.
pub async fn holder(app: &App, presented: &str) -> Result<Option<Holder>> {
    if !presented.starts_with(PREFIX) {
        return Ok(None);
    }
    let (hash, now) = (hash(presented), app.now());
    let Some(found) = queries::holder(&mut app.db.read().await?, &hash, now).await? else { return Ok(None) };
    if found.used_at.is_none_or(|used| now.since(used) > USED_STEP) {
        let hash = &hash;
        app.db.write(async |tx| queries::used(tx, hash, now).await).await?;
    }
    Ok(Some(Holder { me: found.me, scopes: found.scopes }))
}
