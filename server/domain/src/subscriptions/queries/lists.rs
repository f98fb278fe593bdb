//! What pages show of the membership.

use super::moment;
use crate::Result;
use model::ids::SubscriptionId;
use model::subscriptions::{IncludedCourse, InvoiceRow, StaffPlan, StaffSubscription, SubscriptionState};
use model::{Moment, Money};
use store::{Conn, sql};

/// How many courses, lessons and seconds the membership opens.
pub async fn size(conn: &mut Conn) -> Result<(u32, u32, u32)> {
    let count = |n: i64| u32::try_from(n).unwrap_or_default();
    let size = conn
        .query(sql!(
            "SELECT COUNT(*) AS courses, CAST(COALESCE(SUM(c.lessons), 0) AS BIGINT) AS lessons,
                    CAST(COALESCE(SUM(c.seconds), 0) AS BIGINT) AS seconds
               FROM membership_courses m JOIN courses c ON c.id = m.course_id WHERE c.state = 'listed'"
        ))
        .one(|row| Ok((count(row.get("courses")?), count(row.get("lessons")?), count(row.get("seconds")?))))
        .await?;
    Ok(size)
}

/// Courses of the membership: of one language first, then what is worth most.
pub async fn included(conn: &mut Conn, language: &str, limit: i64) -> Result<Vec<IncludedCourse>> {
    let all = conn
        .query(sql!(
            "SELECT c.id, c.slug, c.title, c.language, a.name AS instructor, c.seconds, c.price, c.currency
               FROM membership_courses m JOIN courses c ON c.id = m.course_id JOIN accounts a ON a.id = c.instructor_id
              WHERE c.state = 'listed'
              ORDER BY CASE WHEN c.language = $1 THEN 0 ELSE 1 END, c.price DESC, c.learners DESC, c.id LIMIT $2"
        ))
        .bind(language)
        .bind(limit)
        .all(|row| {
            Ok(IncludedCourse {
                id: row.parse("id")?,
                slug: row.parse("slug")?,
                title: row.get("title")?,
                language: row.parse("language")?,
                instructor: row.get("instructor")?,
                seconds: u32::try_from(row.get::<i64>("seconds")?).unwrap_or_default(),
                price: Money::new(row.get("price")?, row.parse("currency")?),
            })
        })
        .await?;
    Ok(all)
}

/// The invoices of a subscription, the latest first, each with its receipt's number.
pub async fn invoice_rows(conn: &mut Conn, of: &SubscriptionId) -> Result<Vec<InvoiceRow>> {
    let all = conn
        .query(sql!(
            "SELECT i.order_id, i.kind, i.state, i.amount, i.currency, i.created_at, r.series, r.number
               FROM subscription_invoices i LEFT JOIN receipts r ON r.order_id = i.order_id
              WHERE i.subscription_id = $1 ORDER BY i.created_at DESC, i.id DESC"
        ))
        .bind(of.as_str())
        .all(|row| {
            let number = row.get::<Option<String>>("series")?.zip(row.get::<Option<i64>>("number")?);
            Ok(InvoiceRow {
                order: row.parse("order_id")?,
                kind: row.parse("kind")?,
                state: row.parse("state")?,
                amount: Money::new(row.get("amount")?, row.parse("currency")?),
                at: Moment::from_millis(row.get("created_at")?),
                receipt: number.map(|(series, number)| format!("{series}-{number:06}")),
            })
        })
        .await?;
    Ok(all)
}

/// What the staff's list is narrowed to; none: everything.
pub struct Narrowed<'a> {
    /// A part of an address or a name, in small letters and ready for LIKE.
    pub like: Option<&'a str>,
    pub state: Option<&'a str>,
    pub limit: i64,
    pub offset: i64,
}

/// Subscriptions, the latest first, and how many there are in all.
pub async fn staff_list(conn: &mut Conn, narrowed: &Narrowed<'_>) -> Result<(Vec<StaffSubscription>, u64)> {
    let rows = conn
        .query(sql!(
            "SELECT s.id, a.name, a.email, s.state, s.cancels, s.pauses, p.months, r.amount, r.currency, s.period_ends, s.created_at,
                    (SELECT MIN(i.order_id) FROM subscription_invoices i WHERE i.subscription_id = s.id AND i.state = 'open') AS open_order,
                    COUNT(*) OVER () AS found
               FROM subscriptions s JOIN accounts a ON a.id = s.account_id
               JOIN plans p ON p.id = s.plan_id JOIN plan_prices r ON r.id = s.price_id
              WHERE (CAST($1 AS TEXT) IS NULL OR a.email LIKE $1 ESCAPE '\\' OR LOWER(a.name) LIKE $1 ESCAPE '\\')
                AND (CAST($2 AS TEXT) IS NULL OR s.state = $2
                     OR (CAST($2 AS TEXT) = 'cancels' AND s.cancels AND s.state NOT IN ('ended', 'incomplete_expired')))
              ORDER BY s.created_at DESC, s.id DESC LIMIT $3 OFFSET $4"
        ))
        .bind(narrowed.like)
        .bind(narrowed.state)
        .bind(narrowed.limit)
        .bind(narrowed.offset)
        .all(|row| {
            let one = StaffSubscription {
                id: row.parse("id")?,
                name: row.get("name")?,
                email: row.get("email")?,
                state: row.parse("state")?,
                cancels: row.get("cancels")?,
                pauses: row.get("pauses")?,
                months: u32::try_from(row.get::<i64>("months")?).unwrap_or_default(),
                price: Money::new(row.get("amount")?, row.parse("currency")?),
                period_ends: moment(row, "period_ends")?,
                since: Moment::from_millis(row.get("created_at")?),
                open_order: row.parse_optional("open_order")?,
            };
            Ok((one, row.get::<i64>("found")?))
        })
        .await?;
    let found = rows.first().map_or(0, |(_, found)| u64::try_from(*found).unwrap_or_default());
    Ok((rows.into_iter().map(|(one, _)| one).collect(), found))
}

/// Every plan there is or was, the shortest first.
pub async fn all_plans(conn: &mut Conn, product: &str) -> Result<Vec<StaffPlan>> {
    let count = |n: i64| u32::try_from(n).unwrap_or_default();
    let all = conn
        .query(sql!(
            "SELECT p.id, p.months, p.trial_days, p.offered, r.amount, r.currency,
                    (SELECT COUNT(*) FROM subscriptions s WHERE s.plan_id = p.id AND s.state NOT IN ('ended', 'incomplete_expired')) AS members
               FROM plans p JOIN plan_prices r ON r.plan_id = p.id AND r.until IS NULL
              WHERE p.product = $1 ORDER BY p.months, p.id"
        ))
        .bind(product)
        .all(|row| {
            Ok(StaffPlan {
                id: row.parse("id")?,
                months: count(row.get("months")?),
                price: Money::new(row.get("amount")?, row.parse("currency")?),
                trial_days: count(row.get("trial_days")?),
                offered: row.get("offered")?,
                members: count(row.get("members")?),
            })
        })
        .await?;
    Ok(all)
}

/// How many there are in each state.
pub async fn counts(conn: &mut Conn) -> Result<Vec<(SubscriptionState, u32)>> {
    let all = conn
        .query(sql!("SELECT state, COUNT(*) AS n FROM subscriptions GROUP BY state ORDER BY state"))
        .all(|row| Ok((row.parse("state")?, u32::try_from(row.get::<i64>("n")?).unwrap_or_default())))
        .await?;
    Ok(all)
}
