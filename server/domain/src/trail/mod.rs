//! Who did what: one row for every change of state and for every refusal worth keeping. Append-only.

mod queries;

use crate::{App, Result};
use model::Moment;
use model::ids::{AccountId, EventId};
use store::{Conn, Tx};

/// One thing done.
#[derive(Debug, Clone)]
pub struct Deed<'a> {
    /// `paid`, `refused`: a word of the area.
    pub action: &'a str,
    /// `order`, `attempt`, `refund`.
    pub kind: &'a str,
    pub subject: &'a str,
    pub detail: String,
    /// None: the program itself.
    pub actor: Option<&'a AccountId>,
}

/// One thing done, as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub action: String,
    pub kind: String,
    pub actor: Option<String>,
    pub detail: String,
    pub at: Moment,
}

/// Writes it down in the transaction of its cause.
pub async fn note(app: &App, tx: &mut Tx, deed: Deed<'_>) -> Result<()> {
    queries::add(tx, app.new_id::<EventId>().as_str(), &deed, app.now()).await
}

/// Everything done to these subjects, oldest first; the actor by name.
pub async fn of(conn: &mut Conn, subjects: &[String]) -> Result<Vec<Done>> {
    queries::of(conn, subjects).await
}
