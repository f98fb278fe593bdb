//! Checkouts: frozen quotes.

use crate::Result;
use model::ids::{AccountId, CheckoutId, OrderId};
use model::orders::{Item, Total};
use model::{Currency, Moment, Money};
use store::{Conn, Tx, sql};

/// A frozen quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutRow {
    pub id: CheckoutId,
    pub account: AccountId,
    pub currency: Currency,
    pub coupon: Option<String>,
    pub use_wallet: bool,
    pub from_cart: bool,
    pub total: Total,
    pub fingerprint: String,
    pub lines: Vec<CheckoutLine>,
}

/// A line of it, as it was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutLine {
    pub item: Item,
    pub title: String,
    pub list: Money,
    /// Before the coupon.
    pub price: Money,
    pub coupon: Money,
}

pub async fn checkout(conn: &mut Conn, id: &CheckoutId) -> Result<Option<CheckoutRow>> {
    let found = conn
        .query(sql!("SELECT * FROM checkouts WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| {
            let currency = row.parse("currency")?;
            let amount = |name: &str| row.get::<i64>(name).map(|minor| Money::new(minor, currency));
            let (total, gift, cash) = (amount("total")?, amount("gift_part")?, amount("cash_part")?);
            Ok(CheckoutRow {
                id: row.parse("id")?,
                account: row.parse("account_id")?,
                currency,
                coupon: row.get("coupon")?,
                use_wallet: row.get("use_wallet")?,
                from_cart: row.get("from_cart")?,
                total: Total {
                    list: amount("list_amount")?,
                    coupon: Money::zero(currency),
                    total,
                    gift,
                    cash,
                    due: Money::new(total.minor() - gift.minor() - cash.minor(), currency),
                },
                fingerprint: row.get("fingerprint")?,
                lines: Vec::new(),
            })
        })
        .await?;
    let Some(mut found) = found else { return Ok(None) };
    let currency = found.currency;
    found.lines = conn
        .query(sql!("SELECT * FROM checkout_lines WHERE checkout_id = $1 ORDER BY position"))
        .bind(id.as_str())
        .all(|row| {
            let amount = |name: &str| row.get::<i64>(name).map(|minor| Money::new(minor, currency));
            Ok(CheckoutLine {
                item: Item {
                    kind: row.parse("kind")?,
                    id: row.get("item_id")?,
                    quantity: u32::try_from(row.get::<i64>("quantity")?).unwrap_or(1),
                },
                title: row.get("title")?,
                list: amount("list_amount")?,
                price: amount("price")?,
                coupon: amount("coupon")?,
            })
        })
        .await?;
    for line in &found.lines {
        found.total.coupon = found.total.coupon.plus(line.coupon)?;
    }
    Ok(Some(found))
}

/// A checkout of exactly this that no order was made of.
pub async fn open_checkout(conn: &mut Conn, account: &AccountId, fingerprint: &str) -> Result<Option<CheckoutId>> {
    let found = conn
        .query(sql!(
            "SELECT c.id FROM checkouts c
              WHERE c.account_id = $1 AND c.fingerprint = $2
                AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.checkout_id = c.id)
              ORDER BY c.created_at DESC, c.id LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(fingerprint)
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

pub async fn order_of_checkout(conn: &mut Conn, checkout: &CheckoutId) -> Result<Option<OrderId>> {
    let found = conn
        .query(sql!("SELECT id FROM orders WHERE checkout_id = $1"))
        .bind(checkout.as_str())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// Freezes a quote, or freezes it anew: what the page shows changes only by this.
pub async fn put_checkout(tx: &mut Tx, row: &CheckoutRow, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO checkouts (id, account_id, currency, coupon, use_wallet, from_cart, list_amount, total, gift_part, cash_part,
                                fingerprint, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (id) DO UPDATE SET currency = excluded.currency, coupon = excluded.coupon, use_wallet = excluded.use_wallet,
                list_amount = excluded.list_amount, total = excluded.total, gift_part = excluded.gift_part,
                cash_part = excluded.cash_part, fingerprint = excluded.fingerprint"
    ))
    .bind(row.id.as_str())
    .bind(row.account.as_str())
    .bind(row.currency.as_str())
    .bind(row.coupon.clone())
    .bind(row.use_wallet)
    .bind(row.from_cart)
    .bind(row.total.list.minor())
    .bind(row.total.total.minor())
    .bind(row.total.gift.minor())
    .bind(row.total.cash.minor())
    .bind(&row.fingerprint)
    .bind(now.millis())
    .write()
    .await?;
    tx.query(sql!("DELETE FROM checkout_lines WHERE checkout_id = $1")).bind(row.id.as_str()).write().await?;
    for (position, line) in (1i64..).zip(&row.lines) {
        tx.query(sql!(
            "INSERT INTO checkout_lines (checkout_id, position, kind, item_id, quantity, title, list_amount, price, coupon)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ))
        .bind(row.id.as_str())
        .bind(position)
        .bind(line.item.kind.as_str())
        .bind(&line.item.id)
        .bind(i64::from(line.item.quantity))
        .bind(&line.title)
        .bind(line.list.minor())
        .bind(line.price.minor())
        .bind(line.coupon.minor())
        .write()
        .await?;
    }
    Ok(())
}

/// Checkouts that no order was made of and nobody came back to.
pub async fn forget_checkouts(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!(
        "DELETE FROM checkout_lines WHERE checkout_id IN (SELECT c.id FROM checkouts c
          WHERE c.created_at < $1 AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.checkout_id = c.id))"
    ))
    .bind(before.millis())
    .execute()
    .await?;
    tx.query(sql!(
        "DELETE FROM checkouts WHERE created_at < $1 AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.checkout_id = checkouts.id)"
    ))
    .bind(before.millis())
    .execute()
    .await?;
    Ok(())
}

/// When this person placed the order that stands before `newer` others of theirs which cost something, the latest first.
pub async fn placed_before(conn: &mut Conn, buyer: &AccountId, newer: u32) -> Result<Option<Moment>> {
    let at = conn
        .query(sql!("SELECT placed_at FROM orders WHERE account_id = $1 AND total > 0 ORDER BY placed_at DESC LIMIT 1 OFFSET $2"))
        .bind(buyer.as_str())
        .bind(i64::from(newer))
        .optional(|row| row.get::<i64>("placed_at"))
        .await?;
    Ok(at.map(Moment::from_millis))
}

/// How many payments of this person a provider declined since then.
pub async fn declined_since(conn: &mut Conn, buyer: &AccountId, since: Moment) -> Result<i64> {
    let count = conn
        .query(sql!(
            "SELECT COUNT(*) AS n FROM orders o JOIN attempts t ON t.reference = o.id
              WHERE o.account_id = $1 AND t.state = 'failed' AND t.changed_at > $2"
        ))
        .bind(buyer.as_str())
        .bind(since.millis())
        .one(|row| row.get::<i64>("n"))
        .await?;
    Ok(count)
}
