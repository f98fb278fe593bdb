//! The trail's statements: it only grows.

mod seals;

pub(super) use seals::*;

use super::{Deed, Done, Narrowed};
use crate::Result;
use model::Moment;
use model::admin::TrailEntry;
use store::{Conn, Tx, sql};

pub async fn append(tx: &mut Tx, id: &str, deed: &Deed<'_>, at: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(id)
    .bind(at.millis())
    .bind(deed.actor.map(|actor| actor.as_str().to_owned()))
    .bind(deed.action.as_ref())
    .bind(deed.subject_kind)
    .bind(deed.subject.as_str())
    .bind(deed.detail.as_str())
    .write()
    .await?;
    Ok(())
}

pub async fn of(conn: &mut Conn, subjects: &[String]) -> Result<Vec<Done>> {
    let done = conn
        .query(sql!(
            "SELECT t.action, a.name AS actor, t.detail, t.at
               FROM audit_entries t LEFT JOIN accounts a ON a.id = t.actor_id
              WHERE t.subject_id IN (…) ORDER BY t.at, t.id"
        ))
        .list(subjects)
        .all(|row| {
            Ok(Done {
                action: row.get("action")?,
                actor: row.get("actor")?,
                detail: row.get("detail")?,
                at: Moment::from_millis(row.get("at")?),
            })
        })
        .await?;
    Ok(done)
}

pub async fn page(conn: &mut Conn, narrowed: &Narrowed<'_>) -> Result<Vec<TrailEntry>> {
    let entries = conn
        .query(sql!(
            "SELECT t.id, t.at, t.action, t.actor_id, a.name AS actor, t.subject_kind, t.subject_id, s.name AS subject, t.detail
               FROM audit_entries t
               LEFT JOIN accounts a ON a.id = t.actor_id
               LEFT JOIN accounts s ON s.id = t.subject_id AND t.subject_kind = 'account'
              WHERE (CAST($1 AS TEXT) IS NULL OR a.email LIKE $1 ESCAPE '\\' OR LOWER(a.name) LIKE $1 ESCAPE '\\' OR t.actor_id = $2)
                AND (CAST($3 AS TEXT) IS NULL OR t.actor_id IS NULL)
                AND (CAST($4 AS TEXT) IS NULL OR t.action LIKE $4 ESCAPE '\\')
                AND (CAST($5 AS TEXT) IS NULL OR t.subject_id = $5 OR s.email = LOWER($5))
                AND (CAST($6 AS BIGINT) IS NULL OR t.at >= $6)
                AND (CAST($7 AS BIGINT) IS NULL OR t.at < $7)
                AND (CAST($8 AS BIGINT) IS NULL OR (t.at, t.id) < ($8, $9))
              ORDER BY t.at DESC, t.id DESC LIMIT $10"
        ))
        .bind(narrowed.who)
        .bind(narrowed.who_id)
        .bind(narrowed.house.then_some("-"))
        .bind(narrowed.what)
        .bind(narrowed.subject)
        .bind(narrowed.range.from.map(Moment::millis))
        .bind(narrowed.range.before.map(Moment::millis))
        .bind(narrowed.after.map(|(at, _)| at.millis()))
        .bind(narrowed.after.map_or("", |(_, id)| id))
        .bind(narrowed.limit)
        .all(|row| {
            Ok(TrailEntry {
                id: row.get("id")?,
                at: Moment::from_millis(row.get("at")?),
                action: row.get("action")?,
                // an actor is a person of ours; anything else stands as nobody
                actor: row.get::<Option<String>>("actor_id")?.and_then(|id| id.parse().ok()),
                actor_name: row.get("actor")?,
                subject_kind: row.get("subject_kind")?,
                subject: row.get("subject_id")?,
                subject_name: row.get("subject")?,
                detail: row.get("detail")?,
            })
        })
        .await?;
    Ok(entries)
}
