//! The ledger's statements.

use super::entry::{Links, Move, Phase};
use super::post::Change;
use super::read::Balance;
use super::{Account, Kind};
use crate::Result;
use model::ids::{AccountId, TransferId};
use model::paging::Leaf;
use model::{Currency, Moment, Money};
use std::collections::HashSet;
use store::{Conn, Row, Tx, sql};

/// The end of the chain.
pub struct Head {
    pub seq: i64,
    pub hash: String,
}

/// A movement as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub id: TransferId,
    pub seq: i64,
    pub entry: String,
    pub moved: Move,
    pub links: Links,
    pub at: Moment,
    pub prev_hash: String,
    pub hash: String,
}

pub async fn lock_head(tx: &mut Tx) -> Result<Head> {
    let head = tx
        .query(sql!(
            sqlite: "SELECT seq, hash FROM ledger_head WHERE id = 1",
            postgres: "SELECT seq, hash FROM ledger_head WHERE id = 1 FOR UPDATE"
        ))
        .one(|row| Ok(Head { seq: row.get("seq")?, hash: row.get("hash")? }))
        .await?;
    Ok(head)
}

/// Whether the chain's end can be had without waiting for anybody.
#[cfg(test)]
pub async fn is_free(tx: &mut Tx) -> Result<bool> {
    let had = tx
        .query(sql!(
            sqlite: "SELECT seq FROM ledger_head WHERE id = 1",
            postgres: "SELECT seq FROM ledger_head WHERE id = 1 FOR UPDATE SKIP LOCKED"
        ))
        .optional(|row| row.get::<i64>("seq"))
        .await?;
    Ok(had.is_some())
}

pub async fn set_head(tx: &mut Tx, head: &Head) -> Result<()> {
    tx.query(sql!("UPDATE ledger_head SET seq = $1, hash = $2 WHERE id = 1"))
        .bind(head.seq)
        .bind(head.hash.as_str())
        .write()
        .await?;
    Ok(())
}

/// Those of these accounts that are open, each in its currencies: most were opened long ago.
pub async fn open_accounts(conn: &mut Conn, ids: Vec<String>) -> Result<HashSet<(String, Currency)>> {
    let open = conn
        .query(sql!("SELECT account, currency FROM balances WHERE account IN (…)"))
        .list(ids)
        .all(|row| Ok((row.get("account")?, row.parse("currency")?)))
        .await?;
    Ok(open.into_iter().collect())
}

pub async fn open_account(tx: &mut Tx, account: &Account, currency: Currency) -> Result<()> {
    let id = account.id();
    tx.query(sql!("INSERT INTO ledger_accounts (id, currency, kind, owner_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"))
        .bind(&id)
        .bind(currency.as_str())
        .bind(account.kind())
        .bind(account.owner().map(|owner| owner.as_str().to_owned()))
        .write()
        .await?;
    tx.query(sql!("INSERT INTO balances (account, currency, guarded) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"))
        .bind(&id)
        .bind(currency.as_str())
        .bind(account.is_guarded())
        .write()
        .await?;
    Ok(())
}

/// So many movements are written by one statement: others wait for the chain's end, and a movement each would be a journey each.
const TRANSFERS_AT_ONCE: usize = 8;

