//! Agreements to charge alone.

use store::{Conn, Result, Row, Tx, sql};

use crate::agreements::Agreement;

fn agreement_of(row: &Row) -> Result<Agreement> {
    Ok(Agreement {
        id: row.get("id")?,
        payment_id: row.get("payment_id")?,
        card: row.get("card")?,
        active: row.get::<String>("status")? == "active",
        created_at: row.get("created_at")?,
    })
}

pub(crate) async fn add_agreement(tx: &mut Tx, agreement: &Agreement) -> Result<u64> {
    tx.query(sql!("INSERT INTO agreements (id, payment_id, card, status, created_at) VALUES ($1, $2, $3, 'active', $4)"))
        .bind(&agreement.id)
        .bind(&agreement.payment_id)
        .bind(&agreement.card)
        .bind(agreement.created_at)
        .execute()
        .await
}

pub(crate) async fn agreement(conn: &mut Conn, id: &str) -> Result<Option<Agreement>> {
    conn.query(sql!("SELECT * FROM agreements WHERE id = $1")).bind(id).optional(agreement_of).await
}

pub(crate) async fn revoke_agreement(tx: &mut Tx, id: &str) -> Result<bool> {
    let changed =
        tx.query(sql!("UPDATE agreements SET status = 'revoked' WHERE id = $1 AND status = 'active'")).bind(id).execute().await?;
    Ok(changed == 1)
}

pub(crate) async fn set_card(tx: &mut Tx, id: &str, card: &str) -> Result<u64> {
    tx.query(sql!("UPDATE agreements SET card = $2 WHERE id = $1")).bind(id).bind(card).execute().await
}
