//! What the statement is made of: movements on somebody's accounts.

use crate::Result;
use model::ids::AccountId;
use model::{Currency, Moment, Money};
use store::{Conn, Row, sql};

/// A movement on an instructor's accounts, with the sale it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub seq: i64,
    pub at: Moment,
    pub debit: String,
    pub credit: String,
    pub kind: String,
    pub amount: Money,
    pub title: Option<String>,
    pub order: Option<String>,
    pub net: Option<Money>,
    pub pool: Option<Money>,
}

fn moved_row(row: &Row) -> Result<Moved, store::Error> {
    let currency = row.parse("currency")?;
    let maybe = |name: &str| row.get::<Option<i64>>(name).map(|minor| minor.map(|minor| Money::new(minor, currency)));
    Ok(Moved {
        seq: row.get("seq")?,
        at: Moment::from_millis(row.get("created_at")?),
        debit: row.get("debit_account")?,
        credit: row.get("credit_account")?,
        kind: row.get("kind")?,
        amount: Money::new(row.get("amount")?, currency),
        title: row.get("title")?,
        order: row.get("order_id")?,
        net: maybe("net")?,
        pool: maybe("pool")?,
    })
}

fn accounts(account: &AccountId) -> (String, String) {
    (format!("instr_pending:{account}"), format!("instr_payable:{account}"))
}

/// Movements before `before`, the latest first.
pub async fn moved(conn: &mut Conn, account: &AccountId, before: i64, limit: i64) -> Result<Vec<Moved>> {
    let (pending, payable) = accounts(account);
    let rows = conn
        .query(sql!(
            "SELECT t.seq, t.created_at, t.debit_account, t.credit_account, t.kind, t.amount, t.currency, t.order_id,
                    h.title, h.net, h.pool
               FROM transfers t LEFT JOIN share_holds h ON t.about = 'hold:' || h.id
              WHERE (t.debit_account IN ($1, $2) OR t.credit_account IN ($1, $2)) AND t.phase IN ('single', 'post') AND t.seq < $3
              ORDER BY t.seq DESC LIMIT $4"
        ))
        .bind(pending)
        .bind(payable)
        .bind(before)
        .bind(limit)
        .all(moved_row)
        .await?;
    Ok(rows)
}

/// What somebody earned on each day in Shanghai of a stretch of time, less what refunds took back: day and sum.
pub async fn earned_by_day(
    conn: &mut Conn,
    account: &AccountId,
    currency: Currency,
    from: Moment,
    until: Moment,
) -> Result<Vec<(i64, i64)>> {
    let (pending, payable) = accounts(account);
    let sums = conn
        .query(sql!(
            "SELECT (t.created_at + 28800000) / 86400000 AS in_shanghai,
                    CAST(SUM(CASE WHEN t.debit_account IN ($1, $2) AND t.credit_account NOT IN ($1, $2)
                                  THEN -t.amount ELSE t.amount END) AS BIGINT) AS earned
               FROM transfers t
              WHERE (t.debit_account IN ($1, $2) OR t.credit_account IN ($1, $2)) AND t.phase IN ('single', 'post')
                AND t.kind NOT IN ('release', 'payout', 'payout_returned') AND t.currency = $3
                AND t.created_at >= $4 AND t.created_at < $5
              GROUP BY in_shanghai"
        ))
        .bind(pending)
        .bind(payable)
        .bind(currency.as_str())
        .bind(from.millis())
        .bind(until.millis())
        .all(|row| Ok((row.get("in_shanghai")?, row.get("earned")?)))
        .await?;
    Ok(sums)
}