pub async fn add(tx: &mut Tx, transfers: &[Transfer]) -> Result<()> {
    for some in transfers.chunks(TRANSFERS_AT_ONCE) {
        let mut rows = tx.query(sql!(
            "INSERT INTO transfers (id, seq, entry_id, debit_account, credit_account, currency, amount, kind, phase, pending_id,
                                    order_id, attempt_id, refund_id, line_id, created_at, prev_hash, hash, about)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
        ));
        for (place, transfer) in some.iter().enumerate() {
            if place > 0 {
                rows = rows.and(", ($?, $?, $?, $?, $?, $?, $?, $?, $?, $?, $?, $?, $?, $?, $?, $?, $?, $?)");
            }
            let Transfer { id, seq, entry, moved, links, at, prev_hash, hash } = transfer;
            rows = rows
                .bind(id.as_str())
                .bind(*seq)
                .bind(entry)
                .bind(&moved.debit)
                .bind(&moved.credit)
                .bind(moved.amount.currency().as_str())
                .bind(moved.amount.minor())
                .bind(moved.kind.as_str())
                .bind(moved.phase.word())
                .bind(moved.phase.pending().map(|id| id.as_str().to_owned()))
                .bind(links.order.clone())
                .bind(links.attempt.clone())
                .bind(links.refund.clone())
                .bind(links.line.clone())
                .bind(at.millis())
                .bind(prev_hash)
                .bind(hash)
                .bind(moved.about.clone());
        }
        rows.write().await?;
    }
    Ok(())
}

/// So many balances are changed by one statement. Fewer leave the last of its rows empty: no account is called nothing.
const BALANCES_AT_ONCE: usize = 4;

/// Changes balances, each of them once.
pub async fn change_balances(tx: &mut Tx, changes: &[((String, Currency), Change)]) -> Result<()> {
    for some in changes.chunks(BALANCES_AT_ONCE) {
        let mut rows = tx.query(sql!(
            "UPDATE balances SET debits_posted = balances.debits_posted + change.column3,
                    credits_posted = balances.credits_posted + change.column4,
                    debits_pending = balances.debits_pending + change.column5,
                    credits_pending = balances.credits_pending + change.column6, version = balances.version + 1
               FROM (VALUES (CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT)),
                            (CAST($7 AS TEXT), CAST($8 AS TEXT), CAST($9 AS BIGINT), CAST($10 AS BIGINT), CAST($11 AS BIGINT), CAST($12 AS BIGINT)),
                            (CAST($13 AS TEXT), CAST($14 AS TEXT), CAST($15 AS BIGINT), CAST($16 AS BIGINT), CAST($17 AS BIGINT), CAST($18 AS BIGINT)),
                            (CAST($19 AS TEXT), CAST($20 AS TEXT), CAST($21 AS BIGINT), CAST($22 AS BIGINT), CAST($23 AS BIGINT), CAST($24 AS BIGINT))
                    ) AS change
              WHERE balances.account = change.column1 AND balances.currency = change.column2"
        ));
        for place in 0..BALANCES_AT_ONCE {
            let nothing = Change::default();
            let (account, currency, change) = match some.get(place) {
                Some(((account, currency), change)) => (account.as_str(), currency.as_str(), change),
                None => ("", "", &nothing),
            };
            rows = rows
                .bind(account)
                .bind(currency)
                .bind(change.debits_posted)
                .bind(change.credits_posted)
                .bind(change.debits_pending)
                .bind(change.credits_pending);
        }
        rows.write().await?;
    }
    Ok(())
}

/// What is reserved for a refund and neither posted nor voided.
pub async fn reserved_for(tx: &mut Tx, refund: &str) -> Result<Vec<Transfer>> {
    let open = tx
        .query(sql!(
            "SELECT * FROM transfers t WHERE refund_id = $1 AND phase = 'pending'
                AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.pending_id = t.id) ORDER BY seq"
        ))
        .bind(refund)
        .all(transfer)
        .await?;
    Ok(open)
}

/// What is reserved about one thing and neither posted nor voided.
pub async fn reserved_about(tx: &mut Tx, thing: &str) -> Result<Vec<Transfer>> {
    let open = tx
        .query(sql!(
            "SELECT * FROM transfers t WHERE about = $1 AND phase = 'pending'
                AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.pending_id = t.id) ORDER BY seq"
        ))
        .bind(thing)
        .all(transfer)
        .await?;
    Ok(open)
}

