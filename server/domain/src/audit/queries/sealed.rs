//! What bears a seal: the end of the ledger's chain, documents and kept files.

use crate::Result;
use store::{Conn, sql};

/// Where the chain is said to end.
pub async fn head(conn: &mut Conn) -> Result<(i64, String)> {
    let head = conn
        .query(sql!("SELECT seq, hash FROM ledger_head WHERE id = 1"))
        .one(|row| Ok((row.get("seq")?, row.get("hash")?)))
        .await?;
    Ok(head)
}

/// Every document with its name and seal.
pub async fn documents(conn: &mut Conn) -> Result<Vec<(String, String, String)>> {
    let all = conn
        .query(sql!(
            "SELECT 'receipt of ' || order_id AS name, document, document_hash FROM receipts
             UNION ALL
             SELECT 'credit note of ' || order_id, document, document_hash FROM credit_notes"
        ))
        .all(|row| Ok((row.get("name")?, row.get("document")?, row.get("document_hash")?)))
        .await?;
    Ok(all)
}

/// The next kept files after a name, in the order of their names: name, bytes and seal.
pub async fn files_after(conn: &mut Conn, name: &str, limit: i64) -> Result<Vec<(String, Vec<u8>, String)>> {
    let part = conn
        .query(sql!(
            "SELECT name, body, body_hash FROM (
                SELECT 'paper ' || series || '-' || CAST(number AS TEXT) || '-' || lang AS name, body, body_hash FROM papers
                UNION ALL
                SELECT 'file ' || id || ' of invoice ' || invoice_id, body, body_hash FROM invoice_files
             ) files WHERE name > $1 ORDER BY name LIMIT $2"
        ))
        .bind(name)
        .bind(limit)
        .all(|row| Ok((row.get("name")?, row.get("body")?, row.get("body_hash")?)))
        .await?;
    Ok(part)
}
