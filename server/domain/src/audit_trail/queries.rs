//! The trail's one statement: it only grows.

use super::Deed;
use crate::Result;
use model::Moment;
use store::{Tx, sql};

pub async fn append(tx: &mut Tx, id: &str, deed: &Deed<'_>, at: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(id)
    .bind(at.millis())
    .bind(deed.actor.map(|actor| actor.as_str().to_owned()))
    .bind(deed.action)
    .bind(deed.subject_kind)
    .bind(deed.subject.as_str())
    .bind(deed.detail.as_str())
    .execute()
    .await?;
    Ok(())
}
