//! Links sent by mail that do one thing once. A link's secret is made of its id and the server's key; the database keeps its hash,
//! and the letter gets it only as it is sent, so that a copy of the database opens nothing.

use super::queries::links as queries;
use crate::secrets::{hash, mac_hex};
use crate::{App, Result};
use model::Moment;
use model::ids::{AccountId, LinkId};
use model::text::Email;
use model::time::Span;
use store::{Conn, Tx};

/// Stands in a letter where the link's secret belongs; nobody's name or address can hold it.
pub const LINK_MARK: &str = "\u{1a}";

model::words! {
    /// What a link does.
    pub enum Purpose {
        Reset = "reset",
        Verify = "verify",
        Email = "email",
        /// Gives the former address back, while an `address_changes` row says so; else it only says where a letter goes.
        Told = "told",
    }
}

/// A link that still works.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub id: LinkId,
    pub account: AccountId,
    pub purpose: Purpose,
    pub email: Email,
    pub asked_at: Moment,
}

/// Makes a link for `account` to `email` that works for `life`.
pub(super) async fn issue(
    app: &App,
    tx: &mut Tx,
    account: &AccountId,
    purpose: Purpose,
    email: &Email,
    life: Span,
) -> Result<LinkId> {
    let id: LinkId = app.new_id();
    let token_hash = hash(&secret_of(app, &id));
    let link = Link { id: id.clone(), account: account.clone(), purpose, email: email.clone(), asked_at: app.now() };
    queries::add(tx, &link, &token_hash, app.now() + life).await?;
    Ok(id)
}

/// The link behind what somebody presents, if it works and its person may come in.
pub(super) async fn open(app: &App, conn: &mut Conn, presented: &str) -> Result<Option<Link>> {
    queries::open(conn, &hash(presented), app.now()).await
}

/// Where the letter of this link goes.
pub async fn link_address(conn: &mut Conn, id: &LinkId) -> Result<Option<Email>> {
    queries::address(conn, id).await
}

/// A letter's text with the secret of its link in place. A link that was made before the server's secret was changed keeps its own.
pub async fn with_secret(app: &App, text: &str, id: &LinkId) -> Result<String> {
    let kept = queries::token_hash(&mut app.db.read().await?, id).await?.unwrap_or_default();
    let made: Vec<_> = app.settings.keys().map(|key| made(key, id)).collect();
    let secret = made.iter().find(|secret| hash(secret) == kept).or(made.first()).cloned().unwrap_or_default();
    Ok(text.replace(LINK_MARK, &secret))
}

/// The secret of a link that is made now.
pub(super) fn secret_of(app: &App, id: &LinkId) -> String {
    made(&app.settings.media_key, id)
}

/// 256 bits in hex.
fn made(key: &[u8], id: &LinkId) -> String {
    mac_hex(key, format!("lectern account link 1\n{id}").as_bytes())
}
