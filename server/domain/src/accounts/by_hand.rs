//! What the operator does to people at the command line.

use super::entry::{NewAccount, enter};
use super::queries::roles::{lock_admins, roles_of};
use super::roles::somebody_is_left;
use super::{guessable, queries};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening};
use crate::{App, Error, Result};
use model::accounts::Role;
use model::ids::AccountId;
use model::text::{Email, Handle, Name, Password};
use model::{Lang, Problem};

/// Adds a person with a password and perhaps a role; an address that is taken is told.
pub async fn add_person(app: &App, email: &Email, name: &Name, role: Option<Role>, password: &Password) -> Result<AccountId> {
    if guessable::is_common(password.reveal()) {
        return Err(Error::field("password", Problem::TooCommon));
    }
    let mut salt = [0u8; 16];
    app.ports.chance.fill(&mut salt);
    let hash = app.hashing.hash(password, salt).await?;
    let mut random = [0u8; 5];
    app.ports.chance.fill(&mut random);
    let new = NewAccount {
        id: app.new_id(),
        email: email.clone(),
        handle: Handle::parse(&format!("reader-{}", hex::encode(random))).map_err(|_| Error::bug("a handle was refused"))?,
        name: name.clone(),
        headline: String::new(),
        bio: String::new(),
        lang: Lang::Zh,
        password_hash: Some(hash),
        verified: true,
    };
    app.db
        .write(async |tx| {
            enter(app, tx, &new).await?;
            if let Some(role) = role {
                queries::add_role(tx, &new.id, role, app.now()).await?;
            }
            let words = role.map_or("learner", Role::as_str);
            audit_trail::record(app, tx, Deed::new("account.added", "account", &new.id).detail(words)).await?;
            events::announce(app, tx, Event::new(Happening::MemberJoined, &new.id).of(&new.id)).await
        })
        .await
        .map_err(|cause| cause.taken_if("accounts.email", "email"))?;
    Ok(new.id)
}

/// Whose address this is.
pub async fn person_at(app: &App, email: &Email) -> Result<AccountId> {
    Ok(queries::credentials(&mut app.db.read().await?, email).await?.or_not_found()?.id)
}

/// Gives a person exactly this role, or none: a learner. Their sessions end, so that no old right lives on. The last administrator
/// stays one.
pub async fn set_role(app: &App, email: &Email, role: Option<Role>) -> Result<()> {
    app.db
        .write(async |tx| {
            lock_admins(tx).await?;
            let person = queries::credentials(tx, email).await?.or_not_found()?;
            let was_admin = roles_of(tx, &person.id).await?.contains(&Role::Admin);
            queries::remove_roles(tx, &person.id).await?;
            if let Some(role) = role {
                queries::add_role(tx, &person.id, role, app.now()).await?;
            }
            if was_admin {
                somebody_is_left(tx).await?;
            }
            queries::end_sessions(tx, &person.id).await?;
            queries::end_tokens(tx, &person.id, app.now()).await?;
            let words = role.map_or("learner", Role::as_str);
            audit_trail::record(app, tx, Deed::new("account.role_set", "account", &person.id).detail(words)).await
        })
        .await
}
