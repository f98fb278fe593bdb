//! Batches of codes that the school hands out.

use crate::Result;
use model::ids::{AccountId, BatchId, VoucherId};
use model::vouchers::BatchRow;
use model::{Moment, Money};
use store::{Conn, Tx, sql};

/// A batch about to be made.
pub struct Batch {
    pub id: BatchId,
    pub name: String,
    pub count: i64,
    pub made_by: AccountId,
    pub expires_at: Moment,
}

/// Whether it is new.
pub async fn add_batch(tx: &mut Tx, batch: &Batch, key: &str, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO voucher_batches (id, name, count, form_key, created_by, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
        ))
        .bind(batch.id.as_str())
        .bind(&batch.name)
        .bind(batch.count)
        .bind(key)
        .bind(batch.made_by.as_str())
        .bind(now.millis())
        .bind(batch.expires_at.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn batch_of_form(conn: &mut Conn, staff: &AccountId, key: &str) -> Result<Option<BatchId>> {
    let found = conn
        .query(sql!("SELECT id FROM voucher_batches WHERE created_by = $1 AND form_key = $2"))
        .bind(staff.as_str())
        .bind(key)
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

pub async fn batch(conn: &mut Conn, id: &BatchId) -> Result<Option<BatchId>> {
    let found = conn
        .query(sql!("SELECT id FROM voucher_batches WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// Whether its codes had not been given out before.
pub async fn mark_exported(tx: &mut Tx, id: &BatchId, staff: &AccountId, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE voucher_batches SET exported_at = $2, exported_by = $3 WHERE id = $1 AND exported_at IS NULL"))
        .bind(id.as_str())
        .bind(now.millis())
        .bind(staff.as_str())
        .execute()
        .await?;
    Ok(changed == 1)
}

pub async fn of_batch(conn: &mut Conn, id: &BatchId) -> Result<Vec<VoucherId>> {
    let all = conn
        .query(sql!("SELECT id FROM vouchers WHERE batch_id = $1 ORDER BY id"))
        .bind(id.as_str())
        .all(|row| row.parse("id"))
        .await?;
    Ok(all)
}

pub async fn revoke_batch(tx: &mut Tx, id: &BatchId) -> Result<u64> {
    let revoked = tx
        .query(sql!("UPDATE vouchers SET state = 'revoked', version = version + 1 WHERE batch_id = $1 AND state = 'issued'"))
        .bind(id.as_str())
        .execute()
        .await?;
    Ok(revoked)
}

/// Every batch, the latest first.
pub async fn batches(conn: &mut Conn) -> Result<Vec<BatchRow>> {
    let all = conn
        .query(sql!(
            "SELECT b.id, b.name, b.count, b.created_at, b.expires_at, b.exported_at, MAX(c.title) AS title, MAX(v.amount) AS amount,
                    MAX(v.currency) AS currency, COUNT(*) FILTER (WHERE v.state = 'claimed') AS claimed,
                    COUNT(*) FILTER (WHERE v.state = 'revoked') AS revoked
               FROM voucher_batches b JOIN vouchers v ON v.batch_id = b.id LEFT JOIN courses c ON c.id = v.course_id
              GROUP BY b.id, b.name, b.count, b.created_at, b.expires_at, b.exported_at
              ORDER BY b.created_at DESC, b.id DESC LIMIT 200"
        ))
        .all(|row| {
            let count = |name: &str| row.get::<i64>(name).map(|n| u64::try_from(n).unwrap_or_default());
            let course: Option<String> = row.get("title")?;
            let amount = Money::new(row.get("amount")?, row.parse("currency")?);
            Ok(BatchRow {
                id: row.parse("id")?,
                name: row.get("name")?,
                amount: course.is_none().then_some(amount),
                course,
                count: count("count")?,
                claimed: count("claimed")?,
                revoked: count("revoked")?,
                made_at: Moment::from_millis(row.get("created_at")?),
                expires_at: Moment::from_millis(row.get("expires_at")?),
                is_exported: row.get::<Option<i64>>("exported_at")?.is_some(),
            })
        })
        .await?;
    Ok(all)
}
