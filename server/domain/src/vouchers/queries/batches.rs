//! Batches of codes that the school hands out.

use crate::Result;
use model::ids::{AccountId, BatchId, VoucherId};
use model::paging::Leaf;
use model::vouchers::BatchRow;
use model::{Currency, Moment, Money};
use store::{Conn, Tx, sql};

/// A batch about to be made.
pub struct Batch {
    pub id: BatchId,
    pub name: String,
    pub count: i64,
    pub made_by: AccountId,
    pub expires_at: Moment,
    /// A second person approves it first.
    pub waits: bool,
}

/// Whether it is new.
pub async fn add_batch(tx: &mut Tx, batch: &Batch, key: &str, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO voucher_batches (id, name, count, form_key, created_by, created_at, expires_at, waits)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
        ))
        .bind(batch.id.as_str())
        .bind(&batch.name)
        .bind(batch.count)
        .bind(key)
        .bind(batch.made_by.as_str())
        .bind(now.millis())
        .bind(batch.expires_at.millis())
        .bind(batch.waits)
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

/// Who made the batch, and whether it waits for a second person.
pub async fn batch(conn: &mut Conn, id: &BatchId) -> Result<Option<(AccountId, bool)>> {
    let found = conn
        .query(sql!("SELECT created_by, waits FROM voucher_batches WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| Ok((row.parse("created_by")?, row.get("waits")?)))
        .await?;
    Ok(found)
}

/// The balances that this person has given since without a second one.
pub async fn given_alone(conn: &mut Conn, staff: &AccountId, currency: Currency, since: Moment) -> Result<Money> {
    let given = conn
        .query(sql!(
            "SELECT COALESCE(CAST(SUM(v.amount) AS BIGINT), 0) AS given
               FROM voucher_batches b JOIN vouchers v ON v.batch_id = b.id
              WHERE b.created_by = $1 AND b.created_at > $2 AND v.currency = $3 AND v.kind = 'balance'
                AND b.approved_by IS NULL AND NOT b.waits"
        ))
        .bind(staff.as_str())
        .bind(since.millis())
        .bind(currency.as_str())
        .one(|row| row.get("given"))
        .await?;
    Ok(Money::new(given, currency))
}

/// Lets its codes be given out and taken; whether it waited.
pub async fn approve_batch(tx: &mut Tx, id: &BatchId, staff: &AccountId, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE voucher_batches SET waits = FALSE, approved_by = $2, approved_at = $3
              WHERE id = $1 AND waits AND created_by <> $2"
        ))
        .bind(id.as_str())
        .bind(staff.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    if changed == 1 {
        tx.query(sql!(
            "UPDATE vouchers SET state = 'issued', issued_at = $2, version = version + 1 WHERE batch_id = $1 AND state = 'unpaid'"
        ))
        .bind(id.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    }
    Ok(changed == 1)
}

/// Whether its codes had not been given out before.
pub async fn mark_exported(tx: &mut Tx, id: &BatchId, staff: &AccountId, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE voucher_batches SET exported_at = $2, exported_by = $3 WHERE id = $1 AND exported_at IS NULL AND NOT waits"
        ))
        .bind(id.as_str())
        .bind(now.millis())
        .bind(staff.as_str())
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Its codes: what each is of, and what is known of it.
pub async fn of_batch(conn: &mut Conn, id: &BatchId) -> Result<Vec<(VoucherId, String)>> {
    let all = conn
        .query(sql!("SELECT id, code_hash FROM vouchers WHERE batch_id = $1 ORDER BY id"))
        .bind(id.as_str())
        .all(|row| Ok((row.parse("id")?, row.get("code_hash")?)))
        .await?;
    Ok(all)
}

pub async fn revoke_batch(tx: &mut Tx, id: &BatchId) -> Result<u64> {
    let revoked = tx
        .query(sql!(
            "UPDATE vouchers SET state = 'revoked', version = version + 1 WHERE batch_id = $1 AND state IN ('issued', 'unpaid')"
        ))
        .bind(id.as_str())
        .execute()
        .await?;
    Ok(revoked)
}

/// How many batches there are.
pub async fn count_batches(conn: &mut Conn) -> Result<u64> {
    let count: i64 = conn.query(sql!("SELECT COUNT(*) AS n FROM voucher_batches")).one(|row| row.get("n")).await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A page of every batch, the latest first, as this person sees it.
pub async fn batches(conn: &mut Conn, staff: &AccountId, leaf: Leaf) -> Result<Vec<BatchRow>> {
    let all = conn
        .query(sql!(
            "SELECT b.id, b.name, b.count, b.created_at, b.expires_at, b.exported_at, b.waits, b.created_by, MAX(c.title) AS title, MAX(v.amount) AS amount,
                    MAX(v.currency) AS currency, COUNT(*) FILTER (WHERE v.state = 'claimed') AS claimed,
                    COUNT(*) FILTER (WHERE v.state = 'revoked') AS revoked
               FROM voucher_batches b JOIN vouchers v ON v.batch_id = b.id LEFT JOIN courses c ON c.id = v.course_id
              GROUP BY b.id, b.name, b.count, b.created_at, b.expires_at, b.exported_at, b.waits, b.created_by
              ORDER BY b.created_at DESC, b.id DESC LIMIT $1 OFFSET $2"
        ))
        .bind(leaf.limit())
        .bind(leaf.offset())
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
                waits: row.get("waits")?,
                is_own: row.get::<String>("created_by")? == staff.as_str(),
            })
        })
        .await?;
    Ok(all)
}
