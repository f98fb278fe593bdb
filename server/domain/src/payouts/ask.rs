//! The instructor's side: what there is, asking for it, the statement of a year.

use super::queries::{self, Payout};
use super::state::{Event, step};
use super::{LEAST, refuse};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::{App, Error, Member, Result, earnings as shares};
use model::csv::Sheet;
use model::earnings::{AskPayout, BankShown, EarningLine, Earnings, PayoutState, Refusal};
use model::ids::PayoutId;
use model::paging::Leaf;
use model::{Currency, Money};
use store::Tx;

/// Payouts on one page.
const PER_PAGE: u32 = 20;

/// The page of earnings: the statement from `before` on, and this page of the payouts.
pub async fn earnings(app: &App, member: &Member, before: Option<i64>, page: u32) -> Result<Earnings> {
    let mut conn = app.db.read().await?;
    let statement = shares::earned(app, &mut conn, &member.id, before).await?;
    let bank = queries::bank(&mut conn, &member.id).await?.map(|bank| BankShown {
        masked: bank.masked,
        usable_at: bank.usable_at,
        held: bank.usable_at > app.now(),
    });
    let (all, open) = queries::count_of(&mut conn, &member.id).await?;
    let leaf = Leaf::of(page, PER_PAGE, all);
    let payouts = queries::payouts_of(&mut conn, &member.id, leaf).await?;
    let currency = statement.balances.first().map_or(Currency::Cny, |balance| balance.payable.currency());
    Ok(Earnings {
        balances: statement.balances,
        months: statement.months,
        lines: statement.lines,
        older: statement.older,
        bank,
        payouts: leaf.with(payouts.iter().map(Payout::shown).collect()),
        asked: open > 0,
        years: statement.years,
        least: Money::new(LEAST, currency),
        hold_days: u32::try_from(shares::HOLD_DAYS).unwrap_or_default(),
    })
}

/// "Pay me": everything that is payable in a currency. One at a time; the same request twice leads to the one that is open.
pub async fn request(app: &App, member: &Member, ask: &AskPayout) -> Result<PayoutId> {
    app.db
        .write(async |tx| {
            queries::lock_account(tx, &member.id).await?;
            let bank = queries::bank(tx, &member.id).await?.ok_or_else(|| refuse(Refusal::NoBank))?;
            if bank.usable_at > app.now() {
                return Err(refuse(Refusal::BankHeld { until: bank.usable_at }));
            }
            let payable = shares::balance(tx, &member.id, ask.currency).await?.payable;
            if payable.minor() < LEAST {
                return Err(refuse(Refusal::TooLittle { least: Money::new(LEAST, ask.currency) }));
            }
            let payout = Payout {
                id: app.new_id(),
                account: member.id.clone(),
                bank: bank.id,
                masked: bank.masked,
                state: PayoutState::Draft,
                amount: payable,
                approved_by: None,
                sent_by: None,
                reference: String::new(),
                problem: String::new(),
                created_at: app.now(),
                paid_at: None,
                provider: None,
                due_at: None,
                asked: 0,
                version: 1,
            };
            if !queries::add(tx, &payout).await? {
                return Err(refuse(Refusal::OneIsOpen));
            }
            let detail = format!("{} {}", payable.minor(), payable.currency());
            audit_trail::record(app, tx, Deed::new("payout.requested", "payout", &payout.id).by(&member.id).detail(detail))
                .await?;
            Ok::<_, Error>(payout.id)
        })
        .await
}

/// The instructor thinks better of it before it is sent.
pub async fn withdraw(app: &App, member: &Member, id: &PayoutId) -> Result<()> {
    let outcome = app
        .db
        .write(async |tx| {
            let payout = queries::lock(tx, id).await?.filter(|payout| payout.account == member.id).or_not_found()?;
            let state = step(payout.state, Event::Cancel).map_err(|_| refuse(Refusal::Transition))?;
            cancel(app, tx, &payout, state, member).await
        })
        .await;
    let wanted = Deed::new("payout.refused", "payout", id).by(&member.id).detail("withdraw");
    audit_trail::noting(app, wanted, outcome).await
}

async fn cancel(app: &App, tx: &mut Tx, payout: &Payout, state: PayoutState, member: &Member) -> Result<()> {
    if !queries::set_state(tx, payout, state, app.now()).await? {
        return Err(Error::bug("a payout changed under its lock"));
    }
    audit_trail::record(app, tx, Deed::new("payout.canceled", "payout", &payout.id).by(&member.id).detail("withdrawn")).await
}

/// The statement of a year, as a table other programs read: one line per movement, amounts in the currency's own unit.
pub async fn yearly_csv(app: &App, member: &Member, year: i32) -> Result<String> {
    let lines = shares::yearly(&mut app.db.read().await?, &member.id, year).await?;
    let mut sheet = Sheet::new(&["date", "kind", "title", "order", "sale", "fee", "co_authors", "amount", "currency"]);
    for line in lines {
        let amount = |money: Option<Money>| money.map(Money::decimal).unwrap_or_default();
        let EarningLine { at, kind, title, order, sale, fee, others, amount: moved, .. } = line;
        sheet.row([
            locale::dates::machine(at),
            kind.to_string(),
            title,
            order.map(|id| id.to_string()).unwrap_or_default(),
            amount(sale),
            amount(fee),
            amount(others),
            moved.decimal(),
            moved.currency().to_string(),
        ]);
    }
    Ok(sheet.finish())
}
