//! The statements of promotions.

mod listed;

pub use listed::*;

use super::Bearer;
use crate::{App, Result};
use model::ids::{AccountId, OrderId, PromotionId, RedemptionId};
use model::promotions::{Reduction, Scope};
use model::{Currency, Moment, Money};
use store::{Conn, Row, Tx, sql};

/// A promotion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    pub id: PromotionId,
    pub name: String,
    pub reduction: Reduction,
    pub currency: Currency,
    pub scope: Scope,
    /// Courses or topics, where the scope names some.
    pub targets: Vec<String>,
    /// Whose courses it is for and whose share bears it; none: the school's.
    pub instructor: Option<AccountId>,
    pub first_order: bool,
    pub max_uses: Option<i64>,
    pub per_person: Option<i64>,
    pub used: i64,
    /// A full refund gives the person's place back.
    pub returns: bool,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
}

impl Promotion {
    pub fn bearer(&self) -> Bearer {
        if self.instructor.is_some() { Bearer::Instructor } else { Bearer::School }
    }
}

pub(super) fn promotion_row(row: &Row) -> Result<Promotion, store::Error> {
    let currency = row.parse("currency")?;
    let reduction = match row.get::<String>("kind")?.as_str() {
        "percent" => Reduction::Percent { bp: u32::try_from(row.get::<i64>("percent_bp")?).unwrap_or_default() },
        _ => Reduction::Fixed(Money::new(row.get("amount")?, currency)),
    };
    Ok(Promotion {
        id: row.parse("id")?,
        name: row.get("name")?,
        reduction,
        currency,
        scope: row.parse("scope")?,
        targets: Vec::new(),
        instructor: row.parse_optional("instructor_id")?,
        first_order: row.get("first_order")?,
        max_uses: row.get("max_uses")?,
        per_person: row.get("per_person")?,
        used: row.get("used")?,
        returns: row.get("returns")?,
        starts_at: Moment::from_millis(row.get("starts_at")?),
        ends_at: row.get::<Option<i64>>("ends_at")?.map(Moment::from_millis),
    })
}

pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Promotion>> {
    let found = conn
        .query(sql!("SELECT p.* FROM promotions p JOIN promotion_codes c ON c.promotion_id = p.id WHERE c.code = $1"))
        .bind(code)
        .optional(promotion_row)
        .await?;
    with_targets(conn, found).await
}

pub async fn promotion(conn: &mut Conn, id: &PromotionId) -> Result<Option<Promotion>> {
    let found = conn.query(sql!("SELECT * FROM promotions WHERE id = $1")).bind(id.as_str()).optional(promotion_row).await?;
    with_targets(conn, found).await
}

async fn with_targets(conn: &mut Conn, found: Option<Promotion>) -> Result<Option<Promotion>> {
    let Some(mut promotion) = found else { return Ok(None) };
    promotion.targets = conn
        .query(sql!("SELECT target FROM promotion_targets WHERE promotion_id = $1 ORDER BY target"))
        .bind(promotion.id.as_str())
        .all(|row| row.get("target"))
        .await?;
    Ok(Some(promotion))
}

/// The places that the person has taken and not given back.
pub async fn slots(conn: &mut Conn, promotion: &Promotion, who: &AccountId) -> Result<Vec<i64>> {
    let slots = conn
        .query(sql!(
            "SELECT slot FROM redemptions WHERE promotion_id = $1 AND account_id = $2 AND state IN ('reserved', 'consumed')"
        ))
        .bind(promotion.id.as_str())
        .bind(who.as_str())
        .all(|row| row.get("slot"))
        .await?;
    Ok(slots)
}

/// Counts one use if there is one left and its time has come and is not over.
pub async fn count_use(tx: &mut Tx, promotion: &Promotion, now: Moment) -> Result<bool> {
    let counted = tx
        .query(sql!(
            "UPDATE promotions SET used = used + 1
              WHERE id = $1 AND (max_uses IS NULL OR used < max_uses) AND starts_at <= $2 AND (ends_at IS NULL OR ends_at > $2)"
        ))
        .bind(promotion.id.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(counted == 1)
}

pub async fn count_back(tx: &mut Tx, promotion: &PromotionId) -> Result<()> {
    tx.query(sql!("UPDATE promotions SET used = used - 1 WHERE id = $1")).bind(promotion.as_str()).execute().await?;
    Ok(())
}

#[allow(clippy::too_many_arguments)] // a row
pub async fn add_redemption(
    tx: &mut Tx,
    app: &App,
    promotion: &Promotion,
    code: &str,
    who: &AccountId,
    slot: i64,
    order: &OrderId,
    amount: Money,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO redemptions (id, promotion_id, code, account_id, slot, order_id, state, amount, currency, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'reserved', $7, $8, $9, $9)"
    ))
    .bind(app.new_id::<RedemptionId>().as_str())
    .bind(promotion.id.as_str())
    .bind(code)
    .bind(who.as_str())
    .bind(slot)
    .bind(order.as_str())
    .bind(amount.minor())
    .bind(amount.currency().as_str())
    .bind(app.now().millis())
    .execute()
    .await?;
    Ok(())
}

