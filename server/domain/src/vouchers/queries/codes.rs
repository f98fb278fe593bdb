//! Codes: each gives its holder something once.

use crate::{Error, Result};
use model::ids::{AccountId, BatchId, CourseId, VoucherId};
use model::paging::Leaf;
use model::vouchers::{GiftCard, VoucherKind, VoucherState};
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
    /// The payer's bank asks for its money.
    pub held: bool,
    /// What the database knows of the code.
    pub code_hash: String,
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
        held: row.get("held")?,
        code_hash: row.get("code_hash")?,
        version: row.get("version")?,
    })
}

pub async fn add(tx: &mut Tx, new: &Voucher, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO vouchers (id, kind, state, code_hash, course_id, amount, currency, giver_id, recipient, sender, message,
                               batch_id, created_at, issued_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    ))
    .bind(new.id.as_str())
    .bind(new.kind.as_str())
    .bind(new.state.as_str())
    .bind(new.code_hash.as_str())
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
        .query(sql!(
            "SELECT id FROM vouchers v
              WHERE state = 'issued' AND expires_at <= $1
                AND NOT EXISTS (SELECT 1 FROM put_off p WHERE p.lane = 'codes' AND p.subject = v.id AND p.next_at > $1)
              ORDER BY expires_at, id LIMIT 1"
        ))
        .bind(now.millis())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// How much somebody gave and paid for.
pub async fn count_given(conn: &mut Conn, giver: &AccountId) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM vouchers WHERE giver_id = $1 AND state <> 'unpaid' AND course_id IS NOT NULL"))
        .bind(giver.as_str())
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A page of what somebody gave and paid for, the latest first, with the course's title.
pub async fn given(conn: &mut Conn, giver: &AccountId, leaf: Leaf) -> Result<Vec<(Voucher, String)>> {
    let all = conn
        .query(sql!(
            "SELECT v.*, c.title FROM vouchers v JOIN courses c ON c.id = v.course_id
              WHERE v.giver_id = $1 AND v.state <> 'unpaid' ORDER BY v.issued_at DESC, v.id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(giver.as_str())
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(|row| Ok((voucher_row(row)?, row.get("title")?)))
        .await?;
    Ok(all)
}