/// What is reserved for an order, apart from its refunds, and neither posted nor voided.
pub async fn reserved_for_order(tx: &mut Tx, order: &str) -> Result<Vec<Transfer>> {
    let open = tx
        .query(sql!(
            "SELECT * FROM transfers t WHERE order_id = $1 AND refund_id IS NULL AND phase = 'pending'
                AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.pending_id = t.id) ORDER BY seq"
        ))
        .bind(order)
        .all(transfer)
        .await?;
    Ok(open)
}

/// What is free to be spent of an account that people pay from.
pub async fn balance(conn: &mut Conn, account: &Account, currency: Currency) -> Result<Money> {
    let [free] = balances_of(conn, [account], currency).await?;
    Ok(free)
}

/// What is free to be spent of each of these accounts.
pub async fn balances_of<const N: usize>(conn: &mut Conn, accounts: [&Account; N], currency: Currency) -> Result<[Money; N]> {
    let free = conn
        .query(sql!(
            "SELECT account, credits_posted - debits_posted - debits_pending AS free FROM balances
              WHERE currency = $1 AND account IN (…)"
        ))
        .bind(currency.as_str())
        .list(accounts.map(Account::id))
        .all(|row| Ok((row.get::<String>("account")?, row.get::<i64>("free")?)))
        .await?;
    let of = |account: &Account| free.iter().find(|(id, _)| *id == account.id()).map_or(0, |(_, free)| *free);
    Ok(accounts.map(|account| Money::new(of(account), currency)))
}

/// What went from one account straight to another, for good.
pub async fn moved_between(conn: &mut Conn, from: &Account, to: &Account, currency: Currency) -> Result<Money> {
    let sum: i64 = conn
        .query(sql!(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS sum FROM transfers
              WHERE debit_account = $1 AND credit_account = $2 AND currency = $3 AND phase IN ('single', 'post')"
        ))
        .bind(from.id())
        .bind(to.id())
        .bind(currency.as_str())
        .one(|row| row.get("sum"))
        .await?;
    Ok(Money::new(sum, currency))
}

/// How many movements of two accounts count.
pub async fn count_of_pair(conn: &mut Conn, pair: [&Account; 2], currency: Currency) -> Result<u64> {
    let count: i64 = conn
        .query(sql!(
            "SELECT COUNT(*) AS n FROM transfers t
              WHERE currency = $3 AND (debit_account IN ($1, $2) OR credit_account IN ($1, $2))
                AND (phase IN ('single', 'post')
                     OR (phase = 'pending' AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.pending_id = t.id)))"
        ))
        .bind(pair[0].id())
        .bind(pair[1].id())
        .bind(currency.as_str())
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A page of every movement of two accounts that counts, the latest first: what was set aside only while it is.
pub async fn of_pair(conn: &mut Conn, pair: [&Account; 2], currency: Currency, leaf: Leaf) -> Result<Vec<Transfer>> {
    let all = conn
        .query(sql!(
            "SELECT * FROM transfers t
              WHERE currency = $3 AND (debit_account IN ($1, $2) OR credit_account IN ($1, $2))
                AND (phase IN ('single', 'post')
                     OR (phase = 'pending' AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.pending_id = t.id)))
              ORDER BY seq DESC LIMIT $4 OFFSET $5"
        ))
        .bind(pair[0].id())
        .bind(pair[1].id())
        .bind(currency.as_str())
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(transfer)
        .await?;
    Ok(all)
}

/// What was posted for a refund and did not come back since.
pub async fn posted_for(tx: &mut Tx, refund: &str) -> Result<Vec<Transfer>> {
    let posted = tx
        .query(sql!(
            "SELECT * FROM transfers WHERE refund_id = $1 AND phase = 'post'
                AND seq > (SELECT COALESCE(MAX(b.seq), 0) FROM transfers b
                            WHERE b.refund_id = $1 AND b.phase = 'single' AND b.kind <> 'paid_by_hand')
              ORDER BY seq"
        ))
        .bind(refund)
        .all(transfer)
        .await?;
    Ok(posted)
}

