//! The statements of payouts.

use crate::Result;
use crate::error::OrNotFound;
use model::earnings::{PayoutState, PayoutView};
use model::ids::{AccountId, PayoutId};
use model::paging::Leaf;
use model::payments::Provider;
use model::{Moment, Money};
use store::{Conn, Row, Tx, sql};

pub use crate::earnings::lock_account;

/// A payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    pub id: PayoutId,
    pub account: AccountId,
    /// The bank account it goes to, and what is shown of it.
    pub bank: String,
    pub masked: String,
    pub state: PayoutState,
    pub amount: Money,
    pub approved_by: Option<AccountId>,
    pub sent_by: Option<AccountId>,
    pub reference: String,
    pub problem: String,
    pub created_at: Moment,
    pub paid_at: Option<Moment>,
    /// Sent through this provider; none: at the bank by hand, or not yet.
    pub provider: Option<Provider>,
    /// When to ask the provider next, and how often we have.
    pub due_at: Option<Moment>,
    pub asked: i64,
    pub version: i64,
}

impl Payout {
    pub fn shown(&self) -> PayoutView {
        PayoutView {
            id: self.id.clone(),
            state: self.state,
            amount: self.amount,
            bank: self.masked.clone(),
            reference: self.reference.clone(),
            problem: self.problem.clone(),
            at: self.created_at,
            paid_at: self.paid_at,
        }
    }
}

fn payout(row: &Row) -> Result<Payout, store::Error> {
    Ok(Payout {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        bank: row.get("payout_account_id")?,
        masked: row.get("masked")?,
        state: row.parse("state")?,
        amount: Money::new(row.get("amount")?, row.parse("currency")?),
        approved_by: row.parse_optional("approved_by")?,
        sent_by: row.parse_optional("sent_by")?,
        reference: row.get("reference")?,
        problem: row.get("problem")?,
        created_at: Moment::from_millis(row.get("created_at")?),
        paid_at: row.get::<Option<i64>>("paid_at")?.map(Moment::from_millis),
        provider: row.parse_optional("provider")?,
        due_at: row.get::<Option<i64>>("due_at")?.map(Moment::from_millis),
        asked: row.get("asked")?,
        version: row.get("version")?,
    })
}

/// A bank account, sealed.
pub struct BankRow {
    pub id: String,
    pub masked: String,
    pub usable_at: Moment,
}

/// Where somebody is paid now.
pub async fn bank(conn: &mut Conn, account: &AccountId) -> Result<Option<BankRow>> {
    let found = conn
        .query(sql!("SELECT id, masked, usable_at FROM payout_accounts WHERE account_id = $1 AND live"))
        .bind(account.as_str())
        .optional(|row| {
            Ok(BankRow { id: row.get("id")?, masked: row.get("masked")?, usable_at: Moment::from_millis(row.get("usable_at")?) })
        })
        .await?;
    Ok(found)
}

/// The account that was paid to until now is no longer; false where there was none.
pub async fn retire_bank(tx: &mut Tx, account: &AccountId) -> Result<bool> {
    let retired = tx
        .query(sql!("UPDATE payout_accounts SET live = FALSE WHERE account_id = $1 AND live"))
        .bind(account.as_str())
        .execute()
        .await?;
    Ok(retired > 0)
}

pub async fn add_bank(
    tx: &mut Tx,
    id: &str,
    account: &AccountId,
    sealed: &[u8],
    masked: &str,
    now: Moment,
    usable_at: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO payout_accounts (id, account_id, sealed, masked, live, set_at, usable_at) VALUES ($1, $2, $3, $4, TRUE, $5, $6)"
    ))
    .bind(id)
    .bind(account.as_str())
    .bind(sealed)
    .bind(masked)
    .bind(now.millis())
    .bind(usable_at.millis())
    .execute()
    .await?;
    Ok(())
}

