//! What somebody earned, line by line as the ledger has it.

use super::queries::{self, Moved};
use crate::{App, Result};
use model::earnings::{Balance, EarningKind, EarningLine, Month};
use model::ids::AccountId;
use model::time::hours;
use model::{Currency, Moment, Money};
use std::collections::BTreeMap;
use store::Conn;

/// Lines on one page.
const PER_PAGE: i64 = 30;
/// How many movements of a year are read at once.
const BATCH: i64 = 5_000;

/// A part of the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub balances: Vec<Balance>,
    pub months: Vec<Month>,
    pub lines: Vec<EarningLine>,
    pub older: Option<i64>,
    pub years: Vec<i32>,
}

/// Balances, the last twelve months, and the lines before `before` (the latest where none is given).
pub async fn earned(app: &App, conn: &mut Conn, account: &AccountId, before: Option<i64>) -> Result<Statement> {
    let mut balances = Vec::new();
    for currency in queries::currencies(conn, account).await? {
        balances.push(balance(conn, account, currency).await?);
    }
    let rows = queries::moved(conn, account, before.unwrap_or(i64::MAX), PER_PAGE + 1).await?;
    let more = rows.len() > usize::try_from(PER_PAGE).unwrap_or_default();
    let lines: Vec<EarningLine> =
        rows.into_iter().take(usize::try_from(PER_PAGE).unwrap_or_default()).map(|row| line(account, row)).collect();
    let older = lines.last().map(|line| line.seq).filter(|_| more);
    let currency = balances.first().map_or(Currency::Cny, |balance| balance.pending.currency());
    let months = months(app, conn, account, currency).await?;
    let years = match queries::first_moved(conn, account).await? {
        Some(first) => (year_of(first)..=year_of(app.now())).rev().collect(),
        None => Vec::new(),
    };
    Ok(Statement { balances, months, lines, older, years })
}

/// What somebody has in a currency: exactly what the ledger says (INV-04).
pub async fn balance(conn: &mut Conn, account: &AccountId, currency: Currency) -> Result<Balance> {
    let money = |minor| Money::new(minor, currency);
    let (pending, _) = queries::ledger_balance(conn, &format!("instr_pending:{account}"), currency).await?;
    let (payable, on_way) = queries::ledger_balance(conn, &format!("instr_payable:{account}"), currency).await?;
    let on_way_by_payout = queries::payouts_on_way(conn, account, currency).await?;
    debug_assert!(on_way >= on_way_by_payout);
    Ok(Balance {
        pending: money(pending),
        payable: money(payable),
        on_way: money(on_way_by_payout),
        paid: money(queries::paid_out(conn, account, currency).await?),
        next_at: queries::next_release(conn, account, currency).await?,
    })
}

/// Every line of a year in the order it happened.
pub async fn yearly(conn: &mut Conn, account: &AccountId, year: i32) -> Result<Vec<EarningLine>> {
    yearly_by(conn, account, year, BATCH).await
}

async fn yearly_by(conn: &mut Conn, account: &AccountId, year: i32, batch: i64) -> Result<Vec<EarningLine>> {
    let (from, until) = (start_of(year, 1), start_of(year + 1, 1));
    let (mut lines, mut after) = (Vec::new(), 0);
    loop {
        let rows = queries::moved_between(conn, account, from, until, after, batch).await?;
        let Some(last) = rows.last() else { return Ok(lines) };
        after = last.seq;
        lines.extend(rows.into_iter().map(|row| line(account, row)));
    }
}

fn line(account: &AccountId, row: Moved) -> EarningLine {
    let mine = |name: &str| name == format!("instr_pending:{account}") || name == format!("instr_payable:{account}");
    let (out, comes) = (mine(&row.debit), mine(&row.credit));
    let kind = match row.kind.as_str() {
        "share" => EarningKind::Share,
        "release" => EarningKind::Release,
        "payout" => EarningKind::Payout,
        "payout_returned" => EarningKind::PayoutReturned,
        _ if out => EarningKind::Refund,
        _ => EarningKind::RefundUndone,
    };
    let currency = row.amount.currency();
    let signed = if out && !comes { Money::new(-row.amount.minor(), currency) } else { row.amount };
    let sale = row.net.filter(|_| kind == EarningKind::Share);
    let minus = |a: Option<Money>, b: Option<Money>| a.zip(b).and_then(|(a, b)| a.minus(b).ok());
    EarningLine {
        seq: row.seq,
        at: row.at,
        kind,
        title: row.title.unwrap_or_default(),
        order: row.order.and_then(|id| id.parse().ok()),
        sale,
        fee: minus(sale, row.pool),
        others: minus(row.pool, Some(row.amount)).filter(|others| sale.is_some() && !others.is_zero()),
        amount: signed,
    }
}

