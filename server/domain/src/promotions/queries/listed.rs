//! Lists of promotions.

use super::promotion_row;
use crate::Result;
use model::ids::{AccountId, PromotionId};
use model::promotions::{Row, Standing};
use model::{Moment, Money};
use store::{Conn, sql};

/// How many codes of a promotion are named in a list.
const NAMED: i64 = 3;

/// What a list is narrowed to; none: everything.
#[derive(Debug, Default)]
pub struct Narrowed<'a> {
    /// Of one instructor.
    pub owner: Option<&'a AccountId>,
    /// This one alone.
    pub only: Option<&'a PromotionId>,
    /// What comes after this one in the list.
    pub after: Option<&'a PromotionId>,
    pub limit: i64,
    pub offset: i64,
}

/// Promotions with what became of them, the latest first.
pub async fn listed(conn: &mut Conn, narrowed: &Narrowed<'_>, now: Moment) -> Result<Vec<Row>> {
    let mut rows = conn
        .query(sql!(
            "SELECT p.*, a.name AS owner_name, (SELECT COUNT(*) FROM promotion_codes c WHERE c.promotion_id = p.id) AS codes,
                    (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM redemptions r
                      WHERE r.promotion_id = p.id AND r.state = 'consumed') AS given
               FROM promotions p LEFT JOIN accounts a ON a.id = p.instructor_id
              WHERE (CAST($1 AS TEXT) IS NULL OR p.instructor_id = $1) AND (CAST($2 AS TEXT) IS NULL OR p.id = $2)
                AND (CAST($3 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM promotions l WHERE l.id = $3
                        AND (p.created_at < l.created_at OR (p.created_at = l.created_at AND p.id < l.id))))
              ORDER BY p.created_at DESC, p.id DESC LIMIT $4 OFFSET $5"
        ))
        .bind(narrowed.owner.map(AccountId::as_str))
        .bind(narrowed.only.map(PromotionId::as_str))
        .bind(narrowed.after.map(PromotionId::as_str))
        .bind(narrowed.limit)
        .bind(narrowed.offset)
        .all(|row| {
            let promotion = promotion_row(row)?;
            let count = |number: i64| u32::try_from(number).unwrap_or_default();
            let standing = match () {
                () if promotion.ends_at.is_some_and(|end| now >= end) => Standing::Ended,
                () if promotion.max_uses.is_some_and(|most| promotion.used >= most) => Standing::UsedUp,
                () if now < promotion.starts_at => Standing::Planned,
                () => Standing::Running,
            };
            Ok(Row {
                id: promotion.id,
                name: promotion.name,
                codes: Vec::new(),
                codes_in_all: count(row.get("codes")?),
                reduction: promotion.reduction,
                scope: promotion.scope,
                first_order: promotion.first_order,
                used: count(promotion.used),
                most: promotion.max_uses.map(count),
                given: Money::new(row.get("given")?, promotion.currency),
                standing,
                ends_at: promotion.ends_at,
                owner: row.get("owner_name")?,
            })
        })
        .await?;
    for row in &mut rows {
        row.codes = codes(conn, &row.id, NAMED).await?;
    }
    Ok(rows)
}

/// How many promotions there are: of one instructor, or all.
pub async fn count(conn: &mut Conn, owner: Option<&AccountId>) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM promotions WHERE CAST($1 AS TEXT) IS NULL OR instructor_id = $1"))
        .bind(owner.map(AccountId::as_str))
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Codes of a promotion in their order, at most so many.
pub async fn codes(conn: &mut Conn, id: &PromotionId, limit: i64) -> Result<Vec<String>> {
    let codes = conn
        .query(sql!("SELECT code FROM promotion_codes WHERE promotion_id = $1 ORDER BY code LIMIT $2"))
        .bind(id.as_str())
        .bind(limit)
        .all(|row| row.get("code"))
        .await?;
    Ok(codes)
}
