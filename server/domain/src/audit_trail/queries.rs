//! The trail's statements: it only grows.

use super::{Deed, Done};
use crate::Result;
use model::Moment;
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
    .execute()
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
