//! Stories of the membership. After each, every invariant of the books is asked.

mod agreeing;
mod announced;
mod apart;
mod audited;
mod cards;
mod changing;
mod disputes;
mod earned;
mod forged;
mod late;
mod living;
mod owing;
mod shown;
mod time;
mod went_back;

use super::*;
use crate::events::Happening;
use crate::payments::{self, Fact};
use crate::testing::buying::refunded;
use crate::testing::{Mood, School};
use crate::{Error, Member, Result, audit, entitlement, learning, ledger, orders, settlement};
use model::entitlement::{Access, Reason, Source};
use model::ids::{AttemptId, OrderId, PlanId};
use model::orders::{NextStep, OrderState};
use model::payments::{Payer, Provider, RefundState};
use model::subscriptions::{ChangePlan, ChangePreview, InvoiceKind, InvoiceState, MySubscription, Subscribe, SubscriptionState};
use model::time::{days, hours, minutes};
use model::{Currency, Lang, Moment};
use store::{Db, on_both};

/// The school with its plans: month, quarter and year at CNY 30, 80 and 300, a week of trial each; both courses are in.
struct Club {
    school: School,
    month: PlanId,
    quarter: PlanId,
    year: PlanId,
}

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::Cny)
}

impl Club {
    async fn open(db: Db) -> Result<Self> {
        let school = School::open(db).await;
        let app = &school.app;
        let mut plans = Vec::new();
        for (months, price) in [(1, 3_000), (3, 8_000), (12, 30_000)] {
            let plan = NewPlan { months, price: yuan(price), trial_days: 7, position: i64::from(months) };
            plans.push(app.db.write(async |tx| put_plan(app, tx, plan).await).await?);
        }
        let (engines, notes) = (school.engines(), school.notes());
        app.db
            .write(async |tx| {
                entitlement::put_in_membership(tx, &engines, true, app.now()).await?;
                entitlement::put_in_membership(tx, &notes, true, app.now()).await
            })
            .await?;
        let [month, quarter, year] = plans.try_into().expect("three plans");
        Ok(Self { school, month, quarter, year })
    }

    /// What a plan costs to begin with, in fen.
    fn costs(&self, plan: &PlanId) -> i64 {
        let prices = [(&self.month, 3_000), (&self.quarter, 8_000), (&self.year, 30_000)];
        prices.into_iter().find(|(known, _)| *known == plan).expect("a plan").1
    }

    /// "Subscribe", as the page of the first day sends it.
    fn form(&self, plan: &PlanId, trial: bool) -> Subscribe {
        Subscribe {
            plan: plan.to_string(),
            trial: if trial { "yes".into() } else { String::new() },
            price: self.costs(plan).to_string(),
            trial_days: "7".into(),
            zone: String::new(),
            provider: String::new(),
            consent: "yes".into(),
            idem: format!("key-{}", self.school.app.new_id::<model::ids::EventId>()),
        }
    }

    /// Somebody is a member, paid at the till.
    async fn join(&self, who: &Member, plan: &PlanId) -> Result<()> {
        self.join_in(who, plan, SCHOOL_ZONE).await
    }

    async fn join_in(&self, who: &Member, plan: &PlanId, zone: &str) -> Result<()> {
        let step = subscribe(&self.school.app, who, Lang::En, zone, self.form(plan, false), &Payer::default()).await?;
        let Subscribed::Pay(NextStep::PayAt(page)) = step else { panic!("nothing to pay: {step:?}") };
        self.paid(&page).await
    }

    async fn trial(&self, who: &Member) -> Result<()> {
        let step =
            subscribe(&self.school.app, who, Lang::En, SCHOOL_ZONE, self.form(&self.month, true), &Payer::default()).await?;
        assert_eq!(step, Subscribed::Trial);
        Ok(())
    }

    /// What the preview showed, agreed to.
    fn agreed(&self, shown: &ChangePreview) -> ChangePlan {
        ChangePlan {
            plan: shown.to.id.to_string(),
            due: shown.due.minor().to_string(),
            price: shown.to.price.minor().to_string(),
            at: shown.at.millis().to_string(),
            consent: "yes".into(),
            idem: shown.key.as_str().into(),
        }
    }

