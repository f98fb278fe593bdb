//! Who did what to what: append-only, written in the transaction of the deed itself, and sealed soon after.

mod queries;
mod seal;

pub(crate) use seal::broken_seals;
pub use seal::{seal, unsealed};

use crate::{App, Error, Result};
use model::admin::{TrailEntry, TrailRange};
use model::ids::AccountId;
use model::{Fault, Moment};
use std::borrow::Cow;
use store::{Conn, Tx};

/// A deed worth remembering. `detail` is for a reader in doubt; it holds no secrets and no addresses.
#[derive(Debug, Clone)]
pub struct Deed<'a> {
    /// A dotted word: `account.role_given`.
    pub action: Cow<'static, str>,
    /// Whoever did it; nobody: the operator at the command line, or the house itself.
    pub actor: Option<&'a AccountId>,
    /// What kind of thing it was done to: `account`, `order`, `course`.
    pub subject_kind: &'static str,
    pub subject: String,
    pub detail: String,
}

impl<'a> Deed<'a> {
    pub fn new(action: impl Into<Cow<'static, str>>, subject_kind: &'static str, subject: impl std::fmt::Display) -> Self {
        Self { action: action.into(), actor: None, subject_kind, subject: subject.to_string(), detail: String::new() }
    }
    /// By this person, where it was one and not the house itself.
    pub fn by_any(mut self, actor: Option<&'a AccountId>) -> Self {
        self.actor = actor;
        self
    }
    pub fn by(mut self, actor: &'a AccountId) -> Self {
        self.actor = Some(actor);
        self
    }
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// Writes the deed down.
pub async fn record(app: &App, tx: &mut Tx, deed: Deed<'_>) -> Result<()> {
    let id: model::ids::EventId = app.new_id();
    queries::append(tx, id.as_str(), &deed, app.now()).await
}

/// SM-0: where what was wanted cannot happen in the state that things are in, that is written down; the refusal goes on to whoever
/// asked. In a transaction of its own, for the one that found it out has changed nothing.
pub async fn noting<T>(app: &App, wanted: Deed<'_>, outcome: Result<T>) -> Result<T> {
    if matches!(&outcome, Err(Error::Fault(Fault::Conflict(refusal))) if refusal.is_of_state()) {
        app.db.write(async |tx| record(app, tx, wanted.clone()).await).await?;
    }
    outcome
}

/// A deed as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub action: String,
    /// By name.
    pub actor: Option<String>,
    pub detail: String,
    pub at: Moment,
}

/// Everything done to these subjects, oldest first.
pub async fn of(conn: &mut Conn, subjects: &[String]) -> Result<Vec<Done>> {
    queries::of(conn, subjects).await
}

/// What a page of the trail is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Narrowed<'a> {
    /// Part of a name or an address, as a pattern, and what was typed, as an id may be.
    pub who: Option<&'a str>,
    pub who_id: &'a str,
    /// Only what nobody did: the operator, or the house itself.
    pub house: bool,
    /// How the deed's word begins, as a pattern.
    pub what: Option<&'a str>,
    /// The whole id of what it was done to, or the address of whom.
    pub subject: Option<&'a str>,
    pub range: TrailRange,
    /// Where the page before ended.
    pub after: Option<(Moment, &'a str)>,
    pub limit: i64,
}

/// Deeds of all kinds, the latest first.
pub async fn page(conn: &mut Conn, narrowed: &Narrowed<'_>) -> Result<Vec<TrailEntry>> {
    queries::page(conn, narrowed).await
}
