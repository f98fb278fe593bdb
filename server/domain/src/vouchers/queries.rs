//! The statements of codes and seats.

use crate::{Error, Result};
use model::ids::{AccountId, BatchId, CourseId, SeatId, SeatPoolId, VoucherId};
use model::text::{Email, Slug};
use model::vouchers::{BatchRow, GiftCard, PoolRow, SeatState, VoucherKind, VoucherState};
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

/// A code and what it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    pub id: VoucherId,
    pub kind: VoucherKind,
    pub state: VoucherState,
    pub course: Option<CourseId>,
    pub amount: Money,
    pub share: Money,
    pub instructor: Option<AccountId>,
    pub giver: Option<AccountId>,
    pub line: Option<String>,
    pub card: GiftCard,
    pub batch: Option<BatchId>,
    pub issued_at: Option<Moment>,
    pub expires_at: Option<Moment>,
    pub claimed_by: Option<AccountId>,
    pub version: i64,
}

fn voucher_row(row: &Row) -> Result<Voucher, store::Error> {
    let currency = row.parse("currency")?;
    let moment = |name: &str| row.get::<Option<i64>>(name).map(|at| at.map(Moment::from_millis));
    Ok(Voucher {
        id: row.parse("id")?,
        kind: row.parse("kind")?,
        state: row.parse("state")?,
        course: row.parse_optional("course_id")?,
        amount: Money::new(row.get("amount")?, currency),
        share: Money::new(row.get("share")?, currency),
        instructor: row.parse_optional("instructor_id")?,
        giver: row.parse_optional("giver_id")?,
        line: row.get("line_id")?,
        card: GiftCard { recipient: row.get("recipient")?, sender: row.get("sender")?, message: row.get("message")? },
        batch: row.parse_optional("batch_id")?,
        issued_at: moment("issued_at")?,
        expires_at: moment("expires_at")?,
        claimed_by: row.parse_optional("claimed_by")?,
        version: row.get("version")?,
    })
}

pub async fn add(tx: &mut Tx, new: &Voucher, code_hash: &str, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO vouchers (id, kind, state, code_hash, course_id, amount, currency, giver_id, recipient, sender, message,
                               batch_id, created_at, issued_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    ))
    .bind(new.id.as_str())
    .bind(new.kind.as_str())
    .bind(new.state.as_str())
    .bind(code_hash)
    .bind(new.course.as_ref().map(|id| id.as_str().to_owned()))
    .bind(new.amount.minor())
    .bind(new.amount.currency().as_str())
    .bind(new.giver.as_ref().map(|id| id.as_str().to_owned()))
    .bind(&new.card.recipient)
    .bind(&new.card.sender)
    .bind(&new.card.message)
    .bind(new.batch.as_ref().map(|id| id.as_str().to_owned()))
    .bind(now.millis())
    .bind(new.issued_at.map(Moment::millis))
    .bind(new.expires_at.map(Moment::millis))
    .execute()
    .await?;
    Ok(())
}

pub async fn voucher(conn: &mut Conn, id: &VoucherId) -> Result<Option<Voucher>> {
    let found = conn.query(sql!("SELECT * FROM vouchers WHERE id = $1")).bind(id.as_str()).optional(voucher_row).await?;
    Ok(found)
}

pub async fn by_code(conn: &mut Conn, code_hash: &str) -> Result<Option<Voucher>> {
    let found = conn.query(sql!("SELECT * FROM vouchers WHERE code_hash = $1")).bind(code_hash).optional(voucher_row).await?;
    Ok(found)
}

pub async fn lock(tx: &mut Tx, id: &VoucherId) -> Result<Option<Voucher>> {
    let found = tx
        .query(sql!(
            sqlite: "SELECT * FROM vouchers WHERE id = $1",
            postgres: "SELECT * FROM vouchers WHERE id = $1 FOR UPDATE"
        ))
        .bind(id.as_str())
        .optional(voucher_row)
        .await?;
    Ok(found)
}

