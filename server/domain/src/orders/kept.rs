//! What of a paid order still stands: neither gone back to its buyer nor lost to their bank.

use super::queries::{self, Line, Order};
use crate::Result;
use model::Money;
use model::orders::LineKind;
use store::Conn;

/// What of an order an invoice may say: paid in money, without coupons and the gift balance, and still there. Money put into the
/// wallet is no sale; what is bought with it is. Each line counts with what went back of that line.
pub async fn invoiceable(conn: &mut Conn, order: &Order) -> Result<Money> {
    let zero = Money::zero(order.total.currency());
    let (mut paid, mut due, mut all_due) = (zero, zero, zero);
    let back = queries::refunded_parts(conn, &order.id).await?;
    for line in queries::lines(conn, &order.id).await? {
        let (mut of_line, mut due_of_line) = (line.amount()?.minus(line.gift)?, line.due()?);
        for part in back.iter().filter(|part| part.line == line.id) {
            of_line = of_line.minus(part.of.amount.minus(part.of.gift)?)?;
            due_of_line = due_of_line.minus(part.of.due()?)?;
        }
        all_due = all_due.plus(due_of_line)?;
        if line.item.kind != LineKind::Topup {
            paid = paid.plus(of_line)?;
            due = due.plus(due_of_line)?;
        }
    }
    // a bank takes what a provider had taken, of whatever it paid for
    let lost = queries::lost_to_banks(conn, order).await?;
    let lost = match all_due.minor() {
        0 => zero,
        all => due.portion(lost.minor().min(all), all)?,
    };
    Ok(paid.minus(lost)?)
}

/// What the courses of an order brought in money, without the gift balance's part: what went back of it, and all of it.
pub async fn gone_of_courses(conn: &mut Conn, order: &Order) -> Result<(Money, Money)> {
    let zero = Money::zero(order.total.currency());
    let lines: Vec<Line> = queries::lines(conn, &order.id).await?.into_iter().filter(Line::opens).collect();
    let (mut gone, mut whole) = (zero, zero);
    for line in &lines {
        whole = whole.plus(line.amount()?.minus(line.gift)?)?;
    }
    for part in queries::refunded_parts(conn, &order.id).await? {
        if lines.iter().any(|line| line.id == part.line) {
            gone = gone.plus(part.of.amount.minus(part.of.gift)?)?;
        }
    }
    Ok((gone, whole))
}