/// A use as far as its life goes on.
pub struct Redemption {
    pub promotion: PromotionId,
    pub account: AccountId,
    pub state: String,
}

/// The use that belongs to an order.
pub async fn redemption(conn: &mut Conn, order: &OrderId) -> Result<Option<Redemption>> {
    let found = conn
        .query(sql!("SELECT promotion_id, account_id, state FROM redemptions WHERE order_id = $1"))
        .bind(order.as_str())
        .optional(|row| {
            Ok(Redemption { promotion: row.parse("promotion_id")?, account: row.parse("account_id")?, state: row.get("state")? })
        })
        .await?;
    Ok(found)
}

/// Moves an order's use on from one state to the next; false where it was in another.
pub async fn move_on(tx: &mut Tx, order: &OrderId, from: &str, to: &str, now: Moment) -> Result<bool> {
    let moved = tx
        .query(sql!("UPDATE redemptions SET state = $3, changed_at = $4 WHERE order_id = $1 AND state = $2"))
        .bind(order.as_str())
        .bind(from)
        .bind(to)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(moved == 1)
}

/// The use that an order has reserved, if it has one, is used up.
pub async fn consume(tx: &mut Tx, order: &OrderId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE redemptions SET state = 'consumed', changed_at = $2 WHERE order_id = $1 AND state = 'reserved'"))
        .bind(order.as_str())
        .bind(now.millis())
        .write()
        .await?;
    Ok(())
}

/// A returned use takes a place again.
pub async fn take_slot_again(tx: &mut Tx, order: &OrderId, slot: i64, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE redemptions SET state = 'consumed', slot = $2, changed_at = $3 WHERE order_id = $1 AND state = 'returned'"
    ))
    .bind(order.as_str())
    .bind(slot)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// A released use takes a place again.
pub async fn take_slot(tx: &mut Tx, order: &OrderId, slot: i64, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE redemptions SET state = 'reserved', slot = $2, changed_at = $3 WHERE order_id = $1 AND state = 'released'"
    ))
    .bind(order.as_str())
    .bind(slot)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn add_promotion(tx: &mut Tx, promotion: &Promotion, maker: &AccountId, now: Moment) -> Result<()> {
    let (kind, percent_bp, amount) = match promotion.reduction {
        Reduction::Percent { bp } => ("percent", i64::from(bp), 0),
        Reduction::Fixed(amount) => ("fixed", 0, amount.minor()),
    };
    tx.query(sql!(
        "INSERT INTO promotions (id, name, kind, percent_bp, amount, currency, scope, instructor_id, first_order, max_uses,
                                 per_person, returns, starts_at, ends_at, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    ))
    .bind(promotion.id.as_str())
    .bind(&promotion.name)
    .bind(kind)
    .bind(percent_bp)
    .bind(amount)
    .bind(promotion.currency.as_str())
    .bind(promotion.scope.as_str())
    .bind(promotion.instructor.as_ref().map(|id| id.as_str().to_owned()))
    .bind(promotion.first_order)
    .bind(promotion.max_uses)
    .bind(promotion.per_person)
    .bind(promotion.returns)
    .bind(promotion.starts_at.millis())
    .bind(promotion.ends_at.map(Moment::millis))
    .bind(maker.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    for target in &promotion.targets {
        tx.query(sql!("INSERT INTO promotion_targets (promotion_id, target) VALUES ($1, $2) ON CONFLICT DO NOTHING"))
            .bind(promotion.id.as_str())
            .bind(target)
            .execute()
            .await?;
    }
    Ok(())
}

/// False where somebody has it already.
pub async fn add_code(tx: &mut Tx, promotion: &PromotionId, code: &str) -> Result<bool> {
    let added = tx
        .query(sql!("INSERT INTO promotion_codes (code, promotion_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"))
        .bind(code)
        .bind(promotion.as_str())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn end_promotion(tx: &mut Tx, id: &PromotionId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE promotions SET ends_at = $2 WHERE id = $1")).bind(id.as_str()).bind(now.millis()).execute().await?;
    Ok(())
}
