//! Seats: who sits on them.

use crate::Result;
use model::Moment;
use model::ids::{AccountId, CourseId, SeatId, SeatPoolId};
use model::text::Email;
use model::vouchers::SeatState;
use store::{Conn, Row, Tx, sql};

/// Whether the address had no seat of the pool.
pub async fn add_seat(tx: &mut Tx, id: &SeatId, pool: &SeatPoolId, email: &Email, code_hash: &str, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO seats (id, pool_id, email, code_hash, state, assigned_at) VALUES ($1, $2, $3, $4, 'invited', $5)
             ON CONFLICT DO NOTHING"
        ))
        .bind(id.as_str())
        .bind(pool.as_str())
        .bind(email.as_str())
        .bind(code_hash)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

/// A seat with its pool's course and owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub id: SeatId,
    pub pool: SeatPoolId,
    pub course: CourseId,
    pub owner: AccountId,
    /// Its pool is.
    pub is_live: bool,
    /// The payer's bank asks for the pool's money.
    pub held: bool,
    pub email: Email,
    pub state: SeatState,
    pub holder: Option<AccountId>,
    pub holder_name: Option<String>,
    pub assigned_at: Moment,
    pub counted: bool,
    pub free_at: Option<Moment>,
    /// What the database knows of the code.
    pub code_hash: String,
}

fn seat_row(row: &Row) -> Result<Seat, store::Error> {
    Ok(Seat {
        id: row.parse("id")?,
        pool: row.parse("pool_id")?,
        course: row.parse("course_id")?,
        owner: row.parse("owner_id")?,
        is_live: row.get::<String>("pool_state")? == "live",
        held: row.get("held")?,
        email: row.parse("email")?,
        state: row.parse("state")?,
        holder: row.parse_optional("account_id")?,
        holder_name: row.get("holder_name")?,
        assigned_at: Moment::from_millis(row.get("assigned_at")?),
        counted: row.get("counted")?,
        free_at: row.get::<Option<i64>>("free_at")?.map(Moment::from_millis),
        code_hash: row.get("code_hash")?,
    })
}

pub async fn seat(conn: &mut Conn, id: &SeatId) -> Result<Option<Seat>> {
    let found = conn
        .query(sql!(
            "SELECT s.*, p.course_id, p.account_id AS owner_id, p.state AS pool_state, p.held, a.name AS holder_name
               FROM seats s JOIN seat_pools p ON p.id = s.pool_id LEFT JOIN accounts a ON a.id = s.account_id WHERE s.id = $1"
        ))
        .bind(id.as_str())
        .optional(seat_row)
        .await?;
    Ok(found)
}

pub async fn seat_by_code(conn: &mut Conn, code_hash: &str) -> Result<Option<Seat>> {
    let found = conn
        .query(sql!(
            "SELECT s.*, p.course_id, p.account_id AS owner_id, p.state AS pool_state, p.held, a.name AS holder_name
               FROM seats s JOIN seat_pools p ON p.id = s.pool_id LEFT JOIN accounts a ON a.id = s.account_id WHERE s.code_hash = $1"
        ))
        .bind(code_hash)
        .optional(seat_row)
        .await?;
    Ok(found)
}

pub async fn lock_seat(tx: &mut Tx, id: &SeatId) -> Result<Option<Seat>> {
    tx.query(sql!(
        sqlite: "SELECT id FROM seats WHERE id = $1",
        postgres: "SELECT id FROM seats WHERE id = $1 FOR UPDATE"
    ))
    .bind(id.as_str())
    .optional(|_| Ok(()))
    .await?;
    seat(tx, id).await
}

pub async fn lock_seat_by_code(tx: &mut Tx, code_hash: &str) -> Result<Option<Seat>> {
    match seat_by_code(tx, code_hash).await? {
        Some(seat) => lock_seat(tx, &seat.id).await,
        None => Ok(None),
    }
}

/// Whether this person was the one to take it.
pub async fn claim_seat(tx: &mut Tx, id: &SeatId, who: &AccountId, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE seats SET state = 'claimed', account_id = $2, claimed_at = $3 WHERE id = $1 AND state = 'invited'"))
        .bind(id.as_str())
        .bind(who.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Takes it back; its place goes on counting where it has to cool down.
pub async fn free_seat(tx: &mut Tx, id: &SeatId, now: Moment, free_at: Moment, counted: bool) -> Result<()> {
    tx.query(sql!("UPDATE seats SET state = 'freed', freed_at = $2, free_at = $3, counted = $4 WHERE id = $1"))
        .bind(id.as_str())
        .bind(now.millis())
        .bind(free_at.millis())
        .bind(counted)
        .execute()
        .await?;
    Ok(())
}

/// A pool's seats, those in use first.
pub async fn seats_of(conn: &mut Conn, id: &SeatPoolId) -> Result<Vec<Seat>> {
    let all = conn
        .query(sql!(
            "SELECT s.*, p.course_id, p.account_id AS owner_id, p.state AS pool_state, p.held, a.name AS holder_name
               FROM seats s JOIN seat_pools p ON p.id = s.pool_id LEFT JOIN accounts a ON a.id = s.account_id
              WHERE s.pool_id = $1 ORDER BY CASE WHEN s.state = 'freed' THEN 1 ELSE 0 END, s.assigned_at DESC, s.id DESC LIMIT 1000"
        ))
        .bind(id.as_str())
        .all(seat_row)
        .await?;
    Ok(all)
}
