//! A line in the person's own log, for areas above.

use super::log::{self, Whence};
use crate::{App, Result, Visitor};
use model::accounts::LoggedKind;
use model::ids::AccountId;
use store::Tx;

/// Writes down what the visitor did to this account, and roughly from where.
pub async fn log_deed(app: &App, tx: &mut Tx, account: &AccountId, kind: LoggedKind, visitor: &Visitor) -> Result<()> {
    log::record(app, tx, Some(account), kind, &Whence::of(visitor)).await
}