/// Writes down a payout that was asked for; false where one in the same currency is open.
pub async fn add(tx: &mut Tx, payout: &Payout) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO payouts (id, account_id, payout_account_id, state, currency, amount, requested_by, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $2, $7, $7) ON CONFLICT DO NOTHING"
        ))
        .bind(payout.id.as_str())
        .bind(payout.account.as_str())
        .bind(&payout.bank)
        .bind(payout.state.as_str())
        .bind(payout.amount.currency().as_str())
        .bind(payout.amount.minor())
        .bind(payout.created_at.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

/// The payout, kept from changing until the transaction ends.
pub async fn lock(tx: &mut Tx, id: &PayoutId) -> Result<Option<Payout>> {
    let found = tx
        .query(sql!(
            sqlite: "SELECT p.*, b.masked FROM payouts p JOIN payout_accounts b ON b.id = p.payout_account_id WHERE p.id = $1",
            postgres: "SELECT p.*, b.masked FROM payouts p JOIN payout_accounts b ON b.id = p.payout_account_id WHERE p.id = $1 FOR UPDATE OF p"
        ))
        .bind(id.as_str())
        .optional(payout)
        .await?;
    Ok(found)
}

/// Moves the payout on from the state it was read in (`payout.version` tells), with everything else it says.
pub async fn set_state(tx: &mut Tx, payout: &Payout, state: PayoutState, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payouts SET state = $4, approved_by = $5, sent_by = $6, reference = $7, problem = $8, paid_at = $9,
                    changed_at = $10, provider = $11, version = version + 1
              WHERE id = $1 AND state = $2 AND version = $3"
        ))
        .bind(payout.id.as_str())
        .bind(payout.state.as_str())
        .bind(payout.version)
        .bind(state.as_str())
        .bind(payout.approved_by.as_ref().map(|id| id.as_str().to_owned()))
        .bind(payout.sent_by.as_ref().map(|id| id.as_str().to_owned()))
        .bind(&payout.reference)
        .bind(&payout.problem)
        .bind(payout.paid_at.map(Moment::millis))
        .bind(now.millis())
        .bind(payout.provider.map(|provider| provider.as_str().to_owned()))
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Payouts to be sent, or to be asked about.
pub async fn due(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<PayoutId>> {
    let due = conn
        .query(sql!("SELECT id FROM payouts WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2"))
        .bind(now.millis())
        .bind(limit)
        .all(|row| row.parse("id"))
        .await?;
    Ok(due)
}

pub async fn set_due(tx: &mut Tx, id: &PayoutId, due: Option<Moment>, asked: i64) -> Result<()> {
    tx.query(sql!("UPDATE payouts SET due_at = $2, asked = $3 WHERE id = $1"))
        .bind(id.as_str())
        .bind(due.map(Moment::millis))
        .bind(asked)
        .execute()
        .await?;
    Ok(())
}

/// A bank account as it is kept.
pub async fn sealed(conn: &mut Conn, bank: &str) -> Result<Vec<u8>> {
    let sealed =
        conn.query(sql!("SELECT sealed FROM payout_accounts WHERE id = $1")).bind(bank).optional(|row| row.get("sealed")).await?;
    sealed.or_not_found()
}

/// How many payouts somebody asked for, and how many of them are open.
pub async fn count_of(conn: &mut Conn, account: &AccountId) -> Result<(u64, u64)> {
    let counted = |row: &Row, name: &str| Ok::<_, store::Error>(u64::try_from(row.get::<i64>(name)?).unwrap_or_default());
    let counts = conn
        .query(sql!(
            "SELECT COUNT(*) AS n,
                    COUNT(*) FILTER (WHERE state IN ('draft', 'approved', 'submitting', 'in_transit', 'unknown')) AS open
               FROM payouts WHERE account_id = $1"
        ))
        .bind(account.as_str())
        .one(|row| Ok((counted(row, "n")?, counted(row, "open")?)))
        .await?;
    Ok(counts)
}

/// Somebody's payouts, the latest first.
pub async fn payouts_of(conn: &mut Conn, account: &AccountId, leaf: Leaf) -> Result<Vec<Payout>> {
    let all = conn
        .query(sql!(
            "SELECT p.*, b.masked FROM payouts p JOIN payout_accounts b ON b.id = p.payout_account_id
              WHERE p.account_id = $1 ORDER BY p.created_at DESC, p.id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(account.as_str())
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(payout)
        .await?;
    Ok(all)
}

/// A payout with whom it goes to and who had a hand in it.
pub struct Queued {
    pub payout: Payout,
    pub name: String,
    pub email: String,
    pub approver: Option<String>,
    pub sender: Option<String>,
    pub sealed: Vec<u8>,
}

/// How many payouts there ever were.
pub async fn count(conn: &mut Conn) -> Result<u64> {
    let count: i64 = conn.query(sql!("SELECT COUNT(*) AS n FROM payouts")).one(|row| row.get("n")).await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Payouts, those that are open first, then the latest.
pub async fn queue(conn: &mut Conn, leaf: Leaf) -> Result<Vec<Queued>> {
    let all = conn
        .query(sql!(
            "SELECT p.*, b.masked, b.sealed, a.name, a.email, y.name AS approver, s.name AS sender
               FROM payouts p
               JOIN payout_accounts b ON b.id = p.payout_account_id
               JOIN accounts a ON a.id = p.account_id
               LEFT JOIN accounts y ON y.id = p.approved_by
               LEFT JOIN accounts s ON s.id = p.sent_by
              ORDER BY CASE WHEN p.state IN ('draft', 'approved', 'submitting', 'in_transit', 'unknown') THEN 0 ELSE 1 END,
                       p.created_at DESC, p.id DESC LIMIT $1 OFFSET $2"
        ))
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(|row| {
            Ok(Queued {
                payout: payout(row)?,
                name: row.get("name")?,
                email: row.get("email")?,
                approver: row.get("approver")?,
                sender: row.get("sender")?,
                sealed: row.get("sealed")?,
            })
        })
        .await?;
    Ok(all)
}

/// Some bank accounts after this one, by id: whose each is, and what is sealed.
pub async fn banks_after(conn: &mut Conn, id: &str, limit: i64) -> Result<Vec<(String, AccountId, Vec<u8>)>> {
    let some = conn
        .query(sql!("SELECT id, account_id, sealed FROM payout_accounts WHERE id > $1 ORDER BY id LIMIT $2"))
        .bind(id)
        .bind(limit)
        .all(|row| Ok((row.get("id")?, row.parse("account_id")?, row.get("sealed")?)))
        .await?;
    Ok(some)
}

/// The same account, sealed with another key.
pub async fn reseal_bank(tx: &mut Tx, id: &str, was: &[u8], sealed: &[u8]) -> Result<()> {
    tx.query(sql!("UPDATE payout_accounts SET sealed = $3 WHERE id = $1 AND sealed = $2"))
        .bind(id)
        .bind(was.to_vec())
        .bind(sealed.to_vec())
        .execute()
        .await?;
    Ok(())
}