/// Every movement of an order, oldest first.
pub async fn of_order(conn: &mut Conn, order: &str) -> Result<Vec<Transfer>> {
    let all = conn.query(sql!("SELECT * FROM transfers WHERE order_id = $1 ORDER BY seq")).bind(order).all(transfer).await?;
    Ok(all)
}

/// The chain after `seq`, in order.
pub async fn chain(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Transfer>> {
    let part = conn
        .query(sql!("SELECT * FROM transfers WHERE seq > $1 ORDER BY seq LIMIT $2"))
        .bind(after)
        .bind(limit)
        .all(transfer)
        .await?;
    Ok(part)
}

/// The movements of a person's own accounts after `seq`, in order.
pub async fn chain_of(conn: &mut Conn, owner: &AccountId, after: i64, limit: i64) -> Result<Vec<Transfer>> {
    let part = conn
        .query(sql!(
            // the person's accounts first, and then what moved on each: never the whole ledger
            "SELECT t.* FROM (
                    SELECT d.seq FROM ledger_accounts a CROSS JOIN transfers d
                     WHERE a.owner_id = $3 AND d.debit_account = a.id AND d.currency = a.currency AND d.seq > $1
                     UNION
                    SELECT c.seq FROM ledger_accounts a CROSS JOIN transfers c
                     WHERE a.owner_id = $3 AND c.credit_account = a.id AND c.currency = a.currency AND c.seq > $1
                     ORDER BY seq LIMIT $2) own
              CROSS JOIN transfers t
              WHERE t.seq = own.seq ORDER BY t.seq"
        ))
        .bind(after)
        .bind(limit)
        .bind(owner.as_str())
        .all(transfer)
        .await?;
    Ok(part)
}

/// What stands on the accounts of one person, or on all.
pub async fn balances(conn: &mut Conn, owner: Option<&AccountId>) -> Result<Vec<Balance>> {
    let found = conn
        .query(sql!(
            "SELECT b.account, b.currency, b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending
               FROM balances b JOIN ledger_accounts a ON a.id = b.account AND a.currency = b.currency
              WHERE a.owner_id = $1 OR $2
              ORDER BY b.account, b.currency"
        ))
        .bind(owner.map(|owner| owner.as_str().to_owned()))
        .bind(owner.is_none())
        .all(|row: &Row| {
            let currency: Currency = row.parse("currency")?;
            Ok(Balance {
                account: row.get("account")?,
                posted: Money::new(row.get::<i64>("credits_posted")? - row.get::<i64>("debits_posted")?, currency),
                incoming: Money::new(row.get("credits_pending")?, currency),
                outgoing: Money::new(row.get("debits_pending")?, currency),
            })
        })
        .await?;
    Ok(found)
}

fn transfer(row: &Row) -> Result<Transfer, store::Error> {
    let pending = || row.parse::<TransferId>("pending_id");
    let phase = match row.get::<String>("phase")?.as_str() {
        "pending" => Phase::Pending,
        "post" => Phase::Post(pending()?),
        "void" => Phase::Void(pending()?),
        _ => Phase::Single,
    };
    Ok(Transfer {
        id: row.parse("id")?,
        seq: row.get("seq")?,
        entry: row.get("entry_id")?,
        moved: Move {
            debit: row.get("debit_account")?,
            credit: row.get("credit_account")?,
            amount: Money::new(row.get("amount")?, row.parse("currency")?),
            kind: row.parse::<Kind>("kind")?,
            phase,
            about: row.get("about")?,
        },
        links: Links {
            order: row.get("order_id")?,
            attempt: row.get("attempt_id")?,
            refund: row.get("refund_id")?,
            line: row.get("line_id")?,
        },
        at: Moment::from_millis(row.get("created_at")?),
        prev_hash: row.get("prev_hash")?,
        hash: row.get("hash")?,
    })
}
