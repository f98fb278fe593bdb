//! The lines of an order and the courses they stand for.

use crate::Result;
use model::ids::{AccountId, CourseId, OrderId, OrderLineId, PriceId};
use model::orders::{Item, LineKind};
use model::{Currency, Money};
use std::collections::BTreeMap;
use store::{Conn, Row, Tx, sql};

/// One thing that was bought, as it was when it was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: OrderLineId,
    pub item: Item,
    pub title: String,
    pub price: PriceId,
    pub list: Money,
    pub discount: Money,
    /// Of the discount: the coupon's.
    pub coupon: Money,
    pub net: Money,
    pub tax: Money,
    /// Of net and tax: from the gift balance and from the person's own money in the wallet.
    pub gift: Money,
    pub cash: Money,
    /// The sum of the parts' shares.
    pub share: Money,
    pub parts: Vec<Part>,
}

impl Line {
    /// What is paid for it.
    pub fn amount(&self) -> Result<Money> {
        Ok(self.net.plus(self.tax)?)
    }
    /// What of it a provider is asked for.
    pub fn due(&self) -> Result<Money> {
        Ok(self.amount()?.minus(self.gift)?.minus(self.cash)?)
    }
    /// It opens its courses to the buyer.
    pub fn opens(&self) -> bool {
        matches!(self.item.kind, LineKind::Course | LineKind::Bundle)
    }
}

/// A course that a line stands for, with its part of the net.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub course: CourseId,
    pub instructor: AccountId,
    pub title: String,
    pub net: Money,
    pub share_bp: u32,
    pub share: Money,
}

pub async fn lines(conn: &mut Conn, order: &OrderId) -> Result<Vec<Line>> {
    let mut lines = conn
        .query(sql!("SELECT * FROM order_lines WHERE order_id = $1 ORDER BY position"))
        .bind(order.as_str())
        .all(line_row)
        .await?;
    let parts = conn
        .query(sql!(
            "SELECT p.*, l.currency FROM order_line_parts p JOIN order_lines l ON l.id = p.line_id
              WHERE l.order_id = $1 ORDER BY p.line_id, p.position"
        ))
        .bind(order.as_str())
        .all(|row| Ok((row.get::<String>("line_id")?, part_row(row)?)))
        .await?;
    let mut by_line: BTreeMap<String, Vec<Part>> = BTreeMap::new();
    for (line, part) in parts {
        by_line.entry(line).or_default().push(part);
    }
    for line in &mut lines {
        line.parts = by_line.remove(line.id.as_str()).unwrap_or_default();
    }
    Ok(lines)
}

fn line_row(row: &Row) -> Result<Line, store::Error> {
    let currency: Currency = row.parse("currency")?;
    let amount = |name: &str| row.get::<i64>(name).map(|minor| Money::new(minor, currency));
    Ok(Line {
        id: row.parse("id")?,
        item: Item {
            kind: row.parse("kind")?,
            id: row.get("item_id")?,
            quantity: u32::try_from(row.get::<i64>("quantity")?).unwrap_or(1),
        },
        title: row.get("title")?,
        price: row.parse("price_id")?,
        list: amount("list_amount")?,
        discount: amount("discount")?,
        coupon: amount("coupon")?,
        net: amount("net")?,
        tax: amount("tax")?,
        gift: amount("gift_part")?,
        cash: amount("cash_part")?,
        share: amount("share")?,
        parts: Vec::new(),
    })
}

fn part_row(row: &Row) -> Result<Part, store::Error> {
    let currency: Currency = row.parse("currency")?;
    Ok(Part {
        course: row.parse("course_id")?,
        instructor: row.parse("instructor_id")?,
        title: row.get("title")?,
        net: Money::new(row.get("net")?, currency),
        share_bp: u32::try_from(row.get::<i64>("share_bp")?).unwrap_or_default(),
        share: Money::new(row.get("share")?, currency),
    })
}

pub async fn add_line(tx: &mut Tx, order: &OrderId, position: i64, line: &Line) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO order_lines (id, order_id, position, kind, item_id, quantity, title, price_id, currency,
                                  list_amount, discount, coupon, net, tax, gift_part, cash_part, share)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
    ))
    .bind(line.id.as_str())
    .bind(order.as_str())
    .bind(position)
    .bind(line.item.kind.as_str())
    .bind(&line.item.id)
    .bind(i64::from(line.item.quantity))
    .bind(&line.title)
    .bind(line.price.as_str())
    .bind(line.net.currency().as_str())
    .bind(line.list.minor())
    .bind(line.discount.minor())
    .bind(line.coupon.minor())
    .bind(line.net.minor())
    .bind(line.tax.minor())
    .bind(line.gift.minor())
    .bind(line.cash.minor())
    .bind(line.share.minor())
    .write()
    .await?;
    for (position, part) in (1i64..).zip(&line.parts) {
        tx.query(sql!(
            "INSERT INTO order_line_parts (line_id, position, course_id, instructor_id, title, net, share_bp, share)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ))
        .bind(line.id.as_str())
        .bind(position)
        .bind(part.course.as_str())
        .bind(part.instructor.as_str())
        .bind(&part.title)
        .bind(part.net.minor())
        .bind(i64::from(part.share_bp))
        .bind(part.share.minor())
        .write()
        .await?;
    }
    Ok(())
}
