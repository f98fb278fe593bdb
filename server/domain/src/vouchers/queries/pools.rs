//! Pools of seats that somebody bought.

use crate::Result;
use model::ids::{AccountId, CourseId, SeatPoolId};
use model::paging::Leaf;
use model::vouchers::PoolRow;
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

/// A pack about to be opened.
pub struct NewPool<'a> {
    pub owner: &'a AccountId,
    pub course: &'a CourseId,
    pub instructor: &'a AccountId,
    /// The order line that paid for it.
    pub line: &'a str,
    pub purchased: i64,
    pub amount: Money,
    pub share: Money,
}

pub async fn add_pool(tx: &mut Tx, id: &SeatPoolId, new: &NewPool<'_>, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO seat_pools (id, account_id, course_id, instructor_id, line_id, state, purchased, currency, amount, share, created_at)
         VALUES ($1, $2, $3, $4, $5, 'live', $6, $7, $8, $9, $10)"
    ))
    .bind(id.as_str())
    .bind(new.owner.as_str())
    .bind(new.course.as_str())
    .bind(new.instructor.as_str())
    .bind(new.line)
    .bind(new.purchased)
    .bind(new.amount.currency().as_str())
    .bind(new.amount.minor())
    .bind(new.share.minor())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Seats bought together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    pub id: SeatPoolId,
    pub owner: AccountId,
    pub instructor: AccountId,
    pub line: String,
    pub is_live: bool,
    /// The payer's bank asks for its money.
    pub held: bool,
    pub purchased: i64,
    pub earned: i64,
    pub amount: Money,
    pub share: Money,
}

pub async fn lock_pool(tx: &mut Tx, id: &SeatPoolId) -> Result<Option<Pool>> {
    let found = tx
        .query(sql!(
            sqlite: "SELECT * FROM seat_pools WHERE id = $1",
            postgres: "SELECT * FROM seat_pools WHERE id = $1 FOR UPDATE"
        ))
        .bind(id.as_str())
        .optional(|row| {
            let currency = row.parse("currency")?;
            Ok(Pool {
                id: row.parse("id")?,
                owner: row.parse("account_id")?,
                instructor: row.parse("instructor_id")?,
                line: row.get("line_id")?,
                is_live: row.get::<String>("state")? == "live",
                held: row.get("held")?,
                purchased: row.get("purchased")?,
                earned: row.get("earned")?,
                amount: Money::new(row.get("amount")?, currency),
                share: Money::new(row.get("share")?, currency),
            })
        })
        .await?;
    Ok(found)
}

pub async fn pool_of_line(conn: &mut Conn, line: &str) -> Result<Option<SeatPoolId>> {
    let found =
        conn.query(sql!("SELECT id FROM seat_pools WHERE line_id = $1")).bind(line).optional(|row| row.parse("id")).await?;
    Ok(found)
}

pub async fn end_pool(tx: &mut Tx, id: &SeatPoolId) -> Result<()> {
    tx.query(sql!("UPDATE seat_pools SET state = 'ended' WHERE id = $1")).bind(id.as_str()).execute().await?;
    Ok(())
}

/// Seats that have cooled down free their places.
pub async fn end_cooling(tx: &mut Tx, id: &SeatPoolId, now: Moment) -> Result<()> {
    let freed = tx
        .query(sql!("UPDATE seats SET counted = FALSE WHERE pool_id = $1 AND counted AND state = 'freed' AND free_at <= $2"))
        .bind(id.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    match i64::try_from(freed).unwrap_or_default() {
        0 => Ok(()),
        freed => give_places_back(tx, id, freed).await,
    }
}

pub async fn give_places_back(tx: &mut Tx, id: &SeatPoolId, places: i64) -> Result<()> {
    tx.query(sql!("UPDATE seat_pools SET assigned = assigned - $2 WHERE id = $1"))
        .bind(id.as_str())
        .bind(places)
        .execute()
        .await?;
    Ok(())
}

/// Takes one place of the pool, if one is left (INV-17).
pub async fn take_place(tx: &mut Tx, id: &SeatPoolId) -> Result<bool> {
    let taken = tx
        .query(sql!("UPDATE seat_pools SET assigned = assigned + 1 WHERE id = $1 AND state = 'live' AND assigned < purchased"))
        .bind(id.as_str())
        .execute()
        .await?;
    Ok(taken == 1)
}

/// Which place is earned now; none where as many were assigned before.
pub async fn earn_place(tx: &mut Tx, id: &SeatPoolId) -> Result<Option<i64>> {
    let earned = tx
        .query(sql!("UPDATE seat_pools SET earned = earned + 1 WHERE id = $1 AND earned < assigned RETURNING earned"))
        .bind(id.as_str())
        .optional(|row| row.get("earned"))
        .await?;
    Ok(earned)
}

fn pool_listed(row: &Row) -> Result<(AccountId, PoolRow), store::Error> {
    let count = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
    let pool = PoolRow {
        id: row.parse("id")?,
        course: row.parse("course_id")?,
        slug: row.parse("slug")?,
        title: row.get("title")?,
        purchased: count("purchased")?,
        assigned: count("assigned")?,
        bought_at: Moment::from_millis(row.get("created_at")?),
        is_live: row.get::<String>("state")? == "live",
    };
    Ok((row.parse("account_id")?, pool))
}

/// How many packs somebody has.
pub async fn count_pools(conn: &mut Conn, owner: &AccountId) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM seat_pools WHERE account_id = $1"))
        .bind(owner.as_str())
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A page of somebody's packs, the latest first.
pub async fn pools_of(conn: &mut Conn, owner: &AccountId, leaf: Leaf) -> Result<Vec<PoolRow>> {
    let all = conn
        .query(sql!(
            "SELECT p.*, c.slug, c.title FROM seat_pools p JOIN courses c ON c.id = p.course_id
              WHERE p.account_id = $1 ORDER BY p.created_at DESC, p.id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(owner.as_str())
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(pool_listed)
        .await?;
    Ok(all.into_iter().map(|(_, pool)| pool).collect())
}

/// A pool and whose it is.
pub async fn pool(conn: &mut Conn, id: &SeatPoolId) -> Result<Option<(AccountId, PoolRow)>> {
    let found = conn
        .query(sql!("SELECT p.*, c.slug, c.title FROM seat_pools p JOIN courses c ON c.id = p.course_id WHERE p.id = $1"))
        .bind(id.as_str())
        .optional(pool_listed)
        .await?;
    Ok(found)
}
