//! Letters that one may do without, turned off from the letter itself (RFC 8058). The link is signed, says whose letters and which,
//! and can do nothing else; nobody signs in for it, and it does not expire.

use super::queries::notices as queries;
use crate::error::OrNotFound;
use crate::secrets::{is_mac_hex, mac_hex};
use crate::{App, Error, Result, accounts};
use model::Lang;
use model::ids::AccountId;
use model::privacy::{Channels, LettersOff, NoticeKind};

/// Whose letters, and of which kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    pub account: AccountId,
    pub kind: NoticeKind,
}

impl Stop {
    /// What stands in the link.
    pub fn token(&self, key: &[u8]) -> String {
        format!("{}.{}.{}", self.account, self.kind, mac_hex(key, &self.signed()))
    }

    /// One of ours, by the key of now or the one before; compared in constant time.
    fn read(app: &App, token: &str) -> Option<Self> {
        // ids and kinds hold no dot
        let mut parts = token.splitn(3, '.');
        let stop = Self { account: parts.next()?.parse().ok()?, kind: parts.next()?.parse().ok()? };
        let signature = parts.next()?;
        app.settings.keys().any(|key| is_mac_hex(key, &stop.signed(), signature)).then_some(stop)
    }

    fn signed(&self) -> Vec<u8> {
        format!("letters off|1|{}|{}", self.account, self.kind).into_bytes()
    }
}

/// The page behind the link: which letters, and whether they are still sent.
pub async fn letters_off_page(app: &App, token: &str) -> Result<LettersOff> {
    let stop = Stop::read(app, token).or_not_found()?;
    let mut conn = app.db.read().await?;
    if accounts::is_erased(&mut conn, &stop.account).await? {
        return Err(Error::not_found());
    }
    let sent = match stop.kind {
        NoticeKind::News => accounts::wants_letters(&mut conn, &stop.account).await?,
        kind => queries::ways(&mut conn, &stop.account, kind).await?.mail,
    };
    Ok(LettersOff { kind: stop.kind, sent })
}

/// No more of them. What is told inside stays as it is, and again changes nothing.
pub async fn turn_letters_off(app: &App, lang: Lang, token: &str) -> Result<()> {
    let stop = Stop::read(app, token).or_not_found()?;
    app.db
        .write(async |tx| {
            accounts::lock(tx, &stop.account).await?;
            if accounts::is_erased(tx, &stop.account).await? {
                return Err(Error::not_found());
            }
            if stop.kind == NoticeKind::News {
                return accounts::decline_letters(app, tx, &stop.account, lang).await;
            }
            let ways = queries::ways(tx, &stop.account, stop.kind).await?;
            queries::set_ways(tx, &stop.account, &Channels { mail: false, ..ways }).await
        })
        .await
}
