//! The letters' statements.

pub mod notices;

use crate::Result;
use crate::ports::Letter;
use locale::letters::Words;
use model::Lang;
use model::Moment;
use model::ids::{AccountId, LinkId};
use model::privacy::NoticeKind;
use model::text::Email;
use store::{Conn, Tx, sql};

/// A letter about to be written down.
pub struct Due<'a> {
    pub id: String,
    pub cause: String,
    pub account: &'a AccountId,
    pub address: Email,
    pub lang: Lang,
    pub words: Words,
    /// Its secret is put in as the letter is sent.
    pub link: Option<LinkId>,
    /// Its reader may turn off letters of this kind.
    pub stops: Option<NoticeKind>,
}

/// Whether it was new.
pub async fn add(tx: &mut Tx, due: &Due<'_>, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO letters (id, cause, account_id, address, lang, subject, body, state, due_at, created_at, link_id, stops)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'due', $8, $8, $9, $10) ON CONFLICT (cause) DO NOTHING"
        ))
        .bind(due.id.as_str())
        .bind(due.cause.as_str())
        .bind(due.account.as_str())
        .bind(due.address.as_str())
        .bind(due.lang.as_str())
        .bind(due.words.subject.as_str())
        .bind(due.words.text.as_str())
        .bind(now.millis())
        .bind(due.link.as_ref().map(|link| link.as_str().to_owned()))
        .bind(due.stops.map(|kind| kind.as_str().to_owned()))
        .execute()
        .await?;
    Ok(added == 1)
}

/// A letter somebody has promised to send.
pub struct Claimed {
    pub letter: Letter,
    pub account: AccountId,
    pub stops: Option<NoticeKind>,
    pub link: Option<LinkId>,
    /// This try included.
    pub attempts: i64,
}

/// Whether a letter is due, for whoever would rather not write to find out.
pub async fn is_any_due(conn: &mut Conn, now: Moment) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT id FROM letters WHERE state = 'due' AND due_at <= $1 LIMIT 1"))
        .bind(now.millis())
        .optional(|row| row.get::<String>("id"))
        .await?;
    Ok(found.is_some())
}

/// Takes up to `limit` letters that have been due longest and keeps others off them until `lease`.
pub async fn claim(tx: &mut Tx, now: Moment, lease: Moment, limit: i64) -> Result<Vec<Claimed>> {
    let mut claimed = tx
        .query(sql!(
            sqlite: "UPDATE letters SET attempts = attempts + 1, due_at = $2
                      WHERE state = 'due' AND due_at <= $1
                        AND id IN (SELECT id FROM letters WHERE state = 'due' AND due_at <= $1 ORDER BY due_at, id LIMIT $3)
                  RETURNING id, account_id, address, lang, subject, body, attempts, link_id, stops",
            postgres: "WITH taken AS MATERIALIZED (SELECT id FROM letters WHERE state = 'due' AND due_at <= $1
                                                    ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
                       UPDATE letters l SET attempts = l.attempts + 1, due_at = $2 FROM taken WHERE l.id = taken.id
                    RETURNING l.id, l.account_id, l.address, l.lang, l.subject, l.body, l.attempts, l.link_id, l.stops"
        ))
        .bind(now.millis())
        .bind(lease.millis())
        .bind(limit)
        .all(|row| {
            Ok(Claimed {
                letter: Letter {
                    id: row.get("id")?,
                    to: row.get("address")?,
                    lang: row.parse("lang")?,
                    subject: row.get("subject")?,
                    text: row.get("body")?,
                    unsubscribe: None,
                },
                account: row.parse("account_id")?,
                stops: row.parse_optional("stops")?,
                link: row.parse_optional("link_id")?,
                attempts: row.get("attempts")?,
            })
        })
        .await?;
    // what an UPDATE answers is in no order
    claimed.sort_unstable_by(|one: &Claimed, other| one.letter.id.cmp(&other.letter.id));
    Ok(claimed)
}

pub async fn sent(tx: &mut Tx, id: &str, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE letters SET state = 'sent', sent_at = $2, last_error = '' WHERE id = $1"))
        .bind(id)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// To be tried again at `next`, or given up.
pub async fn failed(tx: &mut Tx, id: &str, next: Option<Moment>, reason: &str) -> Result<()> {
    tx.query(sql!(
        "UPDATE letters SET state = CASE WHEN CAST($2 AS BIGINT) IS NULL THEN 'dead' ELSE 'due' END,
                            due_at = COALESCE(CAST($2 AS BIGINT), due_at), last_error = $3
          WHERE id = $1 AND state = 'due'"
    ))
    .bind(id)
    .bind(next.map(Moment::millis))
    .bind(reason)
    .execute()
    .await?;
    Ok(())
}
