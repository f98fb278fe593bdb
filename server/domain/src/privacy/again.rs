//! Erasures outlive the database. Each is noted beside the files, under an id that leads to nobody; after an older copy of the
//! database was restored, whoever is noted there and has come back is forgotten again.

use super::erase::{remove_files, take_out};
use super::leaving::obstacles;
use super::queries::erase;
use super::queries::erasures as queries;
use crate::ports::Files;
use crate::{App, Error, Result, accounts, catalog, subscriptions};
use model::Moment;
use model::ids::AccountId;
use model::privacy::Obstacle;
use serde::{Deserialize, Serialize};
use store::Conn;

/// Where the notes are, among the files.
const FOLDER: &str = "erasures";
/// A note is a short line.
const LENGTH: usize = 1024;
/// So many are noted in one go.
const ABREAST: i64 = 100;

/// Somebody who was forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    pub account: AccountId,
    pub at: Moment,
    /// Their reviews stayed under no name.
    pub keeps_reviews: bool,
}

/// What became of a list of erasures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reapplied {
    /// Forgotten now.
    pub again: Vec<AccountId>,
    /// They were gone already.
    pub gone: usize,
    /// The copy is older than their account.
    pub unknown: usize,
    /// The last administrator; somebody else has to become one first.
    pub kept: Vec<AccountId>,
}

/// Notes beside the files who was forgotten; whether there may be more.
pub async fn note_erasures(app: &App) -> Result<bool> {
    let waiting = queries::to_note(&mut app.db.read().await?, ABREAST).await?;
    for one in &waiting {
        let line = serde_json::to_vec(one).map_err(Error::bug)?;
        app.ports.files.write(&format!("{FOLDER}/{}", one.account), 0, line).await.map_err(Error::bug)?;
        app.db.write(async |tx| queries::noted(tx, &one.account, app.now()).await).await?;
    }
    Ok(i64::try_from(waiting.len()).unwrap_or(ABREAST) == ABREAST)
}

/// Everybody who was ever forgotten, as far as the database and the notes know, by the time it was done.
pub async fn erasures(app: &App) -> Result<Vec<Erasure>> {
    let mut all = noted(app.ports.files.as_ref()).await?;
    for one in queries::all(&mut app.db.read().await?).await? {
        if !all.iter().any(|other| other.account == one.account) {
            all.push(one);
        }
    }
    all.sort_by(|a, b| (a.at, &a.account).cmp(&(b.at, &b.account)));
    Ok(all)
}

/// What is noted beside the files.
async fn noted(files: &dyn Files) -> Result<Vec<Erasure>> {
    let mut all = Vec::new();
    for key in files.list(FOLDER).await.map_err(Error::bug)? {
        let line = files.read(&key, 0, LENGTH).await.map_err(Error::bug)?;
        // one that was cut off by a crash is written again by whoever was at it
        match serde_json::from_slice(&line) {
            Ok(one) => all.push(one),
            Err(cause) => tracing::warn!(%cause, %key, "the note of an erasure cannot be read"),
        }
    }
    Ok(all)
}

/// Those noted beside the files whom this database still knows: it was restored from a copy that is older.
pub async fn come_back(conn: &mut Conn, files: &dyn Files) -> Result<Vec<Erasure>> {
    let mut back = Vec::new();
    for one in noted(files).await? {
        if queries::is_done(conn, &one.account).await? == Some(false) {
            back.push(one);
        }
    }
    Ok(back)
}

/// Forgets everybody of the list whom this database still knows. What stood against their going was settled when they went, so only
/// the last administrator stops it; a membership of theirs ends at once, and what they sold is offered no more.
pub async fn reapply(app: &App, list: &[Erasure]) -> Result<Reapplied> {
    let mut told = Reapplied::default();
    for one in list {
        let done = queries::is_done(&mut app.db.read().await?, &one.account).await?;
        match done {
            None => told.unknown += 1,
            Some(true) => told.gone += 1,
            Some(false) => match again(app, one).await? {
                true => told.again.push(one.account.clone()),
                false => told.kept.push(one.account.clone()),
            },
        }
    }
    Ok(told)
}

/// Whether it could be done.
async fn again(app: &App, one: &Erasure) -> Result<bool> {
    let account = &one.account;
    let kept = app
        .db
        .write(async |tx| {
            accounts::lock_admins(tx).await?;
            accounts::lock(tx, account).await?;
            if obstacles(tx, account, true).await?.contains(&Obstacle::LastAdmin) {
                return Ok(true);
            }
            subscriptions::end_at_once(app, tx, account).await?;
            for course in queries::offered(tx, account).await? {
                catalog::unlist(app, tx, &course).await?;
            }
            queries::withdraw(tx, account).await?;
            erase::drafts(tx, account).await?;
            Ok::<_, Error>(false)
        })
        .await?;
    if kept {
        return Ok(false);
    }
    remove_files(app, account).await?;
    app.db
        .write(async |tx| {
            accounts::lock_admins(tx).await?;
            accounts::lock(tx, account).await?;
            take_out(app, tx, one, "account.erased_again").await
        })
        .await?;
    tracing::info!(account.id = %account, "a person was forgotten again");
    Ok(true)
}