pub async fn lock_by_code(tx: &mut Tx, code_hash: &str) -> Result<Option<Voucher>> {
    let found = tx
        .query(sql!(
            sqlite: "SELECT * FROM vouchers WHERE code_hash = $1",
            postgres: "SELECT * FROM vouchers WHERE code_hash = $1 FOR UPDATE"
        ))
        .bind(code_hash)
        .optional(voucher_row)
        .await?;
    Ok(found)
}

pub async fn of_line(conn: &mut Conn, line: &str) -> Result<Option<VoucherId>> {
    let found = conn.query(sql!("SELECT id FROM vouchers WHERE line_id = $1")).bind(line).optional(|row| row.parse("id")).await?;
    Ok(found)
}

/// Its order is paid.
pub async fn issue(
    tx: &mut Tx,
    voucher: &Voucher,
    (line, amount, share, instructor): (&str, Money, Money, &AccountId),
    state: VoucherState,
    now: Moment,
    until: Moment,
) -> Result<()> {
    let changed = tx
        .query(sql!(
            "UPDATE vouchers SET state = $3, line_id = $4, amount = $5, share = $6, instructor_id = $7, issued_at = $8, expires_at = $9,
                                 currency = $10, version = version + 1
              WHERE id = $1 AND version = $2"
        ))
        .bind(voucher.id.as_str())
        .bind(voucher.version)
        .bind(state.as_str())
        .bind(line)
        .bind(amount.minor())
        .bind(share.minor())
        .bind(instructor.as_str())
        .bind(now.millis())
        .bind(until.millis())
        .bind(amount.currency().as_str())
        .execute()
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::bug("a code changed under its lock")) }
}

pub async fn set_state(tx: &mut Tx, voucher: &Voucher, state: VoucherState) -> Result<()> {
    let changed = tx
        .query(sql!("UPDATE vouchers SET state = $4, version = version + 1 WHERE id = $1 AND state = $2 AND version = $3"))
        .bind(voucher.id.as_str())
        .bind(voucher.state.as_str())
        .bind(voucher.version)
        .bind(state.as_str())
        .execute()
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::bug("a code changed under its lock")) }
}

/// Whether this person was the one to claim it.
pub async fn claim(tx: &mut Tx, voucher: &Voucher, state: VoucherState, who: &AccountId, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE vouchers SET state = $2, claimed_by = $3, claimed_at = $4, version = version + 1
              WHERE id = $1 AND state = 'issued' AND expires_at > $4"
        ))
        .bind(voucher.id.as_str())
        .bind(state.as_str())
        .bind(who.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(changed == 1)
}

pub async fn due(conn: &mut Conn, now: Moment) -> Result<Option<VoucherId>> {
    let found = conn
        .query(sql!("SELECT id FROM vouchers WHERE state = 'issued' AND expires_at <= $1 ORDER BY expires_at, id LIMIT 1"))
        .bind(now.millis())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// What somebody gave and paid for, the latest first, with the course's title.
pub async fn given(conn: &mut Conn, giver: &AccountId) -> Result<Vec<(Voucher, String)>> {
    let all = conn
        .query(sql!(
            "SELECT v.*, c.title FROM vouchers v JOIN courses c ON c.id = v.course_id
              WHERE v.giver_id = $1 AND v.state <> 'unpaid' ORDER BY v.issued_at DESC, v.id DESC LIMIT 200"
        ))
        .bind(giver.as_str())
        .all(|row| Ok((voucher_row(row)?, row.get("title")?)))
        .await?;
    Ok(all)
}

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
    let found =
        conn.query(sql!("SELECT id FROM voucher_batches WHERE id = $1")).bind(id.as_str()).optional(|row| row.parse("id")).await?;
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

/// A course as codes name it.
pub struct CourseName {
    pub id: CourseId,
    pub slug: Slug,
    pub title: String,
    pub instructor_id: AccountId,
    pub instructor: String,
    pub listed: bool,
    pub price: Money,
}

fn course_row(row: &Row) -> Result<CourseName, store::Error> {
    Ok(CourseName {
        id: row.parse("id")?,
        slug: row.parse("slug")?,
        title: row.get("title")?,
        instructor_id: row.parse("instructor_id")?,
        instructor: row.get("instructor")?,
        listed: row.get::<String>("state")? == "listed",
        price: Money::new(row.get("price")?, row.parse("currency")?),
    })
}

pub async fn course(conn: &mut Conn, id: &CourseId) -> Result<Option<CourseName>> {
    let found = conn
        .query(sql!("SELECT c.*, a.name AS instructor FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.id = $1"))
        .bind(id.as_str())
        .optional(course_row)
        .await?;
    Ok(found)
}

pub async fn course_by_slug(conn: &mut Conn, slug: &Slug) -> Result<Option<CourseName>> {
    let found = conn
        .query(sql!("SELECT c.*, a.name AS instructor FROM courses c JOIN accounts a ON a.id = c.instructor_id WHERE c.slug = $1"))
        .bind(slug.as_str())
        .optional(course_row)
        .await?;
    Ok(found)
}

/// Keeps the person's purchases from changing until the transaction ends.
pub async fn lock_account(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!(
        sqlite: "SELECT id FROM accounts WHERE id = $1",
        postgres: "SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE"
    ))
    .bind(account.as_str())
    .optional(|_| Ok(()))
    .await?;
    Ok(())
}

