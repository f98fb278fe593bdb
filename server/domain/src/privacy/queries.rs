//! The statements of archives and departures.

pub mod areas;
pub mod erase;
pub mod erasures;
pub mod stands;

use crate::Result;
use model::ids::{AccountId, ArchiveId};
use model::privacy::{Archive, Farewell};
use model::{Lang, Moment};
use store::{Conn, Row, Tx, sql};

/// A file of the person's own.
pub struct OwnFile {
    pub id: String,
    pub name: String,
    pub key: String,
}

/// The files of the person's library.
pub async fn files_of(conn: &mut Conn, account: &AccountId) -> Result<Vec<OwnFile>> {
    let files = conn
        .query(sql!("SELECT id, name, file_key FROM media WHERE owner_id = $1 ORDER BY created_at, id"))
        .bind(account.as_str())
        .all(|row| Ok(OwnFile { id: row.get("id")?, name: row.get("name")?, key: row.get("file_key")? }))
        .await?;
    Ok(files)
}

/// How far the latest one is.
pub async fn latest(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<Archive> {
    let found = conn
        .query(sql!(
            "SELECT id, state, asked_at, bytes, ready_at, expires_at FROM archives WHERE account_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 1"
        ))
        .bind(account.as_str())
        .optional(|row| archive(row, now))
        .await?;
    Ok(found.unwrap_or(Archive::Nothing))
}

fn archive(row: &Row, now: Moment) -> Result<Archive, store::Error> {
    let asked = Moment::from_millis(row.get("asked_at")?);
    let made = row.get::<Option<i64>>("ready_at")?.map_or(asked, Moment::from_millis);
    let until = row.get::<Option<i64>>("expires_at")?.map_or(made, Moment::from_millis);
    Ok(match row.get::<String>("state")?.as_str() {
        "asked" => Archive::Making { asked },
        "ready" if now < until => {
            let bytes = u64::try_from(row.get::<i64>("bytes")?).unwrap_or_default();
            Archive::Ready { id: row.get("id")?, bytes, made, until }
        }
        "failed" => Archive::Failed,
        _ => Archive::Over { made },
    })
}

/// Whether one that did not fail was asked for after `since`.
pub async fn asked_since(conn: &mut Conn, account: &AccountId, since: Moment) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT id FROM archives WHERE account_id = $1 AND asked_at > $2 AND state <> 'failed' LIMIT 1"))
        .bind(account.as_str())
        .bind(since.millis())
        .optional(|_| Ok(()))
        .await?;
    Ok(found.is_some())
}

/// Whether none was being made.
pub async fn ask(tx: &mut Tx, id: &ArchiveId, account: &AccountId, lang: Lang, now: Moment) -> Result<bool> {
    let asked = tx
        .query(sql!(
            "INSERT INTO archives (id, account_id, state, lang, asked_at, due_at) VALUES ($1, $2, 'asked', $3, $4, $4)
             ON CONFLICT DO NOTHING"
        ))
        .bind(id.as_str())
        .bind(account.as_str())
        .bind(lang.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(asked == 1)
}

pub async fn is_any_asked(conn: &mut Conn, now: Moment) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT id FROM archives WHERE state = 'asked' AND due_at <= $1 LIMIT 1"))
        .bind(now.millis())
        .optional(|_| Ok(()))
        .await?;
    Ok(found.is_some())
}

/// An archive somebody has promised to make.
pub struct Asked {
    pub id: ArchiveId,
    pub account: AccountId,
    pub lang: Lang,
    /// This one included.
    pub tries: i64,
}

pub async fn claim(tx: &mut Tx, now: Moment, lease: Moment) -> Result<Option<Asked>> {
    let claimed = tx
        .query(sql!(
            "UPDATE archives SET tries = tries + 1, due_at = $2
              WHERE state = 'asked' AND due_at <= $1
                AND id = (SELECT id FROM archives WHERE state = 'asked' AND due_at <= $1 ORDER BY due_at, id LIMIT 1)
          RETURNING id, account_id, lang, tries"
        ))
        .bind(now.millis())
        .bind(lease.millis())
        .optional(|row| {
            Ok(Asked {
                id: row.parse("id")?,
                account: row.parse("account_id")?,
                lang: row.parse("lang")?,
                tries: row.get("tries")?,
            })
        })
        .await?;
    Ok(claimed)
}