    /// Another plan is asked for that costs something now: where it is paid.
    async fn better(&self, who: &Member, plan: &PlanId) -> Result<String> {
        let shown = preview(&self.school.app, who, plan).await?;
        let step = change_plan(&self.school.app, who, self.agreed(&shown), &Payer::default()).await?;
        let Some(NextStep::PayAt(page)) = step else { panic!("nothing to pay: {step:?}") };
        Ok(page)
    }

    /// The payer pays on the provider's page, and the provider tells.
    async fn paid(&self, page: &str) -> Result<()> {
        let attempt = page.rsplit('/').next().unwrap_or_default();
        let amount = self.school.till.payment(attempt).expect("a payment").amount;
        self.told(attempt, Fact::Succeeded, amount).await
    }

    async fn told(&self, attempt: &str, fact: Fact, amount: Money) -> Result<()> {
        let body = self.school.till.tell(attempt, fact, amount);
        payments::keep(&self.school.app, Provider::Sandbox, &["good"], body.as_bytes()).await?.expect("a notification");
        self.settle().await
    }

    async fn settle(&self) -> Result<()> {
        while settlement::work(&self.school.app).await? {}
        Ok(())
    }

    /// Everything that is due now.
    async fn work(&self) -> Result<()> {
        loop {
            let busy = work(&self.school.app).await? | settlement::work(&self.school.app).await?;
            if !busy {
                return Ok(());
            }
        }
    }

    /// Time passes, an hour (or a day) at a time, with the worker at work.
    async fn live(&self, span: model::time::Span, step: model::time::Span) -> Result<()> {
        let end = self.school.app.now() + span;
        while self.school.app.now() < end {
            let left = end.since(self.school.app.now());
            self.school.after(if left < step { left } else { step });
            self.work().await?;
        }
        Ok(())
    }

    async fn days(&self, n: i64) -> Result<()> {
        self.live(days(n), hours(12)).await
    }

    async fn mine(&self, who: &Member) -> Result<MySubscription> {
        Ok(my_membership(&self.school.app, who).await?.subscription.expect("a subscription"))
    }

    async fn state(&self, who: &Member) -> Result<SubscriptionState> {
        Ok(self.mine(who).await?.state)
    }

    async fn access(&self, who: &Member) -> Result<bool> {
        let mut conn = self.school.app.db.read().await?;
        let access = entitlement::may_open(&mut conn, Some(&who.id), &self.school.engines(), self.school.app.now()).await?;
        assert!(matches!(access, Access::Preview | Access::Open(Reason::Granted(Source::Subscription))), "{access:?}");
        Ok(access.is_open())
    }

    /// What is there in an account.
    async fn balance(&self, account: &ledger::Account) -> Result<i64> {
        let mut conn = self.school.app.db.read().await?;
        Ok(ledger::balance(&mut conn, account, Currency::Cny).await?.minor())
    }

    /// What waits in the books of an invoice's money to be earned.
    async fn deferred(&self, order: &OrderId) -> Result<i64> {
        let lines = orders::lines(&mut self.school.app.db.read().await?, order).await?;
        self.balance(&ledger::Account::Deferred(lines[0].id.to_string())).await
    }

    /// The latest attempt of what waits for money, or of what was paid last.
    async fn latest_attempt(&self, who: &Member) -> Result<AttemptId> {
        let order = self.mine(who).await?.invoices.first().expect("an invoice").order.clone();
        let latest = payments::latest(&mut self.school.app.db.read().await?, order.as_str()).await?;
        Ok(latest.expect("an attempt").id)
    }

    async fn books_hold(&self) -> Result<()> {
        for row in audit::check(&self.school.app).await? {
            assert!(row.holds, "{}: {:?}", row.id, row.offending);
        }
        Ok(())
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T>) -> Refusal {
    match outcome {
        Err(Error::Fault(model::Fault::Conflict(model::Refusal::Subscriptions(refusal)))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn at(zoned: &str) -> Moment {
    let zoned: jiff::Zoned = zoned.parse().expect("a moment");
    Moment::from_millis(zoned.timestamp().as_millisecond())
}