/// The last twelve months, oldest first, without gaps.
async fn months(app: &App, conn: &mut Conn, account: &AccountId, currency: Currency) -> Result<Vec<Month>> {
    let now = calendar(app.now());
    let back = |n: i32| {
        let months = now.0 * 12 + i32::try_from(now.1).unwrap_or(1) - 1 - n;
        (months.div_euclid(12), u32::try_from(months.rem_euclid(12) + 1).unwrap_or(1))
    };
    let first = back(11);
    let mut sums: BTreeMap<(i32, u32), i64> = (0..12).map(|n| (back(n), 0)).collect();
    let (from, until) = (start_of(first.0, first.1), app.now() + hours(1));
    for (day, minor) in queries::earned_by_day(conn, account, currency, from, until).await? {
        if let Some(sum) = sums.get_mut(&month_of(day)) {
            *sum = sum.saturating_add(minor);
        }
    }
    Ok(sums.into_iter().map(|((year, month), minor)| Month { year, month, earned: Money::new(minor, currency) }).collect())
}

/// Year and month in Shanghai.
fn calendar(at: Moment) -> (i32, u32) {
    month_of((at + hours(8)).day())
}

/// Year and month of a day, counted from 1970-01-01.
fn month_of(day: i64) -> (i32, u32) {
    // civil from days (Howard Hinnant), proleptic Gregorian
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (i32::try_from(year).unwrap_or_default(), u32::try_from(month).unwrap_or(1))
}

fn year_of(at: Moment) -> i32 {
    calendar(at).0
}

/// The first moment of a month in Shanghai.
fn start_of(year: i32, month: u32) -> Moment {
    let (mut y, m) = (i64::from(year), i64::from(month));
    y -= i64::from(m <= 2);
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Moment::from_millis(days * 86_400_000) - hours(8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::School;
    use crate::testing::buying::{bought, refunded};
    use model::time::days;
    use store::on_both;

    on_both!(a_statement_is_whole_however_many_lines_are_read_at_once, async |db| -> Result<()> {
        let school = School::open(db).await;
        let (app, ada) = (&school.app, school.ada().id);
        let order = bought(&school, &school.grace()).await?;
        school.after(days(14));
        while crate::earnings::work(app).await? {}
        refunded(&school, &order, "99.50").await?;
        let mut conn = app.db.read().await?;
        let year = year_of(app.now());
        let whole = yearly(&mut conn, &ada, year).await?;
        assert_eq!(
            whole.iter().map(|line| line.kind).collect::<Vec<_>>(),
            [EarningKind::Share, EarningKind::Release, EarningKind::Refund]
        );
        assert_eq!(yearly_by(&mut conn, &ada, year, 1).await?, whole);
        // what was earned less what was taken back, without what only moved from one of her accounts to the other
        let months = months(app, &mut conn, &ada, Currency::Cny).await?;
        let earned = whole.iter().filter(|line| line.kind != EarningKind::Release).map(|line| line.amount.minor()).sum::<i64>();
        assert!(earned > 0 && earned < 13_930, "{earned}");
        assert_eq!((months.len(), months.iter().map(|month| month.earned.minor()).sum::<i64>()), (12, earned));
        Ok(())
    });

    #[test]
    fn a_month_begins_where_the_one_before_it_ends() {
        for (year, month) in [(1999, 12), (2000, 2), (2024, 2), (2025, 12), (2026, 3)] {
            let start = start_of(year, month);
            assert_eq!(calendar(start), (year, month));
            assert_ne!(calendar(start - hours(1)), (year, month));
        }
    }
}