/// The next movements of a stretch of time, in the order of the ledger.
pub async fn moved_between(
    conn: &mut Conn,
    account: &AccountId,
    from: Moment,
    until: Moment,
    after: i64,
    limit: i64,
) -> Result<Vec<Moved>> {
    let (pending, payable) = accounts(account);
    let rows = conn
        .query(sql!(
            "SELECT t.seq, t.created_at, t.debit_account, t.credit_account, t.kind, t.amount, t.currency, t.order_id,
                    h.title, h.net, h.pool
               FROM transfers t LEFT JOIN share_holds h ON t.about = 'hold:' || h.id
              WHERE (t.debit_account IN ($1, $2) OR t.credit_account IN ($1, $2)) AND t.phase IN ('single', 'post')
                AND t.created_at >= $3 AND t.created_at < $4 AND t.seq > $5
              ORDER BY t.seq LIMIT $6"
        ))
        .bind(pending)
        .bind(payable)
        .bind(from.millis())
        .bind(until.millis())
        .bind(after)
        .bind(limit)
        .all(moved_row)
        .await?;
    Ok(rows)
}

pub async fn first_moved(conn: &mut Conn, account: &AccountId) -> Result<Option<Moment>> {
    let (pending, payable) = accounts(account);
    let first = conn
        .query(sql!(
            "SELECT MIN(created_at) AS at FROM transfers
              WHERE (debit_account IN ($1, $2) OR credit_account IN ($1, $2)) AND phase IN ('single', 'post')"
        ))
        .bind(pending)
        .bind(payable)
        .one(|row| row.get::<Option<i64>>("at"))
        .await?;
    Ok(first.map(Moment::from_millis))
}

/// The currencies in which somebody ever had anything.
pub async fn currencies(conn: &mut Conn, account: &AccountId) -> Result<Vec<Currency>> {
    let all = conn
        .query(sql!(
            "SELECT a.currency, SUM(b.credits_posted) AS had FROM ledger_accounts a
               JOIN balances b ON b.account = a.id AND b.currency = a.currency
              WHERE a.owner_id = $1 AND a.kind IN ('instr_pending', 'instr_payable')
              GROUP BY a.currency ORDER BY had DESC, a.currency"
        ))
        .bind(account.as_str())
        .all(|row| row.parse("currency"))
        .await?;
    Ok(all)
}

/// What an account has after everything that is reserved, and how much is reserved.
pub async fn ledger_balance(conn: &mut Conn, account: &str, currency: Currency) -> Result<(i64, i64)> {
    let found = conn
        .query(sql!(
            "SELECT credits_posted - debits_posted - debits_pending AS has, debits_pending AS reserved
               FROM balances WHERE account = $1 AND currency = $2"
        ))
        .bind(account)
        .bind(currency.as_str())
        .optional(|row| Ok((row.get("has")?, row.get("reserved")?)))
        .await?;
    Ok(found.unwrap_or_default())
}

pub async fn payouts_on_way(conn: &mut Conn, account: &AccountId, currency: Currency) -> Result<i64> {
    sum(
        conn,
        sql!(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS sum FROM payouts
              WHERE account_id = $1 AND currency = $2 AND state IN ('submitting', 'in_transit', 'unknown')"
        ),
        account,
        currency,
    )
    .await
}

pub async fn paid_out(conn: &mut Conn, account: &AccountId, currency: Currency) -> Result<i64> {
    sum(
        conn,
        sql!(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS sum FROM payouts
              WHERE account_id = $1 AND currency = $2 AND state = 'paid'"
        ),
        account,
        currency,
    )
    .await
}

async fn sum(conn: &mut Conn, question: store::Sql, account: &AccountId, currency: Currency) -> Result<i64> {
    Ok(conn.query(question).bind(account.as_str()).bind(currency.as_str()).one(|row| row.get("sum")).await?)
}

/// When the next share stops waiting.
pub async fn next_release(conn: &mut Conn, account: &AccountId, currency: Currency) -> Result<Option<Moment>> {
    let next = conn
        .query(sql!("SELECT MIN(due_at) AS at FROM share_holds WHERE account_id = $1 AND currency = $2 AND due_at IS NOT NULL"))
        .bind(account.as_str())
        .bind(currency.as_str())
        .one(|row| row.get::<Option<i64>>("at"))
        .await?;
    Ok(next.map(Moment::from_millis))
}
