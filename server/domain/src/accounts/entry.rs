//! Writing a person down, by whatever door they came: registration, the operator's command, demo content.

use super::queries;
use crate::{App, Result};
use model::Lang;
use model::accounts::Role;
use model::ids::AccountId;
use model::text::{Email, Handle, Name};
use store::{Conn, Tx};

/// A person about to be written down.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub id: AccountId,
    pub email: Email,
    pub handle: Handle,
    pub name: Name,
    pub headline: String,
    pub bio: String,
    pub lang: Lang,
    /// argon2id in PHC form; none: cannot sign in by password.
    pub password_hash: Option<String>,
    /// The address is known to be theirs.
    pub verified: bool,
}

/// Writes the person down; an address or a handle that is taken is a conflict. Announces nothing: registration does.
pub async fn enter(app: &App, tx: &mut Tx, new: &NewAccount) -> Result<()> {
    queries::add_account(tx, new, app.now()).await
}

/// Gives a role; whether it was new to the person.
pub async fn add_role(app: &App, tx: &mut Tx, account: &AccountId, role: Role) -> Result<bool> {
    queries::add_role(tx, account, role, app.now()).await
}

/// Whether somebody has this address.
pub async fn is_known(conn: &mut Conn, email: &Email) -> Result<bool> {
    queries::is_known(conn, email).await
}