pub async fn email(conn: &mut Conn, account: &AccountId) -> Result<String> {
    let found = conn.query(sql!("SELECT email FROM accounts WHERE id = $1")).bind(account.as_str()).one(|row| row.get("email")).await?;
    Ok(found)
}

pub async fn name(conn: &mut Conn, account: &AccountId) -> Result<String> {
    let found = conn.query(sql!("SELECT name FROM accounts WHERE id = $1")).bind(account.as_str()).one(|row| row.get("name")).await?;
    Ok(found)
}

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
    tx.query(sql!("UPDATE seat_pools SET assigned = assigned - $2 WHERE id = $1")).bind(id.as_str()).bind(places).execute().await?;
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
    pub email: Email,
    pub state: SeatState,
    pub holder: Option<AccountId>,
    pub holder_name: Option<String>,
    pub assigned_at: Moment,
    pub counted: bool,
    pub free_at: Option<Moment>,
}

fn seat_row(row: &Row) -> Result<Seat, store::Error> {
    Ok(Seat {
        id: row.parse("id")?,
        pool: row.parse("pool_id")?,
        course: row.parse("course_id")?,
        owner: row.parse("owner_id")?,
        is_live: row.get::<String>("pool_state")? == "live",
        email: row.parse("email")?,
        state: row.parse("state")?,
        holder: row.parse_optional("account_id")?,
        holder_name: row.get("holder_name")?,
        assigned_at: Moment::from_millis(row.get("assigned_at")?),
        counted: row.get("counted")?,
        free_at: row.get::<Option<i64>>("free_at")?.map(Moment::from_millis),
    })
}

pub async fn seat(conn: &mut Conn, id: &SeatId) -> Result<Option<Seat>> {
    let found = conn
        .query(sql!(
            "SELECT s.*, p.course_id, p.account_id AS owner_id, p.state AS pool_state, a.name AS holder_name
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
            "SELECT s.*, p.course_id, p.account_id AS owner_id, p.state AS pool_state, a.name AS holder_name
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
            "SELECT s.*, p.course_id, p.account_id AS owner_id, p.state AS pool_state, a.name AS holder_name
               FROM seats s JOIN seat_pools p ON p.id = s.pool_id LEFT JOIN accounts a ON a.id = s.account_id
              WHERE s.pool_id = $1 ORDER BY CASE WHEN s.state = 'freed' THEN 1 ELSE 0 END, s.assigned_at DESC, s.id DESC LIMIT 1000"
        ))
        .bind(id.as_str())
        .all(seat_row)
        .await?;
    Ok(all)
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

pub async fn pools_of(conn: &mut Conn, owner: &AccountId) -> Result<Vec<PoolRow>> {
    let all = conn
        .query(sql!(
            "SELECT p.*, c.slug, c.title FROM seat_pools p JOIN courses c ON c.id = p.course_id
              WHERE p.account_id = $1 ORDER BY p.created_at DESC, p.id DESC LIMIT 200"
        ))
        .bind(owner.as_str())
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
