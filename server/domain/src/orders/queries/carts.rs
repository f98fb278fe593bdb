//! Carts as rows.

use crate::Result;
use model::ids::{AccountId, BundleId};
use model::orders::Item;
use model::text::Slug;
use model::{Moment, Money};
use store::{Conn, Tx, sql};

/// What somebody means to buy, and with what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CartRow {
    pub coupon: Option<String>,
    pub use_wallet: bool,
    /// In the order they were added, with what each cost when it was last seen.
    pub items: Vec<(Item, Money)>,
}

pub async fn cart(conn: &mut Conn, account: &AccountId) -> Result<CartRow> {
    let found = conn
        .query(sql!("SELECT coupon, use_wallet FROM carts WHERE account_id = $1"))
        .bind(account.as_str())
        .optional(|row| Ok(CartRow { coupon: row.get("coupon")?, use_wallet: row.get("use_wallet")?, items: Vec::new() }))
        .await?;
    let Some(mut found) = found else { return Ok(CartRow::default()) };
    found.items = conn
        .query(sql!(
            "SELECT kind, item_id, seen_price, currency FROM cart_items WHERE account_id = $1 ORDER BY added_at, item_id"
        ))
        .bind(account.as_str())
        .all(|row| {
            let seen = Money::new(row.get("seen_price")?, row.parse("currency")?);
            Ok((Item::of(row.parse("kind")?, row.get::<String>("item_id")?), seen))
        })
        .await?;
    Ok(found)
}

/// Opens the cart where there is none; it was touched now.
pub async fn touch_cart(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO carts (account_id, use_wallet, changed_at) VALUES ($1, FALSE, $2)
         ON CONFLICT (account_id) DO UPDATE SET changed_at = excluded.changed_at"
    ))
    .bind(account.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// The item is in the cart, and this is what it costs as the person sees it now.
pub async fn put_cart_item(tx: &mut Tx, account: &AccountId, item: &Item, seen: Money, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO cart_items (account_id, kind, item_id, seen_price, currency, added_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account_id, kind, item_id) DO UPDATE SET seen_price = excluded.seen_price, currency = excluded.currency"
    ))
    .bind(account.as_str())
    .bind(item.kind.as_str())
    .bind(&item.id)
    .bind(seen.minor())
    .bind(seen.currency().as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn remove_cart_item(tx: &mut Tx, account: &AccountId, item: &Item) -> Result<()> {
    tx.query(sql!("DELETE FROM cart_items WHERE account_id = $1 AND kind = $2 AND item_id = $3"))
        .bind(account.as_str())
        .bind(item.kind.as_str())
        .bind(&item.id)
        .write()
        .await?;
    Ok(())
}

pub async fn set_cart_choices(tx: &mut Tx, account: &AccountId, coupon: Option<&str>, use_wallet: bool) -> Result<()> {
    tx.query(sql!("UPDATE carts SET coupon = $2, use_wallet = $3 WHERE account_id = $1"))
        .bind(account.as_str())
        .bind(coupon)
        .bind(use_wallet)
        .execute()
        .await?;
    Ok(())
}

/// The coupon has served.
pub async fn drop_cart_coupon(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("UPDATE carts SET coupon = NULL WHERE account_id = $1")).bind(account.as_str()).write().await?;
    Ok(())
}

/// Carts nobody came back to.
pub async fn forget_carts(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM cart_items WHERE account_id IN (SELECT account_id FROM carts WHERE changed_at < $1)"))
        .bind(before.millis())
        .execute()
        .await?;
    tx.query(sql!("DELETE FROM carts WHERE changed_at < $1")).bind(before.millis()).execute().await?;
    Ok(())
}

/// The bundle at an address.
pub async fn bundle_at(conn: &mut Conn, slug: &Slug) -> Result<Option<(BundleId, String)>> {
    let found = conn
        .query(sql!("SELECT id, promise FROM bundles WHERE slug = $1"))
        .bind(slug.as_str())
        .optional(|row| Ok((row.parse("id")?, row.get("promise")?)))
        .await?;
    Ok(found)
}

/// What a course promises.
pub async fn promise(conn: &mut Conn, course: &str) -> Result<String> {
    let found =
        conn.query(sql!("SELECT promise FROM courses WHERE id = $1")).bind(course).optional(|row| row.get("promise")).await?;
    Ok(found.unwrap_or_default())
}
