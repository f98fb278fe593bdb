//! The statements of recommending.

use crate::Result;
use model::ids::{AccountId, OrderId};
use model::paging::Leaf;
use model::referrals::ShareRow;
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<AccountId>> {
    let found = conn
        .query(sql!("SELECT account_id FROM affiliates WHERE code = $1"))
        .bind(code)
        .optional(|row| row.parse("account_id"))
        .await?;
    Ok(found)
}

pub async fn code_of(conn: &mut Conn, account: &AccountId) -> Result<Option<String>> {
    let found = conn
        .query(sql!("SELECT code FROM affiliates WHERE account_id = $1"))
        .bind(account.as_str())
        .optional(|row| row.get("code"))
        .await?;
    Ok(found)
}

/// Nothing happens where the person has a code, or the code is somebody's.
pub async fn add_affiliate(tx: &mut Tx, account: &AccountId, code: &str, now: Moment) -> Result<()> {
    tx.query(sql!("INSERT INTO affiliates (account_id, code, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"))
        .bind(account.as_str())
        .bind(code)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// The first link counts; a later one only where the first was before `expired`.
pub async fn touch(tx: &mut Tx, who: &AccountId, affiliate: &AccountId, at: Moment, expired: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO referrals (account_id, affiliate_id, touched_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET affiliate_id = excluded.affiliate_id, touched_at = excluded.touched_at
          WHERE referrals.touched_at <= $4"
    ))
    .bind(who.as_str())
    .bind(affiliate.as_str())
    .bind(at.millis())
    .bind(expired.millis())
    .execute()
    .await?;
    Ok(())
}

/// Who recommended to this person: by a link after `since` and not after `until`.
pub async fn affiliate_of(conn: &mut Conn, who: &AccountId, until: Moment, since: Moment) -> Result<Option<AccountId>> {
    let found = conn
        .query(sql!("SELECT affiliate_id FROM referrals WHERE account_id = $1 AND touched_at <= $2 AND touched_at > $3"))
        .bind(who.as_str())
        .bind(until.millis())
        .bind(since.millis())
        .optional(|row| row.parse("affiliate_id"))
        .await?;
    Ok(found)
}

/// What an order brought to whoever recommended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub order: OrderId,
    pub affiliate: AccountId,
    pub amount: Money,
    pub reversed: Money,
    pub is_held: bool,
}

fn share_row(row: &Row) -> Result<Share, store::Error> {
    let currency = row.parse("currency")?;
    Ok(Share {
        order: row.parse("order_id")?,
        affiliate: row.parse("affiliate_id")?,
        amount: Money::new(row.get("amount")?, currency),
        reversed: Money::new(row.get("reversed")?, currency),
        is_held: row.get::<String>("state")? == "held",
    })
}

/// Whether it is the order's first.
pub async fn add(tx: &mut Tx, new: &Share, now: Moment, due: Moment) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO affiliate_shares (order_id, affiliate_id, currency, amount, state, earned_at, due_at)
             VALUES ($1, $2, $3, $4, 'held', $5, $6) ON CONFLICT DO NOTHING"
        ))
        .bind(new.order.as_str())
        .bind(new.affiliate.as_str())
        .bind(new.amount.currency().as_str())
        .bind(new.amount.minor())
        .bind(now.millis())
        .bind(due.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn lock(tx: &mut Tx, order: &OrderId) -> Result<Option<Share>> {
    let found = tx
        .query(sql!(
            sqlite: "SELECT * FROM affiliate_shares WHERE order_id = $1",
            postgres: "SELECT * FROM affiliate_shares WHERE order_id = $1 FOR UPDATE"
        ))
        .bind(order.as_str())
        .optional(share_row)
        .await?;
    Ok(found)
}

pub async fn reverse(tx: &mut Tx, order: &OrderId, amount: Money) -> Result<()> {
    tx.query(sql!("UPDATE affiliate_shares SET reversed = reversed + $2 WHERE order_id = $1"))
        .bind(order.as_str())
        .bind(amount.minor())
        .execute()
        .await?;
    Ok(())
}

pub async fn put_back(tx: &mut Tx, order: &OrderId, amount: Money) -> Result<()> {
    tx.query(sql!("UPDATE affiliate_shares SET reversed = reversed - $2 WHERE order_id = $1"))
        .bind(order.as_str())
        .bind(amount.minor())
        .execute()
        .await?;
    Ok(())
}

pub async fn release(tx: &mut Tx, order: &OrderId) -> Result<()> {
    tx.query(sql!("UPDATE affiliate_shares SET state = 'released' WHERE order_id = $1")).bind(order.as_str()).execute().await?;
    Ok(())
}

pub async fn due(conn: &mut Conn, now: Moment) -> Result<Option<OrderId>> {
    let found = conn
        .query(sql!(
            "SELECT order_id FROM affiliate_shares s
              WHERE state = 'held' AND due_at <= $1
                AND NOT EXISTS (SELECT 1 FROM put_off p
                                 WHERE p.lane = 'affiliate_shares' AND p.subject = s.order_id AND p.next_at > $1)
              ORDER BY due_at, order_id LIMIT 1"
        ))
        .bind(now.millis())
        .optional(|row| row.parse("order_id"))
        .await?;
    Ok(found)
}

/// How many shares a person has.
pub async fn count_of_affiliate(conn: &mut Conn, account: &AccountId) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM affiliate_shares WHERE affiliate_id = $1"))
        .bind(account.as_str())
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A page of a person's shares, the latest first. Whose orders they are is not told.
pub async fn of_affiliate(conn: &mut Conn, account: &AccountId, leaf: Leaf) -> Result<Vec<ShareRow>> {
    let all = conn
        .query(sql!(
            "SELECT s.*, l.title FROM affiliate_shares s JOIN order_lines l ON l.order_id = s.order_id AND l.position = 1
              WHERE s.affiliate_id = $1 ORDER BY s.earned_at DESC, s.order_id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(account.as_str())
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(|row| {
            let share = share_row(row)?;
            Ok(ShareRow {
                title: row.get("title")?,
                amount: share.amount,
                reversed: share.reversed,
                is_held: share.is_held,
                earned_at: Moment::from_millis(row.get("earned_at")?),
                due_at: Moment::from_millis(row.get("due_at")?),
            })
        })
        .await?;
    Ok(all)
}

/// How many people came by somebody's links.
pub async fn brought(conn: &mut Conn, account: &AccountId) -> Result<u64> {
    let count = conn
        .query(sql!("SELECT COUNT(*) AS brought FROM referrals WHERE affiliate_id = $1"))
        .bind(account.as_str())
        .one(|row| row.get::<i64>("brought"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}