/// Whether it was still wanted.
pub async fn ready(tx: &mut Tx, id: &ArchiveId, bytes: u64, now: Moment, until: Moment) -> Result<bool> {
    let ready = tx
        .query(sql!(
            "UPDATE archives SET state = 'ready', bytes = $2, ready_at = $3, expires_at = $4 WHERE id = $1 AND state = 'asked'"
        ))
        .bind(id.as_str())
        .bind(i64::try_from(bytes).unwrap_or(i64::MAX))
        .bind(now.millis())
        .bind(until.millis())
        .execute()
        .await?;
    Ok(ready == 1)
}

/// To be tried again when the lease is over, or given up.
pub async fn failed(tx: &mut Tx, id: &ArchiveId, for_good: bool) -> Result<()> {
    tx.query(sql!("UPDATE archives SET state = 'failed' WHERE id = $1 AND state = 'asked' AND $2"))
        .bind(id.as_str())
        .bind(for_good)
        .execute()
        .await?;
    Ok(())
}

/// How many bytes this one of the person's has, while it can be fetched.
pub async fn ready_one(conn: &mut Conn, account: &AccountId, id: &ArchiveId, now: Moment) -> Result<Option<u64>> {
    let found = conn
        .query(sql!("SELECT bytes FROM archives WHERE id = $1 AND account_id = $2 AND state = 'ready' AND expires_at > $3"))
        .bind(id.as_str())
        .bind(account.as_str())
        .bind(now.millis())
        .optional(|row| Ok(u64::try_from(row.get::<i64>("bytes")?).unwrap_or_default()))
        .await?;
    Ok(found)
}

pub async fn expired(conn: &mut Conn, now: Moment) -> Result<Vec<ArchiveId>> {
    let over = conn
        .query(sql!("SELECT id FROM archives WHERE state = 'ready' AND expires_at <= $1"))
        .bind(now.millis())
        .all(|row| row.parse("id"))
        .await?;
    Ok(over)
}

pub async fn over(tx: &mut Tx, id: &ArchiveId) -> Result<()> {
    tx.query(sql!("UPDATE archives SET state = 'over' WHERE id = $1 AND state = 'ready'")).bind(id.as_str()).execute().await?;
    Ok(())
}

/// When the person will be forgotten, and how.
pub async fn departure(conn: &mut Conn, account: &AccountId) -> Result<Option<(Moment, Farewell)>> {
    let found = conn
        .query(sql!("SELECT due_at, keeps_reviews, waives FROM departures WHERE account_id = $1"))
        .bind(account.as_str())
        .optional(|row| {
            let farewell = Farewell { keeps_reviews: row.get("keeps_reviews")?, waives: row.get("waives")? };
            Ok((Moment::from_millis(row.get("due_at")?), farewell))
        })
        .await?;
    Ok(found)
}

/// Asked twice is asked once, as it was the last time, by the day of the first, which is answered.
pub async fn depart(tx: &mut Tx, account: &AccountId, farewell: Farewell, now: Moment, due: Moment) -> Result<Moment> {
    let due = tx
        .query(sql!(
            "INSERT INTO departures (account_id, asked_at, due_at, keeps_reviews, waives) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (account_id) DO UPDATE SET keeps_reviews = excluded.keeps_reviews, waives = excluded.waives
             RETURNING due_at"
        ))
        .bind(account.as_str())
        .bind(now.millis())
        .bind(due.millis())
        .bind(farewell.keeps_reviews)
        .bind(farewell.waives)
        .one(|row| row.get("due_at"))
        .await?;
    Ok(Moment::from_millis(due))
}

/// Whether there was one to take back.
pub async fn stay(tx: &mut Tx, account: &AccountId) -> Result<bool> {
    let stayed = tx.query(sql!("DELETE FROM departures WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    Ok(stayed == 1)
}

/// Whose time is over, the longest first.
pub async fn due(conn: &mut Conn, now: Moment) -> Result<Option<AccountId>> {
    let found = conn
        .query(sql!("SELECT account_id FROM departures WHERE due_at <= $1 ORDER BY due_at, account_id LIMIT 1"))
        .bind(now.millis())
        .optional(|row| row.parse("account_id"))
        .await?;
    Ok(found)
}
