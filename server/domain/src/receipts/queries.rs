//! The statements of papers.

use crate::Result;
use model::{Lang, Moment};
use store::{Conn, Tx, sql};

pub async fn paper(conn: &mut Conn, series: &str, number: i64, lang: Lang) -> Result<Option<Vec<u8>>> {
    let found = conn
        .query(sql!("SELECT body FROM papers WHERE series = $1 AND number = $2 AND lang = $3"))
        .bind(series)
        .bind(number)
        .bind(lang.as_str())
        .optional(|row| row.get("body"))
        .await?;
    Ok(found)
}

/// Keeps a drawn paper; nothing happens where somebody was quicker.
pub async fn add(tx: &mut Tx, (series, number, lang): (&str, i64, Lang), body: Vec<u8>, hash: &str, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO papers (series, number, lang, body, body_hash, drawn_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
    ))
    .bind(series)
    .bind(number)
    .bind(lang.as_str())
    .bind(body)
    .bind(hash)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}
